import type { Keyframe } from '../../../contract/cue.ts'
import type { Size } from '../../../core/picture-geometry.ts'
import type { Named } from './cue-import.ts'

/** Where an object is at a moment. `hidden`: there, but not to be seen, from now on; `gone`: its place means nothing. */
export interface Sighting extends Keyframe {
  state?: 'hidden' | 'gone' | undefined
}

/** An object of an annotated film, over all of its frames. */
export interface SeenObject extends Named {
  /** Its own id in the file. */
  id: string
  sightings: Sighting[]
  /** Seconds that one frame lasts. */
  frame: number
}

/** A span in which an object is to be seen without a long break. */
export interface Stay {
  start: number
  end: number
  keyframes: Keyframe[]
}

/** The stays of an object: a break of more than `gap` seconds ends one. */
export function staysOf({ sightings, frame }: Pick<SeenObject, 'sightings' | 'frame'>, gap: number): Stay[] {
  const byTime = new Map(sightings.map((it) => [it.t, it]))
  const stays: Stay[] = []
  let seen: Sighting[] = []
  let absent: Sighting[] = []
  const close = (): void => {
    const [until] = absent
    const keyframes = until?.state === 'hidden' ? [...seen, until] : seen
    stays.push({ start: seen[0]!.t, end: until?.t ?? seen.at(-1)!.t + frame, keyframes: keyframes.map(place) })
  }
  for (const sighting of [...byTime.values()].sort((a, b) => a.t - b.t)) {
    if (sighting.state) {
      if (seen.length) absent.push(sighting)
      continue
    }
    if (absent.length && sighting.t - absent[0]!.t > gap + 1e-9) {
      close()
      seen = []
    } else seen.push(...absent.filter((it) => it.state === 'hidden'))
    absent = []
    seen.push(sighting)
  }
  if (seen.length) close()
  return stays
}

const place = ({ state: _, ...keyframe }: Sighting): Keyframe => keyframe

/** An object that a file tells of in every frame is gone where it does not: adds that to its sightings. */
export function withHoles(sightings: readonly Sighting[], frame: number): Sighting[] {
  const inOrder = [...sightings].sort((a, b) => a.t - b.t)
  return inOrder.flatMap((it, index) => {
    const next = inOrder[index + 1]
    return next && next.t - it.t > 1.5 * frame ? [it, { ...it, t: it.t + frame, state: 'gone' as const }] : [it]
  })
}

/** A box in pixels as a sighting; undefined when it is none. Outside of the picture its centre cannot be seen. */
export function boxSighting(t: number, box: { left: number; top: number; width: number; height: number }, { width, height }: Size): Sighting | undefined {
  return sightingAt(t, (box.left + box.width / 2) / width, (box.top + box.height / 2) / height, box.width / width, box.height / height)
}

/** A place in fractions of the picture as a sighting; undefined when it is none. */
export function sightingAt(t: number, x: number, y: number, w = 0, h = 0): Sighting | undefined {
  if (!(t >= 0 && t < Infinity && w >= 0 && h >= 0) || ![x, y, w, h].every((it) => Math.abs(it) <= 10)) return undefined
  const isOff = x < 0 || x > 1 || y < 0 || y > 1
  return { t, x, y, ...(w > 0 && h > 0 && { w, h }), ...(isOff && { state: 'hidden' as const }) }
}
