import type { Keyframe } from '../contract/cue.ts'

/** Half a hundredth of the picture: what an eye that follows the object does not see. */
export const defaultTolerance = 0.005

/**
 * The fewest of the keyframes that Ramer, Douglas and Peucker would keep so that the straight path between them is, at
 * every keyframe's own time, within `tolerance` (a fraction of the picture) of it: its edges where it has a size, else its
 * centre. The first and the last one stay. Keyframes come in order of time, each second once.
 */
export function simplifyTrack(frames: readonly Keyframe[], tolerance = defaultTolerance): Keyframe[] {
  if (frames.length < 3) return [...frames]
  const sized = withSizes(frames)
  const lines = linesOf(sized)
  const kept = new Uint8Array(frames.length)
  kept[0] = kept[frames.length - 1] = 1

  // A path can be such that the worst keyframe is always the next one. Past this depth the middle is taken instead, so
  // that ten thousand keyframes cost n · log n whatever they say; one or two keyframes more are the price.
  const patience = 2 * Math.ceil(Math.log2(frames.length)) + 8
  const waiting = [0, frames.length - 1, 0]
  while (waiting.length) {
    const depth = waiting.pop()!
    const to = waiting.pop()!
    const from = waiting.pop()!
    const { at, off } = worst(sized, lines, from, to)
    if (!(off > tolerance)) continue
    const split = depth > patience ? (from + to) >> 1 : at
    kept[split] = 1
    waiting.push(from, split, depth + 1, split, to, depth + 1)
  }
  return sized.filter((_, index) => kept[index])
}

/** How far, at worst, the straight path between `path`'s keyframes is from one of the `frames` at its own time. */
export function trackError(frames: readonly Keyframe[], path: readonly Keyframe[]): number {
  if (!path.length) return frames.length ? Infinity : 0
  let segment = 0
  let error = 0
  for (const frame of frames) {
    while (segment < path.length - 2 && path[segment + 1]!.t <= frame.t) segment++
    const from = path[segment]!
    const to = path[segment + 1] ?? from
    const part = to.t > from.t ? Math.min(1, Math.max(0, (frame.t - from.t) / (to.t - from.t))) : 0
    const between = (a: number | undefined, b: number | undefined): number | undefined =>
      a === undefined || b === undefined ? (a ?? b) : a + (b - a) * part
    const dx = Math.abs(between(from.x, to.x)! - frame.x)
    const dy = Math.abs(between(from.y, to.y)! - frame.y)
    const size = (ours: number | undefined, its: number | undefined): number =>
      its === undefined ? 0 : Math.abs((ours ?? 0) - its) / 2
    // An edge is off by what the centre is off and half of what the size is off, where both point the same way.
    error = Math.max(error, dx + size(between(from.w, to.w), frame.w), dy + size(between(from.h, to.h), frame.h))
  }
  return error
}

/** A size that only some keyframes have is carried over to the others, as the path between them carries it. */
function withSizes(frames: readonly Keyframe[]): readonly Keyframe[] {
  let sized = frames
  for (const name of ['w', 'h'] as const) {
    const first = frames.find((frame) => frame[name] !== undefined)?.[name]
    if (first === undefined || frames.every((frame) => frame[name] !== undefined)) continue
    let known = first
    sized = sized.map((frame) => ({ ...frame, [name]: (known = frame[name] ?? known) }))
  }
  return sized
}

/** What must stay in its place: the four edges; the centre's line where there is no size. */
function linesOf(frames: readonly Keyframe[]): Float64Array[] {
  const line = (of: (frame: Keyframe) => number): Float64Array => Float64Array.from(frames, of)
  const axis = (at: 'x' | 'y', size: 'w' | 'h'): Float64Array[] =>
    frames[0]![size] === undefined
      ? [line((frame) => frame[at])]
      : [line((frame) => frame[at] - frame[size]! / 2), line((frame) => frame[at] + frame[size]! / 2)]
  return [...axis('x', 'w'), ...axis('y', 'h')]
}

/** The keyframe between two kept ones that the straight path between these misses most, and by how much. */
function worst(frames: readonly Keyframe[], lines: readonly Float64Array[], from: number, to: number): { at: number; off: number } {
  const start = frames[from]!.t
  const span = frames[to]!.t - start
  let at = from
  let off = 0
  for (const line of lines) {
    const first = line[from]!
    const slope = (line[to]! - first) / span
    for (let index = from + 1; index < to; index++) {
      const miss = Math.abs(line[index]! - first - slope * (frames[index]!.t - start))
      if (miss > off) {
        off = miss
        at = index
      }
    }
  }
  return { at, off }
}
