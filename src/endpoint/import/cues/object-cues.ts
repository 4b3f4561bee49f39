import type { Cue, Keyframe } from '../../../contract/cue.ts'
import { simplifyTrack, trackError } from '../../../core/simplify-track.ts'
import type { Say } from './cue-import.ts'
import { staysOf, type SeenObject } from './seen-object.ts'

export interface TrackStats {
  keyframesIn: number
  keyframesOut: number
  largestError: number
}

export interface ObjectCueOptions {
  tolerance: number
  gap: number
  shortest: number
}

/** One cue for each stay of an object, its track simplified; what makes none is named. */
export function objectCues(object: SeenObject, item: string, { tolerance, gap, shortest }: ObjectCueOptions, stats: TrackStats, say: Say): Cue[] {
  const stays = staysOf(object, gap)
  if (!stays.length) {
    const isOff = object.sightings.some((it) => it.state === 'hidden')
    say(object.place, isOff ? 'lies off the picture or is hidden all the time' : 'is in no frame')
  }
  return stays.flatMap((stay, index) => {
    const seconds = stay.end - stay.start
    if (seconds < shortest) {
      say(object.place, `is to be seen for only ${seconds.toFixed(2)} s at second ${stay.start.toFixed(2)}, less than ${shortest} s`)
      return []
    }
    const [start, end] = [moment(stay.start), moment(stay.end)]
    if (!(end > start)) {
      say(object.place, `is to be seen from second ${start} to ${end}, which is no time`)
      return []
    }
    const track = simplified(stay.keyframes, tolerance, stats)
    const id = `${item}-${object.id}${index ? `-${index + 1}` : ''}`.slice(-200)
    const [{ x, y }] = track as [Keyframe]
    const isStill = track.every((it) => it.x === x && it.y === y && it.w === track[0]!.w && it.h === track[0]!.h)
    return {
      id,
      item,
      start,
      end,
      at: { x, y },
      // A still object's size is worth a keyframe: the card keeps clear of it.
      ...(!isStill ? { track: { interpolation: 'linear', keyframes: track } } : track[0]!.w !== undefined && { track: { interpolation: 'linear', keyframes: [track[0]!] } }),
    }
  })
}

/** The track in few keyframes and few digits, both within the tolerance. */
export function simplified(frames: readonly Keyframe[], tolerance: number, stats: TrackStats): Keyframe[] {
  // Five digits are a hundredth of a pixel; what they cost is taken off the bound.
  const isCoarse = tolerance >= 0.001
  const track = isCoarse ? simplifyTrack(frames.map(rounded), tolerance * 0.98) : simplifyTrack(frames, tolerance)
  stats.keyframesIn += frames.length
  stats.keyframesOut += track.length
  stats.largestError = Math.max(stats.largestError, trackError(frames, track))
  return track
}

const digits = (value: number): number => Math.round(value * 1e5) / 1e5

function rounded({ t, x, y, w, h }: Keyframe): Keyframe {
  return { t: digits(t), x: digits(x), y: digits(y), ...(w !== undefined && { w: digits(w) }), ...(h !== undefined && { h: digits(h) }) }
}

/** Never after the frame's own moment, or the cue would start a frame late. */
const moment = (second: number): number => Math.floor(second * 1e5 + 1e-6) / 1e5
