import type { Point, Rect } from './picture-geometry.ts'

/**
 * Moves points apart that are closer than `gap`, each by at most `reach`, and keeps them inside `bounds`; all in the
 * same unit. Points that crowd nobody and stand inside stay exactly where they are. The same input gives the same answer.
 */
export function spread(points: readonly Point[], gap: number, reach: number, bounds: Rect): Point[] {
  const clamp = (value: number, from: number, size: number): number => Math.max(from, Math.min(from + Math.max(0, size), value))
  const hold = ({ x, y }: Point): Point => ({ x: clamp(x, bounds.x, bounds.width), y: clamp(y, bounds.y, bounds.height) })
  const home = points.map(hold)
  const placed = home.map((point) => ({ ...point }))

  for (let round = 0; round < 32; round++) {
    let crowded = false
    for (let i = 0; i < placed.length; i++) {
      for (let j = i + 1; j < placed.length; j++) {
        const a = placed[i]!
        const b = placed[j]!
        let dx = b.x - a.x
        let dy = b.y - a.y
        let distance = Math.hypot(dx, dy)
        if (distance >= gap - 0.01) continue
        crowded = true
        // Points on one spot need a direction: each pair its own, so that a heap opens like a fan.
        if (distance < 0.01) {
          dx = Math.cos(i + j * 2.4)
          dy = Math.sin(i + j * 2.4)
          distance = 1
        }
        const push = (gap - Math.hypot(b.x - a.x, b.y - a.y)) / 2 / distance
        placed[i] = pull(hold({ x: a.x - dx * push, y: a.y - dy * push }), home[i]!, reach)
        placed[j] = pull(hold({ x: b.x + dx * push, y: b.y + dy * push }), home[j]!, reach)
      }
    }
    if (!crowded) break
  }
  return placed
}

function pull(point: Point, home: Point, reach: number): Point {
  const distance = Math.hypot(point.x - home.x, point.y - home.y)
  if (distance <= reach) return point
  const part = reach / distance
  return { x: home.x + (point.x - home.x) * part, y: home.y + (point.y - home.y) * part }
}
