const longestAsked = 300_000

/** A `Retry-After` header (seconds or a date) in milliseconds, at most 300 s; undefined when there is none to read. */
export function retryAfter(header: string | null | undefined, now: number): number | undefined {
  if (!header) return undefined
  const wait = /^\d+$/.test(header.trim()) ? +header * 1000 : Date.parse(header) - now
  return Number.isNaN(wait) ? undefined : Math.max(0, Math.min(wait, longestAsked))
}
