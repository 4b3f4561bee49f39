const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Time that is left, in whole units; seconds only when they are worth showing. */
export interface Countdown {
  hours: number
  minutes: number
  seconds?: number
  /** Milliseconds until it reads otherwise. */
  next: number
}

/**
 * What a countdown shows with `left` milliseconds to go: minutes, and in the last hour seconds too unless it shall be
 * `calm`. Undefined when the end is more than two days away (a date says more) or has come.
 */
export function countdown(left: number, calm = false): Countdown | undefined {
  if (left <= 0 || left > 48 * hour) return
  const fine = left < hour && !calm
  const unit = fine ? second : minute
  // Rounded up, so that it reads zero only when it is over.
  const shown = Math.ceil(left / unit) * unit
  const rest = { hours: Math.floor(shown / hour), minutes: Math.floor((shown % hour) / minute) }
  return { ...rest, ...(fine && { seconds: (shown % minute) / second }), next: left - (shown - unit) }
}
