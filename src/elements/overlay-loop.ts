/**
 * Calls `paint` before every paint while it runs, with the moment (milliseconds, as `performance.now()` counts) at which
 * that paint reaches the screen: one refresh after the frame it is made in. `view` is asked at each start whose paints.
 */
export function createPaintLoop(
  paint: (paintAt: number) => void,
  view: () => Window = () => window,
): { run(on: boolean): void; paintAt(now: number): number; readonly refresh: number } {
  // The window that is painted: not always that of the page, whose own frames rest while it is hidden.
  let painted: Window = window
  let request = 0
  let last = 0
  // Of the last seconds' distances between frames the shortest is the screen's own period.
  let refresh = 1000 / 60
  const tick = (now: number): void => {
    const gap = now - last
    last = now
    // The little that it grows lets a screen of lower frequency be noticed.
    if (gap > 0) refresh = Math.min(Math.max(gap, 4), refresh + 0.002, 34)
    request = painted.requestAnimationFrame(tick)
    paint(now + refresh)
  }
  return {
    run(on) {
      if (on === request > 0) return
      if (on) {
        last = 0
        painted = view()
        request = painted.requestAnimationFrame(tick)
      } else {
        painted.cancelAnimationFrame(request)
        request = 0
      }
    },
    get refresh() {
      return refresh
    },
    paintAt: (now) => now + refresh,
  }
}
