import { fuzzIn } from '../fuzz/ground.ts'
import type { BatteryGroup } from '../battery.ts'

export const group: BatteryGroup = {
  id: 'F3',
  title: 'Theme tokens',
  pass: 'a token sets its own custom property and no other, changes nothing else of the page, and is a value of its kind',
  async *run({ full, engines, say }) {
    for (const engine of engines) {
      const { cases, accepted, wrong } = await fuzzIn(engine, 'themes', full ? 100_000 : 5_000, 5_000)
      say(`${engine}: ${wrong[0] ?? `${accepted} of ${cases} taken`}`)
      yield { fault: 'values of every kind, changed in a few places', engine, cases, verdict: wrong.length || !accepted ? 'missed' : 'passed', note: wrong[0] ?? `${accepted} taken` }
    }
  },
}
