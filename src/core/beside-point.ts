import type { Point } from './picture-geometry.ts'

interface Size {
  width: number
  height: number
}

/** Pixels between the point and what stands beside it, and between that and the edges of the room. */
const gap = 26
const margin = 8

/** Upper left corner of a box to the right of a point, else to its left, above or below it: the first place that has room, and inside in any case. */
export function besidePoint({ x, y }: Point, box: Size, room: Size): Point {
  const places: [fits: boolean, left: number, top: number][] = [
    [x + gap + box.width + margin <= room.width, x + gap, y - box.height / 2],
    [x - gap - box.width >= margin, x - gap - box.width, y - box.height / 2],
    [y - gap - box.height >= margin, x - box.width / 2, y - gap - box.height],
    [y + gap + box.height + margin <= room.height, x - box.width / 2, y + gap],
  ]
  const [, left, top] = places.find(([fits]) => fits) ?? places[0]!
  const within = (at: number, size: number, most: number) => Math.max(margin, Math.min(at, most - margin - size))
  return { x: within(left, box.width, room.width), y: within(top, box.height, room.height) }
}
