import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { markdownOf, type BenchTable } from '../bench/table.ts'

/** Where `--record` writes: whole runs of the battery, of each group and engine the last. */
export const recordFile = new URL('../bench/results/battery.md', import.meta.url)

const preface = `# The fault battery, whole

Written by \`npm run battery -- --full --record\`, with the commit that was tried: of each group and engine the last run.
Counts are of signals: \`accepted\` by the ledger of the run, \`stored\` as rows, \`dup_wire\` copies beyond the first on the wire.
`

/** The engine of a table's row; undefined for other lines. */
const engineOf = (line: string): string | undefined => /^\| (?!fault \||---)(?:\\\||[^|])*\| ([^|]*) \|/.exec(line)?.[1]
const enginesOf = (section: string): string[] => [...new Set(section.split('\n').flatMap((line) => engineOf(line) ?? []))]
const groupOf = (name: string): string => name.split(' ', 1)[0]!

/** A section without what has been run anew; undefined when nothing is left of it. */
function without(name: string, section: string, engines: readonly string[]): [string, string] | undefined {
  const all = enginesOf(section)
  const left = all.filter((it) => !engines.includes(it))
  if (left.length === all.length) return [name, section]
  if (!left.length) return undefined
  const lines = section.split('\n').slice(1).filter((line) => !engines.includes(engineOf(line) ?? ''))
  const rest = name.replace(/\([^()]*\)$/, `(${left.join(', ')})`)
  return [rest, [rest, ...lines].join('\n')]
}

/** The text of a record with one section put in, in the place of what was known of its engines; sections are sorted by `order`. */
export function recorded(text: string, name: string, body: string, order: (name: string) => number): string {
  const engines = enginesOf(body)
  const before = text
    .split(/^## /m)
    .slice(1)
    .map((section): [string, string] => [section.split('\n', 1)[0]!, section])
  const kept = before.flatMap(([known, section]) => {
    if (known === name) return []
    const left = groupOf(known) === groupOf(name) ? without(known, section, engines) : ([known, section] as const)
    return left ? [left] : []
  })
  const sorted = [...kept, [name, `${name}\n\n${body.trim()}\n`] as const].sort(([a], [b]) => order(a) - order(b) || a.localeCompare(b))
  return [preface, ...sorted.map(([, section]) => `## ${section.trimEnd()}\n`)].join('\n')
}

/** Puts one group's table into the record. */
export function record(name: string, table: BenchTable, about: string, order: (name: string) => number): void {
  const before = existsSync(recordFile) ? readFileSync(recordFile, 'utf8') : ''
  mkdirSync(new URL('.', recordFile), { recursive: true })
  writeFileSync(recordFile, recorded(before, name, `${about}\n\n${markdownOf(table)}`, order))
}
