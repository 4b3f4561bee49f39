import { spread } from './marker-collision.ts'
import { overlap, pointOn, within, type Point, type Rect } from './picture-geometry.ts'
import type { Place } from './track.ts'

/** Where the picture lies, in the pixels of the layer that the markers stand on. */
export interface Stage {
  /** The whole picture, with what its fit pushes out of sight. */
  picture: Rect
  /** What of it can be seen. */
  visible: Rect
  /** What of that belongs to the markers: no control bar and no caption is drawn there. */
  free: Rect
}

/** Pixels between two markers' centres, and how far one without a known object may be pushed. */
const gap = 28
const reach = 30

/**
 * The centre of each place's marker, undefined for what cannot be seen or lies under the controls altogether. Crowded
 * ones stand apart, none of them off its object.
 */
export function layMarkers(places: readonly Place[], { picture, visible, free }: Stage): (Point | undefined)[] {
  const spots = places.map(({ x, y, w, h }) => {
    const at = pointOn(picture, { x, y })
    if (!within(visible, at)) return undefined
    if (!w || !h) return at
    const half = { x: (w * picture.width) / 2, y: (h * picture.height) / 2 }
    const object = overlap(free, { x: at.x - half.x, y: at.y - half.y, width: 2 * half.x, height: 2 * half.y })
    return object.width && object.height ? { ...at, half } : undefined
  })
  const apart = spread(spots.filter((spot) => spot !== undefined), gap, reach, free)
  let next = 0
  return spots.map((spot) => spot && apart[next++])
}
