import type { Cue } from '../contract/cue.ts'

/** Whether a cue that names a place is on the picture (0..1) at any of its keyframes. What names no place lies off nothing. */
export function isOnPicture({ at, track }: Pick<Cue, 'at' | 'track'>): boolean {
  const points = track?.keyframes.length ? track.keyframes : at ? [at] : []
  return !points.length || points.some((it) => it?.x >= 0 && it.x <= 1 && it.y >= 0 && it.y <= 1)
}
