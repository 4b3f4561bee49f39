import type { Point, Rect } from './picture-geometry.ts'

/** Where a marker belongs, and how far it may be pushed from there. */
export interface Spot extends Point {
  /** Half of its object's size: the marker's centre stays on the object. Without it the reach is a circle. */
  half?: Point | undefined
}

const clamp = (value: number, from: number, to: number): number => Math.max(from, Math.min(Math.max(from, to), value))

/**
 * Moves spots apart that are closer than `gap`, each no further than its object or else than `reach`, and keeps them
 * inside `bounds`; all in the same unit. Spots that crowd nobody and stand inside stay exactly where they are. The same
 * input gives the same answer.
 */
export function spread(spots: readonly Spot[], gap: number, reach: number, bounds: Rect): Point[] {
  const right = bounds.x + bounds.width
  const bottom = bounds.y + bounds.height
  const hold = ({ x, y }: Point): Point => ({ x: clamp(x, bounds.x, right), y: clamp(y, bounds.y, bottom) })
  const home = spots.map(hold)
  const placed = home.map((point) => ({ ...point }))
  const near = gap - 0.01

  const leash = (index: number, x: number, y: number): Point => {
    const { half } = spots[index]!
    const from = half ? spots[index]! : home[index]!
    if (half) return hold({ x: clamp(x, from.x - half.x, from.x + half.x), y: clamp(y, from.y - half.y, from.y + half.y) })
    const at = hold({ x, y })
    const distance = Math.hypot(at.x - from.x, at.y - from.y)
    const part = distance > reach ? reach / distance : 1
    return { x: from.x + (at.x - from.x) * part, y: from.y + (at.y - from.y) * part }
  }

  for (let round = 0; round < 32; round++) {
    let crowded = false
    for (let i = 0; i < placed.length; i++) {
      for (let j = i + 1; j < placed.length; j++) {
        const a = placed[i]!
        const b = placed[j]!
        let dx = b.x - a.x
        let dy = b.y - a.y
        // Asked hundreds of times for each frame: most are far apart already by one of the two.
        if (dx >= near || dx <= -near || dy >= near || dy <= -near) continue
        const distance = Math.sqrt(dx * dx + dy * dy)
        if (distance >= near) continue
        crowded = true
        let push = (gap - distance) / 2 / distance
        // Points on one spot need a direction: each pair its own, so that a heap opens like a fan.
        if (distance < 0.01) {
          dx = Math.cos(i + j * 2.4)
          dy = Math.sin(i + j * 2.4)
          push = gap / 2
        }
        // What stands in one line would only push and shove along it: after a while each pair gives way to its side.
        if (round > 3) {
          const side = (i + j) % 2 ? 0.6 : -0.6
          ;[dx, dy] = [dx - dy * side, dy + dx * side]
        }
        placed[i] = leash(i, a.x - dx * push, a.y - dy * push)
        placed[j] = leash(j, b.x + dx * push, b.y + dy * push)
      }
    }
    if (!crowded) break
  }
  return placed
}
