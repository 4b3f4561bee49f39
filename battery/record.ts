import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { markdownOf, type BenchTable } from '../bench/table.ts'

/** Where `--record` writes: whole runs of the battery, a section for each group and set of engines. */
export const recordFile = new URL('../bench/results/battery.md', import.meta.url)

const preface = `# The fault battery, whole

Written by \`npm run battery -- --full --record\`, a section for each group, with the commit it was run on; a later run replaces it.
Counts are of signals: \`accepted\` by the ledger of the run, \`stored\` as rows, \`dup_wire\` copies beyond the first on the wire.
`

/** The text of a record with one section put in, or in the place of its forerunner; sections are sorted by `order`. */
export function recorded(text: string, name: string, body: string, order: (name: string) => number): string {
  const sections = new Map(text.split(/^## /m).slice(1).map((section) => [section.split('\n', 1)[0]!, section] as const))
  sections.set(name, `${name}\n\n${body.trim()}\n`)
  const sorted = [...sections].sort(([a], [b]) => order(a) - order(b) || a.localeCompare(b))
  return [preface, ...sorted.map(([, section]) => `## ${section.trimEnd()}\n`)].join('\n')
}

/** Puts one group's table into the record. */
export function record(name: string, table: BenchTable, about: string, order: (name: string) => number): void {
  const before = existsSync(recordFile) ? readFileSync(recordFile, 'utf8') : ''
  mkdirSync(new URL('.', recordFile), { recursive: true })
  writeFileSync(recordFile, recorded(before, name, `${about}\n\n${markdownOf(table)}`, order))
}
