import type { BatteryGroup } from '../battery.ts'
import { defects } from '../defects/defects.ts'
import { copyProject } from '../support/broken-copy.ts'

/** Of all defects so many may slip through. */
const allowed = 1
/** Those of the short set. */
const short = 3

export const group: BatteryGroup = {
  id: 'M1',
  title: 'The battery itself, on a product with seeded defects',
  pass: `each group passes on the product as it is, and of ${defects.length} defects at most ${allowed} slips through`,
  async *run({ full, only = '', say }) {
    const named = defects.filter(({ name }) => name.includes(only))
    const chosen = full ? named : named.filter(({ group }) => group.startsWith('F')).slice(0, short)
    const copy = copyProject()
    const missed: string[] = []
    try {
      const parts = new Map(chosen.map((it) => [`${it.group} ${it.only ?? ''}`.trim(), it]))
      for (const [part, it] of parts) {
        const { passed, said } = await copy.passes(it, 'chromium')
        say(`${passed ? 'passes' : 'DOES NOT PASS'} without a defect: ${part}`)
        yield { fault: `none: ${part}`, engine: 'chromium', cases: 1, verdict: passed ? 'passed' : 'missed', ...(!passed && { note: said }) }
      }
      for (const defect of chosen) {
        const { passed, said } = await copy.passes(defect, 'chromium', defect)
        const seen = said.split('\n').find((line) => line.includes('missed: '))?.split('missed: ')[1]?.slice(0, 100) ?? 'the group broke off'
        say(`${passed ? 'MISSED' : 'caught'} ${defect.name} (${defect.group})${passed ? '' : `: ${seen}`}`)
        if (passed) missed.push(defect.name)
        const note = passed ? 'not seen' : `seen: ${seen}`
        yield { fault: defect.name, engine: defect.group, cases: 1, verdict: 'measured', note }
      }
    } finally {
      copy.remove()
    }
    const slips = full ? allowed : 0
    yield {
      fault: `${chosen.length} defects: ${chosen.length - missed.length} caught`,
      engine: 'chromium',
      cases: chosen.length,
      verdict: missed.length > slips ? 'missed' : 'passed',
      ...(missed.length && { note: `slipped through: ${missed.join(', ')}` }),
    }
  },
}
