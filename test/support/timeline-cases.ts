import type { Cue } from '../../src/contract/cue.ts'
import { createCoarseClock } from '../../src/core/coarse-clock.ts'
import { createFrameClock } from '../../src/core/frame-clock.ts'
import { liveSecond } from '../../src/core/live-second.ts'
import { startedAt, type Dated } from '../../src/core/programme-time.ts'
import { createTimeline } from '../../src/core/timeline.ts'

// A film, a screen and a viewer are played by number; what our clocks and timeline say is due is held against what a plain
// filter finds at the frame that is really on the screen.

export const kinds = ['seeks', 'rates', 'loops', 'gaps', 'window drift', 'discontinuities', '1 Hz clock', '1 Hz clock, seeks'] as const
export type Kind = (typeof kinds)[number]

export interface Played {
  kind: Kind
  /** Paints looked at. */
  paints: number
  /** Changes of what is due that were met. */
  changes: number
  /** Longest time in milliseconds for which something else was shown than was due. */
  longest: number
  /** Milliseconds that are allowed: a frame and the screen's own period, or a second for players that say little. */
  allowed: number
}

const refresh = 1000 / 60
const duration = 60
/** Milliseconds between two looks at a player in an iframe. */
const lookEvery = 250

function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let it = Math.imul(state ^ (state >>> 15), state | 1)
    it ^= it + Math.imul(it ^ (it >>> 7), it | 61)
    return ((it ^ (it >>> 14)) >>> 0) / 2 ** 32
  }
}

function cuesOf(roll: () => number): Cue[] {
  return Array.from({ length: 40 }, (_, index): Cue => {
    const start = roll() * duration
    // Each fourth is open until its id comes again.
    return index % 4 ? { id: `c${index}`, item: `i${index}`, start, end: start + 1 + roll() * 8 } : { id: `open${index % 3}`, item: `i${index}`, start }
  })
}

/** Says what is due at a second, found without our index. */
function filterOf(cues: readonly Cue[]): (second: number) => string {
  const spans = cues.map(({ id, item, start, end = Infinity }) => ({
    item,
    start,
    end: Math.min(end, ...cues.filter((it) => it.id === id && it.start > start).map((it) => it.start)),
  }))
  return (second) => wordOf(spans.filter(({ start, end }) => start <= second && second < end).map(({ item }) => item))
}

const wordOf = (items: readonly string[]): string => [...items].sort().join()

/** Pieces of six seconds with their dates, which jump at borders when asked to; the truth about a second beside what a window tells. */
function streamOf(roll: () => number, jumps: boolean) {
  const origin = Date.UTC(2026, 0, 1)
  let date = origin
  const pieces: Dated[] = Array.from({ length: 10 }, (_, index) => {
    if (jumps && index && roll() < 0.5) date += (roll() - 0.3) * 8000
    const piece = { start: index * 6, duration: 6, programDateTime: date }
    date += 6000
    return piece
  })
  return {
    origin,
    truth: (second: number): number => {
      const piece = pieces[Math.max(0, Math.min(9, Math.floor(second / 6)))]!
      return (piece.programDateTime! - origin) / 1000 + second - piece.start
    },
    /** What a player tells that still holds the pieces around `second`. */
    window: (second: number): Dated[] => pieces.filter(({ start }) => start > second - 20 && start < second + 14),
  }
}

/** One of the cases, the same each time. */
export function playCase(kind: Kind, number: number): Played {
  const roll = dice(number * 7919 + kinds.indexOf(kind) * 104729 + 1)
  const fps = [24, 25, 30000 / 1001, 30, 50, 60][number % 6]!
  const cues = cuesOf(roll)
  const due = filterOf(cues)
  const timeline = createTimeline(cues)
  const live = kind === 'window drift' || kind === 'discontinuities'
  const stream = live ? streamOf(roll, kind === 'discontinuities') : undefined
  const coarse = kind.startsWith('1 Hz')
  const seeks = kind === 'seeks' || kind === 'window drift' || kind === 'discontinuities' || kind === '1 Hz clock, seeks'

  const frames = createFrameClock()
  const words = createCoarseClock()
  let second = kind === 'loops' ? duration - 4 - roll() * 4 : roll() * duration * 0.5
  let rate = kind === 'rates' ? 0.5 + roll() : 1
  let running = true
  let shown = -1
  let told: { second: number; at: number } | undefined
  let said = -Infinity
  let looked = -Infinity
  let drawn = ''
  let before = ''
  let wrong = 0
  let longest = 0
  let changes = 0
  if (coarse) {
    words.said(second, 0)
    words.runs(true, rate, 0)
  }

  const paints = 1200
  for (let n = 1; n <= paints; n++) {
    const now = n * refresh
    if (told && !coarse) frames.shown(told.second, told.at, rate)
    told = undefined
    if (n % 180 === 90) {
      if (seeks) {
        second = stream ? Math.max(0, Math.min(second + 10, second - 12 + roll() * 20)) : roll() * (duration - 12)
        frames.reset()
        shown = -1
        if (coarse) words.said(second, now)
      }
      if (kind === 'rates') rate = [0.25, 0.5, 1, 1.5, 2, 4][Math.floor(roll() * 6)]!
      if (kind === 'gaps') running = !running
    }
    if (coarse && now - said >= 1000) {
      // A word is on its way for a while.
      words.said(second - roll() * 0.15 * rate, now)
      said = now
    }

    // The page decides now what the next paint shows.
    const paintAt = now + refresh
    if (!coarse || now - looked >= lookEvery) {
      looked = now
      const last = frames.last()
      const resting = last !== undefined && Math.abs(last - second) < 0.1 ? last : second
      const own = coarse ? words.second(now) : running ? frames.at(paintAt, rate, second) : resting
      const at = stream ? liveSecond(stream.origin, own, startedAt(stream.window(second), own), 0) : own
      drawn = wordOf(timeline.active(at).map(({ cue }) => cue.item))
    }

    if (running) second += (refresh * rate) / 1000
    if (second >= duration) {
      second -= duration
      shown = -1
    }
    const frame = Math.floor(second * fps + 1e-6)
    if (frame !== shown) told = { second: frame / fps, at: paintAt }
    shown = frame
    const wanted = due(stream ? stream.truth(frame / fps) : frame / fps)
    if (wanted !== before) changes++
    before = wanted
    wrong = wanted === drawn ? 0 : wrong + refresh
    longest = Math.max(longest, wrong)
  }
  return { kind, paints, changes, longest, allowed: coarse ? 1000 : Math.max(refresh, 1000 / fps / Math.min(1, rate)) + refresh }
}

/** All two hundred. */
export const playCases = (): Played[] => kinds.flatMap((kind) => Array.from({ length: 25 }, (_, number) => playCase(kind, number)))
