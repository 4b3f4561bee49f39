import { fuzzIn } from '../fuzz/ground.ts'
import { realFiles } from '../fuzz/parsers.ts'
import { handUrls } from '../fuzz/urls.ts'
import type { BatteryGroup } from '../battery.ts'

/** What the web platform's own tests of addresses are made of, where they are. */
const known = realFiles('malicious/wpt-url', /urltestdata\.json$/, Infinity)
  .flatMap((it) => JSON.parse(it) as (string | { input: string })[])
  .flatMap((it) => (typeof it === 'object' && it.input.length < 5000 ? [it.input] : []))

export const group: BatteryGroup = {
  id: 'F2',
  title: 'Addresses that want to be links',
  pass: 'what becomes a link is http or https by the browser’s own a.protocol',
  async *run({ full, engines, say }) {
    for (const engine of engines) {
      const { cases, accepted, wrong } = await fuzzIn(engine, 'urls', full ? 1_000_000 : 50_000, 100_000, known)
      say(`${engine}: ${wrong[0] ?? `${accepted} of ${cases} became links`}`)
      yield {
        fault: `${handUrls.length} by hand, ${known.length} of the web platform’s tests, the rest generated`,
        engine,
        cases,
        verdict: wrong.length || !accepted ? 'missed' : 'passed',
        note: wrong[0] ?? `${accepted} became links`,
      }
    }
  },
}
