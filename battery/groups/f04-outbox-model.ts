import { tryOutbox, type Ended } from '../../test/tracking/outbox-model.ts'
import type { BatteryGroup } from '../battery.ts'

const sequences = { short: 1000, full: 20_000 }
const mostSteps = 60

export const group: BatteryGroup = {
  id: 'F4',
  title: 'The outbox against a model',
  pass: 'after every sequence each signal taken is stored or noted as lost by the endpoint, by id, and no other is',
  async *run({ full }) {
    const cases = full ? sequences.full : sequences.short
    const sums: Ended = { taken: 0, stored: 0, lost: 0, excused: 0 }
    let wrong = ''
    await tryOutbox(cases, mostSteps, (ended) => {
      for (const what of ['taken', 'stored', 'lost', 'excused'] as const) sums[what] += ended[what]
    }).catch((error: Error) => (wrong = error.message))
    yield {
      fault: `track, crash, close, leave, full and deleted disk, consent taken back, 12 kinds of answers; up to ${mostSteps} steps`,
      engine: 'node',
      cases,
      accepted: sums.taken,
      stored: sums.stored,
      explained: sums.lost,
      ...(!wrong && { unexplained: 0 }),
      verdict: wrong ? 'missed' : 'passed',
      note: wrong || `${sums.excused} could be kept by nobody (disk full or deleted, and the tab crashed) or were to be forgotten`,
    }
  },
}
