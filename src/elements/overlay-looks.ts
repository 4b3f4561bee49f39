import { createPaintLoop } from './overlay-loop.ts'

/** So long before a change of cues, in seconds of the clock, the markers to come are built; */
const soon = 0.4
/** and so long before it is waited for paint by paint: longer in another window, for while the page is hidden its timers rest. */
const near = 0.12
const nearElsewhere = 1.5
/** Seconds that a timer can wait; what comes later is asked for again before. */
const longest = 3600

/**
 * When an overlay looks at its film: `look` is called with the moment of a paint (milliseconds, as `performance.now()` counts)
 * before every paint near a change of cues, or where markers move by hand, and once before that. `view` is the window that
 * is painted.
 */
export function createLooks(look: (paintAt: number) => void, view: () => Window) {
  const loop = createPaintLoop(look, view)
  let timer: ReturnType<typeof setTimeout> | undefined
  const now = (): number => loop.paintAt(performance.now())

  const rest = (): void => {
    clearTimeout(timer)
    loop.run(false)
  }
  return {
    /** Seconds of the clock that a look sees ahead: timers may come a little early. */
    ahead: soon + near,
    /** Milliseconds from one paint to the next. */
    get refresh() {
      return loop.refresh
    },
    /** The moment of the next paint. */
    now,
    /** Looks no more. */
    rest,
    /** Looks again in time for a change that comes in `left` seconds of the clock. */
    next(left: number, byHand: boolean, elsewhere: boolean): void {
      const isNear = left < (elsewhere ? nearElsewhere : near)
      clearTimeout(timer)
      loop.run(byHand || isNear)
      if (!isNear && left < longest) timer = setTimeout(() => look(now()), (left - (left > soon ? soon : near)) * 1000)
    },
  }
}
