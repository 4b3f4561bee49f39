import { pathOf } from '../../core/track.ts'
import type { Span } from '../../core/timeline.ts'

const samples = 40

/** The second at which a cue shows itself best: where its object is largest on the picture; the middle, when it has no size. */
export function stillMoment({ cue, start, end }: Span, duration = Infinity): number {
  const last = Math.min(end, duration > start ? duration : start, Number.isFinite(Math.min(end, duration)) ? Infinity : start + 4)
  const middle = (start + last) / 2
  const path = pathOf(cue)
  let best = { second: middle, area: 0 }
  // Not at its very ends: there it comes and goes, and so do others.
  for (let n = 2; path && n <= samples - 2; n++) {
    const second = start + ((last - start) * n) / samples
    const { x, y, w = 0, h = 0 } = path(second)
    const inside = (at: number, size: number): number => Math.max(0, Math.min(1, at + size / 2) - Math.max(0, at - size / 2))
    const area = inside(x, w) * inside(y, h)
    if (area > best.area * 1.02) best = { second, area }
  }
  return best.second
}
