export interface BenchTable {
  title: string
  columns: string[]
  rows: string[][]
  /** What must be known to read the figures. */
  notes?: string[]
}

export interface BenchOptions {
  /** A shorter run with less certain figures. */
  quick: boolean
}

export type Bench = (options: BenchOptions) => Promise<BenchTable>

export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** Nearest-rank percentile. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((part / 100) * sorted.length) - 1)] ?? Number.NaN
}

export function printTable({ title, columns, rows, notes = [] }: BenchTable): void {
  const widths = columns.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: string[]) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()
  console.log(`\n${title}\n${line(columns)}\n${widths.map((width) => '─'.repeat(width)).join('  ')}`)
  for (const row of rows) console.log(line(row))
  for (const note of notes) console.log(`  ${note}`)
}

/** A table as Markdown, its notes below; the title is left to who prints it. */
export function markdownOf({ columns, rows, notes = [] }: BenchTable): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const table = [line(columns), line(columns.map(() => '---')), ...rows.map((row) => line(columns.map((_, column) => row[column] ?? '')))]
  return [table.join('\n'), ...notes].join('\n\n')
}

export function printMarkdown(table: BenchTable): void {
  console.log(`\n**${table.title}**\n\n${markdownOf(table)}`)
}
