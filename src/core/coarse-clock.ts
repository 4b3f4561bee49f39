/** Second of a film whose player says it only now and then. Moments in milliseconds of a clock that never goes back. */
export interface CoarseClock {
  /** The player said that it was at `second`. Returns whether it jumped there: sought, or was replaced. */
  said(second: number, at: number): boolean
  /** It plays on from here, or rests. */
  runs(playing: boolean, rate: number, at: number): void
  second(at: number): number
}

/** Seconds of the clock for which a silent player is believed to play on. */
const patience = 2
/** Further from where it should be, in seconds, no player is by being slow to say so. */
const jump = 1

export function createCoarseClock(): CoarseClock {
  let base = 0
  let since = 0
  let rate = 0
  let shown = 0

  const second = (at: number): number => {
    const now = base + Math.min(Math.max(0, at - since) / 1000, patience) * rate
    // A word that comes late is no step back.
    return (shown = rate && now < shown ? shown : now)
  }

  return {
    second,
    said(said, at) {
      const before = second(at)
      const jumped = Math.abs(said - before) > jump * Math.max(1, rate)
      if (jumped) shown = said
      base = said
      since = at
      return jumped
    },
    runs(playing, next, at) {
      base = second(at)
      since = at
      rate = playing ? next : 0
    },
  }
}
