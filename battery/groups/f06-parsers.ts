import { chanceOf, mutated, nasty, shrunk } from '../fuzz/mutate.ts'
import { parsers, type FuzzedParser } from '../fuzz/parsers.ts'
import type { BatteryGroup } from '../battery.ts'

const longest = 50

/** Milliseconds that a text takes, or what was thrown. */
async function take({ read }: FuzzedParser, text: string): Promise<{ ms: number; thrown?: Error }> {
  const began = performance.now()
  try {
    await read(text)
    return { ms: performance.now() - began }
  } catch (error) {
    return { ms: performance.now() - began, thrown: error as Error }
  }
}

export const group: BatteryGroup = {
  id: 'F6',
  title: 'Foreign files, mutated',
  pass: `no parser throws or lets out what the contract forbids, and none takes more than ${longest} ms for 4,000 characters (the best of three when one does)`,
  async *run({ full, say }) {
    for (const parser of parsers) {
      const cases = full ? 100_000 : 5_000
      const chance = chanceOf(parser.name.length * 7919 + 1)
      const words = [...nasty, ...parser.words]
      let slowest = 0
      let slow = 0
      let wrong = ''
      for (let n = 0; n < cases && !wrong; n++) {
        const text = mutated(chance, parser.seeds, words)
        const { ms: first, thrown } = await take(parser, text)
        let ms = first
        // A busy machine stops everybody now and then.
        for (let tries = 0; ms > longest && tries < 2; tries++) ms = Math.min(ms, (await take(parser, text)).ms)
        slowest = Math.max(slowest, ms)
        if (ms > longest) slow++
        if (!thrown) continue
        const fails = async (less: string) => (await take(parser, less)).thrown?.message === thrown.message
        wrong = `${thrown.message} by ${JSON.stringify(await shrunk(text, fails)).slice(0, 400)}`
      }
      say(`${parser.name}: ${wrong || `slowest ${slowest.toFixed(1)} ms`}`)
      yield {
        fault: `${parser.name}, ${parser.seeds.length} seeds`,
        engine: 'node',
        cases,
        verdict: wrong || slow ? 'missed' : 'passed',
        note: wrong || `slowest ${slowest.toFixed(1)} ms${slow ? `; ${slow} over ${longest} ms` : ''}`,
      }
    }
  },
}
