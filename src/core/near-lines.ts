/**
 * Which lines of equal height (`pitch` px, gap included) lie between two distances from the first line's start. At
 * least one of the `count` lines, `last` excluded.
 */
export function nearLines(from: number, to: number, pitch: number, count: number): { first: number; last: number } {
  const first = Math.max(0, Math.min(count - 1, Math.floor(from / pitch)))
  const last = Math.max(first + 1, Math.min(count, Math.ceil(to / pitch)))
  return { first, last: Math.min(count, last) }
}
