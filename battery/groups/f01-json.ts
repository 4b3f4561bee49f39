import * as contract from '../../src/contract/index.ts'
import { chanceOf } from '../fuzz/mutate.ts'
import { fuzzIn } from '../fuzz/ground.ts'
import { documents, flawOf, mutatedJson, shrunkJson } from '../fuzz/json.ts'
import { realFiles } from '../fuzz/parsers.ts'
import type { BatteryGroup } from '../battery.ts'

const longest = 50
const schemas = Object.keys(documents) as (keyof typeof contract)[]

/** Strings that broke others, where they are. */
const naughty = realFiles('malicious/blns', /blns\.json$/, Infinity).flatMap((it) => JSON.parse(it) as string[])

/** Milliseconds that an answer takes, what is kept of it, and what is wrong with that. */
function take(name: keyof typeof contract, input: unknown): { ms: number; value?: unknown; flaw?: string | undefined } {
  const began = performance.now()
  try {
    const { value } = contract.parse(contract[name] as typeof contract.ItemList, input)
    return { ms: performance.now() - began, value, flaw: flawOf(value) }
  } catch (error) {
    return { ms: performance.now() - began, flaw: (error as Error).message }
  }
}

export const group: BatteryGroup = {
  id: 'F1',
  title: 'Answers of an endpoint, mutated: parser, then elements',
  pass: `no throw, no unsafe address and nothing of a prototype in what comes out or in the DOM, ${longest} ms at most for one answer in a parser`,
  async *run({ full, engines, say }) {
    const cases = full ? 100_000 : 5_000
    for (const name of schemas) {
      const chance = chanceOf(name.length * 31 + 7)
      let slowest = 0
      let kept = 0
      let wrong = ''
      for (let n = 0; n < cases && !wrong; n++) {
        const input = mutatedJson(chance, name, naughty)
        const { value, flaw, ...first } = take(name, input)
        let { ms } = first
        // A busy machine stops everybody now and then.
        for (let tries = 0; ms > longest && tries < 2; tries++) ms = Math.min(ms, take(name, input).ms)
        slowest = Math.max(slowest, ms)
        if (value) kept++
        if (ms > longest) wrong = `${ms.toFixed(0)} ms by ${JSON.stringify(input).slice(0, 400)}`
        if (flaw) wrong = `${flaw} by ${JSON.stringify(await shrunkJson(input, (less) => take(name, less).flaw === flaw)).slice(0, 400)}`
      }
      yield { fault: `${name}, parsed`, engine: 'node', cases, verdict: wrong || !kept ? 'missed' : 'passed', note: wrong || `${kept} kept, slowest ${slowest.toFixed(1)} ms` }
    }
    for (const engine of engines) {
      const { cases, accepted, wrong, slowest } = await fuzzIn(engine, 'render', full ? 5_000 : 250, 250)
      say(`${engine}: ${wrong[0] ?? `${accepted} rendered`}`)
      yield { fault: 'answers, parsed and rendered', engine, cases, verdict: wrong.length || !accepted ? 'missed' : 'passed', note: wrong[0] ?? `${accepted} rendered with links or pictures, slowest ${slowest.toFixed(0)} ms` }
    }
  },
}
