import type { Cue, Keyframe } from '../contract/cue.ts'
import { isOnPicture } from './on-picture.ts'

/** A cue with the end it really has: its own, or the start of the next cue of the same id, or never. */
export interface Span {
  readonly cue: Cue
  readonly start: number
  readonly end: number
  /** Unlike any other span's: an id may stand for several cues, one after the other. */
  readonly key: string
}

export interface Timeline {
  /** In order of start, then of arrival. */
  readonly spans: readonly Span[]
  /** What was dropped and why: `cues[2]: expected an end after its start`. Of a cue off the picture only its place is. */
  readonly issues: readonly string[]
  /** Spans with `start` ≤ `second` < `end`, in their order; the same array as long as they stay the same. */
  active(second: number): readonly Span[]
  /** First second after `second` at which something starts or ends; Infinity when nothing will. */
  nextChange(second: number): number
  /** Spans that start after `second` and up to `until`, in their order. */
  coming(second: number, until: number): readonly Span[]
}

const nowhere: readonly never[] = []
const isText = (it: unknown): boolean => typeof it === 'string' && it !== ''
const isPoint = (it: { x: number; y: number }): boolean => Number.isFinite(it?.x) && Number.isFinite(it?.y)
const isFrame = (it: Keyframe): boolean => isPoint(it) && Number.isFinite(it.t)

function flaw(cue: Cue): string | undefined {
  if (!cue || !isText(cue.id)) return 'an id'
  if (!isText(cue.item)) return 'an item'
  if (!(Number.isFinite(cue.start) && cue.start >= 0)) return 'a start in seconds'
  if (cue.end !== undefined && cue.end !== null && !(cue.end > cue.start)) return 'an end after its start'
  if (cue.at && !isPoint(cue.at)) return 'a point (0..1) as at'
  const frames = cue.track?.keyframes
  if (cue.track && !(Array.isArray(frames) && frames.some(isFrame))) {
    return 'keyframes with t, x and y in its track'
  }
  return undefined
}

/** Index over cues in order of arrival. Of cues with the same id and start the last counts. */
export function createTimeline(cues: readonly Cue[]): Timeline {
  const issues: string[] = []
  const kept = new Map<string, Cue>()
  cues.forEach((cue, index) => {
    const expected = flaw(cue)
    if (expected) return void issues.push(`cues[${index}]: expected ${expected}`)
    if (cue.track?.keyframes.every(isFrame) === false) issues.push(`cues[${index}]: expected t, x and y in all its keyframes`)
    const key = `${cue.start} ${cue.id}`
    if (isOnPicture(cue)) kept.set(key, cue)
    else {
      const { at: _, track: __, ...placeless } = cue
      kept.set(key, placeless)
      issues.push(`cues[${index}]: expected a place on the picture (0..1)`)
    }
  })

  const inOrder = [...kept].sort(([, a], [, b]) => a.start - b.start)
  const later = new Map<string, number>()
  const spans: Span[] = new Array(inOrder.length)
  for (let index = inOrder.length - 1; index >= 0; index--) {
    const [key, cue] = inOrder[index]!
    spans[index] = { cue, key, start: cue.start, end: Math.min(cue.end ?? Infinity, later.get(cue.id) ?? Infinity) }
    later.set(cue.id, cue.start)
  }

  // A segment tree of latest ends: node n has the children 2n and 2n + 1, the spans are its leaves.
  let leaves = 1
  while (leaves < spans.length) leaves *= 2
  const latest = new Float64Array(2 * leaves).fill(-Infinity)
  spans.forEach((span, index) => (latest[leaves + index] = span.end))
  for (let node = leaves - 1; node > 0; node--) latest[node] = Math.max(latest[2 * node]!, latest[2 * node + 1]!)

  const bounds = [...new Set(spans.flatMap(({ start, end }) => (end < Infinity ? [start, end] : [start])))].sort((a, b) => a - b)
  const started = (second: number): number => firstAfter(spans, second, (span) => span.start)

  let from = Infinity
  let until = -Infinity
  let known: readonly Span[] = []

  return {
    spans,
    issues,
    active(second) {
      if (second >= from && second < until) return known
      // A player that does not know where it is.
      if (!Number.isFinite(second)) return nowhere
      const next = firstAfter(bounds, second, (bound) => bound)
      from = bounds[next - 1] ?? -Infinity
      until = bounds[next] ?? Infinity
      const found: Span[] = []
      const last = started(second)
      const visit = (node: number, first: number, width: number): void => {
        if (first >= last || !(latest[node]! > second)) return
        if (width === 1) found.push(spans[first]!)
        else {
          visit(2 * node, first, width / 2)
          visit(2 * node + 1, first + width / 2, width / 2)
        }
      }
      visit(1, 0, leaves)
      if (found.length !== known.length || found.some((span, index) => span !== known[index])) known = found
      return known
    },
    nextChange: (second) => bounds[firstAfter(bounds, second, (bound) => bound)] ?? Infinity,
    coming: (second, until) => spans.slice(started(second), started(until)),
  }
}

/** Index of the first entry above `limit`, in a list sorted by `of`. */
function firstAfter<T>(list: readonly T[], limit: number, of: (entry: T) => number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (of(list[middle]!) > limit) high = middle
    else low = middle + 1
  }
  return low
}
