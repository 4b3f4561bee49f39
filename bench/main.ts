// Prints every benchmark as a table: `npm run bench [part of a name …]`. Nothing here passes or fails.
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { printTable, type Bench } from './table.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const names = process.argv.slice(2)
const own = ['main.ts', 'table.ts']

for (const file of readdirSync(here).sort()) {
  if (!file.endsWith('.ts') || own.includes(file)) continue
  if (names.length && !names.some((name) => file.includes(name))) continue
  const { bench } = (await import(`./${file}`)) as { bench?: Bench }
  if (bench) printTable(await bench())
}
process.exit(0)
