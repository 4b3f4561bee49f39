import { tryOutbox, type Ended } from '../../test/tracking/outbox-model.ts'
import type { BatteryGroup, BatteryOptions, BatteryRow } from '../battery.ts'
import { openOutboxGround, type OutboxGround } from '../support/outbox-ground.ts'
import type { LifeStep, Lived } from '../support/outbox-life.ts'

const sequences = { short: 1000, full: 20_000 }
const inBrowser = { short: 15, full: 300 }
const mostSteps = 60
const what = `track, crash, close, leave, full and deleted disk, consent taken back, 12 kinds of answers; up to ${mostSteps} steps`
const could = (excused: number) => `${excused} could be kept by nobody (disk full or deleted, and the tab crashed) or were to be forgotten`

async function inNode(cases: number): Promise<BatteryRow> {
  const sums: Ended = { taken: 0, stored: 0, lost: 0, excused: 0 }
  let wrong = ''
  await tryOutbox(cases, mostSteps, (ended) => {
    for (const what of ['taken', 'stored', 'lost', 'excused'] as const) sums[what] += ended[what]
  }).catch((error: Error) => (wrong = error.message))
  return {
    fault: what,
    engine: 'node',
    cases,
    accepted: sums.taken,
    stored: sums.stored,
    explained: sums.lost,
    ...(!wrong && { unexplained: 0 }),
    verdict: wrong ? 'missed' : 'passed',
    note: wrong || could(sums.excused),
  }
}

/** Leaves out one step after another, as long as signals are missing in the same way without it. */
async function shortest(ground: OutboxGround, steps: LifeStep[], { wrong }: Lived): Promise<LifeStep[]> {
  const kindOf = (wrong = '') => wrong.replace(/ s?\d+|^\d+|, at.*/g, '')
  let kept = steps
  for (let at = kept.length - 1; at >= 0; at--) {
    const less = kept.filter((_, index) => index !== at)
    if (kindOf((await ground.live(less)).wrong) === kindOf(wrong)) kept = less
  }
  return kept
}

/** The same steps with the browser's own disk, locks, fetch and beacons; frames are the tabs, and only the time is not real. */
async function inChromium(cases: number, { say }: BatteryOptions): Promise<BatteryRow> {
  const ground = await openOutboxGround('chromium')
  const sums: Ended = { taken: 0, stored: 0, lost: 0, excused: 0 }
  let tried = 0
  let wrong = ''
  try {
    while (tried < cases && !wrong) {
      const seed = ++tried
      const steps = await ground.stepsOf(seed, mostSteps)
      const lived = await ground.live(steps)
      for (const what of ['taken', 'stored', 'lost', 'excused'] as const) sums[what] += lived[what]
      if (lived.wrong) wrong = `seed ${seed}: ${lived.wrong}: ${JSON.stringify(await shortest(ground, steps, lived))}`
      if (tried % 25 === 0 || wrong) say(`chromium: ${wrong || `${tried} sequences`}`)
    }
  } finally {
    await ground.close()
  }
  return {
    fault: what,
    engine: 'chromium',
    cases: tried,
    accepted: sums.taken,
    stored: sums.stored,
    explained: sums.lost,
    ...(!wrong && { unexplained: 0 }),
    verdict: wrong || !sums.stored || !sums.lost ? 'missed' : 'passed',
    note: wrong || could(sums.excused),
  }
}

export const group: BatteryGroup = {
  id: 'F4',
  title: 'The outbox against a model',
  pass: 'after every sequence each signal taken is stored or noted as lost by the endpoint, by id, and no other is',
  async *run(options) {
    const set = options.full ? 'full' : 'short'
    yield await inNode(sequences[set])
    if (options.engines.includes('chromium')) yield await inChromium(inBrowser[set], options)
  },
}
