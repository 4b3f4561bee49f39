import type { Point } from '../core/picture-geometry.ts'

// Pixels by which a marker may be off for its way to be told in fewer words.
const tolerance = 0.06

export const translation = ({ x, y }: Point): string => `translate3d(${x.toFixed(2)}px,${y.toFixed(2)}px,0)`

/** A list for each property: browsers read that faster than an object for each keyframe. The last keyframe needs no easing. */
export interface SteppedKeyframes extends PropertyIndexedKeyframes {
  offset: number[]
  transform: string[]
  easing: string[]
}

/**
 * Keyframes of an animation that stands on each point for one even part of its time, and on the last at its end. Points
 * that go straight on, as most do, are one keyframe with so many steps: twenty markers' hundreds would be slow to read.
 */
export function steppedKeyframes(points: readonly Point[]): SteppedKeyframes {
  const last = points.length - 1
  const offset: number[] = []
  const transform: string[] = []
  const easing: string[] = []
  for (let from = 0; from < last; ) {
    const to = straightTo(points, from)
    offset.push(from / last)
    transform.push(translation(points[from]!))
    easing.push(`steps(${to - from})`)
    from = to
  }
  offset.push(1)
  transform.push(translation(points[last]!))
  return { offset, transform, easing }
}

/** Index of the last point to which it goes straight and evenly from `from` on. */
function straightTo(points: readonly Point[], from: number): number {
  const { x, y } = points[from]!
  let to = from + 1
  // Between these slopes every point passed so far is near enough.
  let [lowX, highX, lowY, highY] = [-Infinity, Infinity, -Infinity, Infinity]
  for (let index = from + 1; index < points.length; index++) {
    const steps = index - from
    const slopeX = (points[index]!.x - x) / steps
    const slopeY = (points[index]!.y - y) / steps
    if (slopeX < lowX || slopeX > highX || slopeY < lowY || slopeY > highY) break
    to = index
    const slack = tolerance / steps
    lowX = Math.max(lowX, slopeX - slack)
    highX = Math.min(highX, slopeX + slack)
    lowY = Math.max(lowY, slopeY - slack)
    highY = Math.min(highY, slopeY + slack)
  }
  return to
}
