import type { CatalogueRow, PromotionRow } from '../../../src/endpoint/import/catalogue-row.ts'
import { importFeed, type ImportOptions } from '../../../src/endpoint/import/import-feed.ts'

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

export async function* chunked(data: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size)
}

/** Imports into memory, and tells apart new ids from known ones as a store does. */
export async function importing(source: string | Uint8Array | AsyncIterable<Uint8Array>, options: ImportOptions = {}, chunk?: number) {
  const rows = new Map<string, CatalogueRow>()
  const promotions = new Map<string, PromotionRow>()
  const batches: number[] = []
  const stored = <T>(map: Map<string, T>, list: T[], idOf: (row: T) => string) => {
    batches.push(list.length)
    const before = map.size
    for (const row of list) map.set(idOf(row), row)
    return Promise.resolve({ added: map.size - before, updated: list.length - (map.size - before) })
  }
  const data = typeof source === 'string' ? bytes(source) : source
  const summary = await importFeed(data instanceof Uint8Array ? chunked(data, chunk) : data, options, {
    put: (list) => stored(rows, list, (row) => row.rawId),
    putPromotions: (list) => stored(promotions, list, (row) => row.promotionId),
  })
  return { summary, rows: [...rows.values()], promotions: [...promotions.values()], batches, issues: summary.issues.map(({ line, issue }) => `${line}: ${issue}`) }
}
