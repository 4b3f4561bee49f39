// Two distances that follow each other so close in milliseconds are a period; one alone may be a frame that came at an odd
// moment. A busy page misses some, so that a longer period is the screen's own only after so many with no shorter between.
const alike = 0.5
const enough = 12

/**
 * Calls `paint` before every paint while it runs, with the moment (milliseconds, as `performance.now()` counts) at which
 * that paint reaches the screen: one refresh after the frame it is made in. `view` is asked at each start whose paints;
 * `coming` is the moment of the next.
 */
export function createPaintLoop(
  paint: (paintAt: number) => void,
  view: () => Window,
): { run(on: boolean): void; coming(): number; readonly runs: boolean; readonly refresh: number } {
  // The window that is painted: not always that of the page, whose own frames rest while it is hidden.
  let painted!: Window
  let request = 0
  let last = 0
  let before = 0
  let longer = 0
  let refresh = 1000 / 60
  const tick = (now: number): void => {
    const gap = now - last
    last = now
    if (gap > 4 && gap < 40 && Math.abs(gap - before) < alike && (gap < refresh + alike || ++longer > enough)) {
      refresh = gap
      longer = 0
    }
    before = gap
    request = painted.requestAnimationFrame(tick)
    paint(now + refresh)
  }
  return {
    run(on) {
      if (on === request > 0) return
      if (on) {
        painted = view()
        request = painted.requestAnimationFrame(tick)
      } else {
        painted.cancelAnimationFrame(request)
        request = 0
      }
    },
    get runs() {
      return request > 0
    },
    get refresh() {
      return refresh
    },
    coming: () => performance.now() + refresh,
  }
}
