// Frames whose distances are looked at.
const remembered = 12
// Two distances so close in milliseconds are the same; one alone may be a frame that came at an odd moment.
const alike = 0.5

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
  let gaps: number[] = []
  let refresh = 1000 / 60
  const tick = (now: number): void => {
    const gap = now - last
    last = now
    if (gap > 4 && gap < 40) {
      gaps = [...gaps, gap].slice(-remembered)
      const sorted = [...gaps].sort((a, b) => a - b)
      // The shortest is the screen's own period: a busy page misses some.
      refresh = sorted.find((it, index) => (sorted[index + 1] ?? Infinity) - it < alike) ?? refresh
    }
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
