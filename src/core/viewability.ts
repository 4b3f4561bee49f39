/** The MRC's rule for display: how much of a thing must be on the screen, and for how long without a break. */

const largeArea = 242_500
const enough = 0.5
const enoughOfLarge = 0.3

/** Shares of a thing at which its viewability may change. */
export const viewableShares = [enoughOfLarge, enough]

/** Milliseconds without a break that make an impression. */
export const viewableTime = 1000

/** Whether enough of it is on the screen; `area` is that of the whole thing in CSS pixels. */
export function isViewable(share: number, area: number): boolean {
  return area > 0 && share >= (area >= largeArea ? enoughOfLarge : enough)
}

/** Counts the time for which one thing is viewable. Any break starts it anew. */
export class ViewClock {
  private since: number | undefined

  /** Takes what is true from the moment `at` (milliseconds) on; returns how long it must stay so, undefined while the clock stands. */
  update(viewable: boolean, at: number): number | undefined {
    this.since = viewable ? (this.since ?? at) : undefined
    return this.since === undefined ? undefined : Math.max(0, this.since + viewableTime - at)
  }
}
