import type { Cue } from '../contract/cue.ts'
import { isOnPicture } from '../core/on-picture.ts'
import { defaultTolerance, simplifyTrack } from '../core/simplify-track.ts'

/** A track of more keyframes was measured, not drawn; every guest would carry all of them. */
const mostKeyframes = 1000

/** The cue as guests get it. A track that is far too fine is simplified within 0.5 % of the frame; what an eye cannot see is named. */
export function lightened(cue: Cue, issues: string[]): Cue {
  if (!isOnPicture(cue)) issues.push(`cue ${cue.id}: its place is off the picture (0..1), so it is only listed beside the film`)
  const { track } = cue
  if (!track || track.interpolation !== 'linear' || track.keyframes.length <= mostKeyframes) return cue
  const inOrder = [...new Map(track.keyframes.map((it) => [it.t, it])).values()].sort((a, b) => a.t - b.t)
  const keyframes = simplifyTrack(inOrder, defaultTolerance)
  issues.push(`cue ${cue.id}: its ${track.keyframes.length} keyframes were simplified to ${keyframes.length}, at most ${defaultTolerance * 100} % of the frame off`)
  return { ...cue, track: { ...track, keyframes } }
}
