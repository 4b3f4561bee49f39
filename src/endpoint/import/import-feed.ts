import type { CatalogueRow, PromotionRow } from './catalogue-row.ts'
import type { CatalogueSink, Stored } from './catalogue-sink.ts'
import { delimiterOf } from './csv-records.ts'
import { googleItem } from './google-item.ts'
import { googlePromotion, isPromotion } from './google-promotion.ts'
import { BrokenFeed, type RawRow, type RowReader } from './raw-row.ts'
import { tableRows } from './table-rows.ts'
import { textOf } from './text-of.ts'
import { xmlRows } from './xml-rows.ts'

export const feedFormats = ['google-xml', 'google-tsv', 'csv', 'promotions'] as const
export type FeedFormat = (typeof feedFormats)[number]

export interface ImportOptions {
  /** What the file is; read from its first bytes when absent. */
  format?: FeedFormat | undefined
  /** Only named in messages. */
  filename?: string | undefined
  /** Where relative links of the feed start, as in `https://shop.example/`. */
  base?: string | undefined
  /** Currency of prices that name none, as in `USD`. */
  currency?: string | undefined
  /** Names of the columns of a table without a header line. */
  columns?: readonly string[] | undefined
  /** The moment that prices are as of; prices carry none when absent. */
  asOf?: string | undefined
  /** Reads and checks everything, stores nothing. */
  dryRun?: boolean | undefined
  onProgress?: ((progress: { bytes: number; rows: number }) => void) | undefined
}

export interface ImportSummary {
  format: FeedFormat | 'unknown'
  /** Rows found in the file. */
  read: number
  added: number
  updated: number
  /** Rows that could not be kept; each has an issue. */
  skipped: number
  /** The first 100, with the line of the file (1 is the first) at which the row begins. */
  issues: { line: number; issue: string }[]
  issueCount: number
}

const batchSize = 200
const mostIssues = 100
// Enough to see the first line of any table.
const headLength = 4096

/**
 * Reads a feed as it arrives into the sink, in bounded memory. A bad row is skipped and named by its line, a bad field is
 * dropped and named, a broken file keeps what came before the break. Rejects only when the source or the sink does.
 */
export async function importFeed(
  source: AsyncIterable<Uint8Array>,
  options: ImportOptions,
  sink: CatalogueSink,
): Promise<ImportSummary> {
  const format = options.format ?? 'unknown'
  const summary: ImportSummary = { format, read: 0, added: 0, updated: 0, skipped: 0, issues: [], issueCount: 0 }
  const say = (line: number, issue: string): void => {
    if (++summary.issueCount <= mostIssues) summary.issues.push({ line, issue })
  }
  const progress = { bytes: 0, rows: 0 }
  const items = batch<CatalogueRow>((row) => row.rawId, (rows) => sink.put(rows))
  const promotions = batch<PromotionRow>((row) => row.promotionId, (rows) => sink.putPromotions(rows))

  function batch<T>(idOf: (row: T) => string, put: (rows: T[]) => Promise<Stored>) {
    let rows = new Map<string, T>()
    const flush = async (): Promise<void> => {
      if (!rows.size) return
      const full = [...rows.values()]
      rows = new Map()
      if (options.dryRun) return
      const { added, updated } = await put(full)
      summary.added += added
      summary.updated += updated
    }
    return {
      /** No batch holds an id twice: one SQL statement could not write both, and the later row is an update. */
      async add(row: T): Promise<void> {
        if (rows.has(idOf(row))) await flush()
        rows.set(idOf(row), row)
        if (rows.size >= batchSize) await flush()
      },
      flush,
    }
  }

  const take = async (rows: readonly RawRow[]): Promise<void> => {
    for (const row of rows) {
      summary.read++
      const promotion = options.format === 'promotions' || (!options.format && isPromotion(row))
      if (summary.read === 1 && promotion) summary.format = 'promotions'
      if (promotion) {
        const { value, issues } = googlePromotion(row, options)
        for (const issue of issues) say(row.line, issue)
        if (value) await promotions.add(value)
        else summary.skipped++
      } else {
        const { value, issues } = googleItem(row, options)
        for (const issue of issues) say(row.line, issue)
        if (value) await items.add(value)
        else summary.skipped++
      }
    }
    progress.rows = summary.read
    options.onProgress?.({ ...progress })
  }

  let reader: RowReader | undefined
  let head = ''
  const open = async (): Promise<RowReader> => {
    if (!head.trim()) {
      throw new BrokenFeed(1, progress.bytes > headLength ? 'the file begins with nothing but blanks' : 'the file is empty')
    }
    const { format, reader: opened } = readerFor(head, options)
    summary.format = options.format ?? format
    await take(opened.read(head))
    return opened
  }

  try {
    for await (const piece of textOf(source, (bytes) => (progress.bytes += bytes), (issue) => say(1, issue))) {
      if (reader) await take(reader.read(piece))
      else {
        head += piece
        if (head.length >= headLength) reader = await open()
      }
    }
    reader ??= await open()
    await take(reader.end())
  } catch (error) {
    if (!(error instanceof BrokenFeed)) throw error
    await take(error.rows)
    say(error.line, error.message)
  }
  await items.flush()
  await promotions.flush()
  return summary
}

function readerFor(head: string, { format, columns }: ImportOptions): { format: FeedFormat; reader: RowReader } {
  if (format === 'google-xml' || (format !== 'csv' && format !== 'google-tsv' && head.trimStart().startsWith('<'))) {
    return { format: 'google-xml', reader: xmlRows() }
  }
  const delimiter = format === 'google-tsv' ? '\t' : delimiterOf(head)
  return { format: delimiter === '\t' ? 'google-tsv' : 'csv', reader: tableRows(delimiter, columns) }
}
