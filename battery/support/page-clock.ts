/**
 * A page whose time runs faster from `hurry(times)` on: what takes ten minutes takes seconds. Only the page's own code is
 * fooled, and only once it is there. The network is not faster: `except` is the wait that goes on at its own pace.
 */
export const fastClock = `<script>{
  const { setTimeout: later, Date: { now } } = window
  let speed = 1
  let since = now()
  let stood = since
  let slow
  window.hurry = (times, except) => {
    slow = except
    stood = Date.now()
    since = now()
    speed = times
  }
  window.setTimeout = (work, wait, ...more) => later(work, wait === slow ? wait : wait / speed, ...more)
  Date.now = () => stood + (now() - since) * speed
}</script>`

/** A page whose clock is off by so many milliseconds; `shiftClock` moves it by more while it runs. */
export const wrongClock = (offset: number): string => `<script>{
  const Real = Date
  let offset = ${offset}
  window.shiftClock = (by) => void (offset += by)
  window.Date = class extends Real {
    constructor(...parts) {
      if (parts.length) super(...parts)
      else super(Real.now() + offset)
    }
    static now() {
      return Real.now() + offset
    }
  }
}</script>`

declare global {
  const hurry: (times: number, except?: number) => void
  const shiftClock: (milliseconds: number) => void
}
