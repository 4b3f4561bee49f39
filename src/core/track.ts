import type { Cue, Keyframe } from '../contract/cue.ts'

/** Where an item is on the picture: its centre, and its size when the track has it, in fractions. */
export interface Place {
  x: number
  y: number
  w?: number | undefined
  h?: number | undefined
}

/** A path gives the place at a second; before its first and after its last keyframe it stands still there. */
export type Path = (second: number) => Place

type Channel = 'x' | 'y' | 'w' | 'h'

/** The path of a cue on the picture; undefined when it names no place. Ask it for seconds in order and it finds them at once. */
export function pathOf(cue: Cue): Path | undefined {
  const frames = sorted(cue.track?.keyframes ?? [])
  const still = frames.length ? frames[0] : cue.at
  if (!still) return undefined
  if (frames.length < 2) return () => still
  const spline = cue.track?.interpolation === 'spline'

  let hint = 0
  return (second) => {
    hint = segmentAt(frames, second, hint)
    const from = frames[hint]!
    const to = frames[hint + 1]!
    const part = Math.min(1, Math.max(0, (second - from.t) / (to.t - from.t)))
    const channel = (name: Channel): number | undefined => {
      const a = from[name]
      const b = to[name]
      if (a === undefined || b === undefined) return a ?? b
      if (!spline) return a + (b - a) * part
      const span = to.t - from.t
      const leave = slope(frames, hint, name) * span
      const arrive = slope(frames, hint + 1, name) * span
      const rest = 1 - part
      return (
        rest * rest * ((1 + 2 * part) * a + part * leave) + part * part * ((3 - 2 * part) * b - rest * arrive)
      )
    }
    return { x: channel('x')!, y: channel('y')!, w: channel('w'), h: channel('h') }
  }
}

/** Whether the path ever leaves its first place. */
export function moves(cue: Cue): boolean {
  const frames = sorted(cue.track?.keyframes ?? [])
  return frames.some(({ x, y }) => x !== frames[0]!.x || y !== frames[0]!.y)
}

function sorted(frames: readonly Keyframe[]): Keyframe[] {
  const byTime = new Map<number, Keyframe>()
  for (const frame of frames) {
    if (Number.isFinite(frame?.t) && Number.isFinite(frame.x) && Number.isFinite(frame.y)) byTime.set(frame.t, frame)
  }
  return [...byTime.values()].sort((a, b) => a.t - b.t)
}

/** Index of the keyframe that begins the segment around `second`: the hinted one or its neighbour in play, else by halving. */
function segmentAt(frames: readonly Keyframe[], second: number, hint: number): number {
  const last = frames.length - 2
  for (let near = hint; near <= last && near <= hint + 1; near++) {
    if (frames[near]!.t <= second && second < frames[near + 1]!.t) return near
  }
  let low = 0
  let high = last
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (frames[middle]!.t <= second) low = middle
    else high = middle - 1
  }
  return low
}

/** Catmull–Rom's slope over uneven times: the parabola through the keyframe and its neighbours; at the ends the chord. */
function slope(frames: readonly Keyframe[], index: number, name: Channel): number {
  const here = frames[index]!
  const before = frames[index - 1]
  const after = frames[index + 1]
  const chord = (a: Keyframe, b: Keyframe): number => ((b[name] ?? a[name] ?? 0) - (a[name] ?? b[name] ?? 0)) / (b.t - a.t)
  if (!before || !after) return before ? chord(before, here) : after ? chord(here, after) : 0
  const gone = here.t - before.t
  const coming = after.t - here.t
  return (chord(before, here) * coming + chord(here, after) * gone) / (gone + coming)
}
