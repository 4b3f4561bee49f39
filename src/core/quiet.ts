export interface Quiet {
  start: number
  end: number
}

/** Whether a second lies in one of the spans in which nothing is drawn over the picture: `start` ≤ second < `end`. */
export function isQuiet(spans: readonly Quiet[], second: number): boolean {
  return spans.some(({ start, end }) => start <= second && second < end)
}

/** First second after `second` at which a quiet span begins or ends; Infinity when none will. */
export function nextQuietChange(spans: readonly Quiet[], second: number): number {
  let next = Infinity
  for (const { start, end } of spans) for (const bound of [start, end]) if (bound > second && bound < next) next = bound
  return next
}
