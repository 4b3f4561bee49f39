import { createPaintLoop } from './overlay-loop.ts'

/** So long before a change of cues, in seconds of the clock, the markers to come are built; */
const soon = 0.4
/** and so long before it is waited for paint by paint: longer in another window, for while the page is hidden its timers rest. */
const near = 0.12
const nearElsewhere = 1.5
/** Seconds that a timer can wait; what comes later is asked for again before. */
const longest = 3600
/** Milliseconds by which a timer may be off: to set it anew costs as much as a look. */
const slack = 10

/** Seconds of the clock that a look sees ahead: timers may come a little early. */
export const ahead = soon + near

/**
 * When an overlay looks at its film: `look` is called with the moment of a paint (milliseconds, as `performance.now()` counts)
 * before every paint near a change of cues, or where markers move by hand, and once before that. `view` is the window that
 * is painted.
 */
export function createLooks(look: (paintAt: number) => void, view: () => Window) {
  const loop = createPaintLoop(look, view)
  let timer: ReturnType<typeof setTimeout> | undefined
  /** When it ends; 0 when it has ended or none is set. */
  let wakesAt = 0

  const next = (left: number, byHand: boolean, elsewhere: boolean): void => {
    const isNear = left < (elsewhere ? nearElsewhere : near)
    loop.run(byHand || isNear)
    const wait = (left - (left > soon ? soon : near)) * 1000
    const at = performance.now() + wait
    if (Math.abs(at - wakesAt) < slack) return
    clearTimeout(timer)
    wakesAt = 0
    if (isNear || !(left < longest)) return
    wakesAt = at
    timer = setTimeout(() => {
      wakesAt = 0
      look(loop.coming())
    }, wait)
  }
  return {
    /** Milliseconds from one paint to the next. */
    get refresh() {
      return loop.refresh
    },
    /** Whether it looks before every paint. */
    get byPaint() {
      return loop.runs
    },
    /** The moment of the next paint. */
    coming: loop.coming,
    /** Looks again in time for a change that comes in `left` seconds of the clock. */
    next,
    /** Looks no more. */
    rest: () => next(Infinity, false, false),
  }
}
