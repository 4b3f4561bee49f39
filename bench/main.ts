// Prints benchmarks as tables: `npm run bench -- [part of a name …] [--quick] [--markdown]`. Nothing here passes or fails.
import { loadavg } from 'node:os'
import { printMarkdown, printTable, type Bench } from './table.ts'

const parts = ['collector', 'feed', 'frame-lock', 'engine-lock', 'timeline', 'overlay-cost', 'geometry', 'live']
const given = process.argv.slice(2)
const names = given.filter((it) => !it.startsWith('--'))
const quick = given.includes('--quick')
const print = given.includes('--markdown') ? printMarkdown : printTable

for (const part of parts) {
  if (names.length && !names.some((name) => part.includes(name))) continue
  const { bench } = (await import(`./${part}.ts`)) as { bench: Bench }
  const began = performance.now()
  const table = await bench({ quick })
  const took = ((performance.now() - began) / 1000).toFixed(0)
  print({ ...table, notes: [...(table.notes ?? []), `Took ${took} s; load average ${loadavg()[0]!.toFixed(1)} at the end.`] })
}
process.exit(0)
