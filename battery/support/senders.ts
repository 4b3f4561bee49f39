import type { Batch } from './fault-proxy.ts'

/** When a page was told to go, and from when on it might send again; milliseconds since 1970. */
export interface Gone {
  from: number
  to: number
}

/**
 * Those that were sending at the moment when most were, by what was fetched, in words: who, and its milliseconds on the wire
 * before and after that moment. What a page, told by its address, has under way when it goes is carried on without it and no
 * longer counts; nor does what it began while it was going.
 */
export function sendersAtOnce(batches: readonly Batch[], gone: ReadonlyMap<string, Gone>): string[] {
  const spans = batches.flatMap((it) => {
    const { from, to } = gone.get(it.from) ?? { from: Infinity, to: Infinity }
    if (!it.fetched || (it.at >= from && it.at < to)) return []
    return [{ from: it.from, at: it.at, until: Math.min(it.until ?? Infinity, it.at < from ? from : Infinity) }]
  })
  const sets = spans.map(({ at }) => ({ at, during: spans.filter((it) => it.at <= at && at < it.until) }))
  const most = sets.sort((a, b) => b.during.length - a.during.length)[0]
  return most?.during.map((it) => `${it.from.slice(-6)} ${it.at - most.at}…${it.until - most.at} ms`) ?? []
}
