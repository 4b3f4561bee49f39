import type { Rect } from './picture-geometry.ts'

/** Pixels at each edge of a box. */
export interface Insets {
  top: number
  right: number
  bottom: number
  left: number
}

/** The rectangle without what lies beyond the insets of a box that begins at 0, 0; at worst a line in its middle. */
export function inset(rect: Rect, box: { width: number; height: number }, { top, right, bottom, left }: Insets): Rect {
  const side = (from: number, to: number, start: number, size: number): [number, number] => {
    const low = Math.max(from, start)
    const high = Math.min(to, start + size)
    return low <= high ? [low, high - low] : [start + size / 2, 0]
  }
  const [x, width] = side(left, box.width - right, rect.x, rect.width)
  const [y, height] = side(top, box.height - bottom, rect.y, rect.height)
  return { x, y, width, height }
}
