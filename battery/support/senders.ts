import type { Batch } from './fault-proxy.ts'

/** When a page was told to go, and when it surely had gone; milliseconds since 1970. */
export interface Gone {
  from: number
  to: number
}

/**
 * The most pages that were sending at one moment, by what was fetched. What a page, told by its address, has under way
 * when it goes is carried on without it and no longer counts; nor does what it began while it was going.
 */
export function mostSenders(batches: readonly Batch[], gone: ReadonlyMap<string, Gone>): number {
  const spans = batches.flatMap((it) => {
    const { from, to } = gone.get(it.from) ?? { from: Infinity, to: Infinity }
    if (!it.fetched || (it.at >= from && it.at < to)) return []
    return [{ at: it.at, until: Math.min(it.until ?? Infinity, it.at < from ? from : Infinity) }]
  })
  return Math.max(0, ...spans.map(({ at }) => spans.filter((it) => it.at <= at && at < it.until).length))
}
