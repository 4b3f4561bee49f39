import { median, percentile } from '../table.ts'
import { film, frameRates, lanes, type FrameRate } from './film.ts'
import type { Spots } from './spots.ts'

/** A part, written in percent. */
export const percent = (part: number): string => `${(part * 100).toFixed(1)} %`
const pixels = (it: number): string => it.toFixed(2)

/** How each figure is written: distances in pixels above the instrument's grain, parts of all pictures, and how many there were. */
const figures = { median: pixels, p95: pixels, 'in step': percent, 'within 1': percent, late: percent, early: percent, n: String }
/** What `figuresOf` says, in order. */
export const figureColumns: readonly string[] = Object.keys(figures)

/** Cells of the table: of each figure the median of some rounds. */
export const figureCells = (rounds: readonly (readonly number[])[]): string[] =>
  Object.values(figures).map((write, column) => write(median(rounds.map((it) => it[column]!))))

/** How far the marker was from its object on pictures that follow each other. */
export function figuresOf(fps: FrameRate, rate: 1 | 2, spots: readonly Spots[]): number[] {
  const errors = spots.map((it) => Math.abs(it.marker - it.object))
  const grain = spots.map(({ object, twin }) => Math.abs(twin - object))
  const step = lanes[rate].speed / frameRates[fps]
  // A screen of sixty pictures a second shows a film of more frames one or some at once: at 50 × 2, two times of three two.
  const frame = step * Math.ceil((frameRates[fps] * rate) / 60)
  const half = step / 2
  let way = 1
  const ahead = spots.map((it, index) => {
    const gone = it.object - (spots[index - 2] ?? it).object
    // Where the film stands still, its last way says what is late.
    if (Math.abs(gone) > 0.5) way = Math.sign(gone)
    return (it.marker - it.object) * way
  })
  const share = (those: (it: number) => boolean): number => ahead.filter(those).length / ahead.length
  const above = (part: number): number => percentile(errors, part) - percentile(grain, part)
  return [
    above(50),
    above(95),
    share((it) => Math.abs(it) < half),
    share((it) => Math.abs(it) < frame + 0.5),
    share((it) => it <= -half),
    share((it) => it >= half),
    spots.length,
  ]
}

/** Pixels between a place that is told exactly and one that is read off a picture, at most. */
const grain = 0.1

/**
 * Part of the pictures on which a marker could stand on its object that the browser moves by itself, without any script, if
 * the one moment at which its way is begun were chosen afterwards, when it is known which suits best. What goes evenly
 * is ahead of its object by no more than one frame's way, so that pictures on which it is that far ahead are in step.
 */
export function floorOf(fps: FrameRate, rate: 1 | 2, spots: readonly Spots[]): number {
  const start = film.left + film.box / 2
  const round = 2 * film.way
  const middle = (x: number): boolean => Math.abs(x - start - film.way / 2) < film.way / 2 - 30
  const within = (x: number): number => ((x % round) + round) % round
  const ahead: number[] = []
  for (const [index, { object, marker }] of spots.entries()) {
    // So many refreshes ago a film of 24 frames showed another frame. Where it turns, which way it goes cannot be told.
    const before = spots[index - 3]
    if (!before || ![object, marker, before.object, before.marker].every(middle)) continue
    const gone = (x: number, was: number): number => (x >= was ? x - start : round - (x - start))
    ahead.push(within(gone(marker, before.marker) - gone(object, before.object)))
  }
  const frame = lanes[rate].speed / frameRates[fps]
  const inStep = ahead.map((from) => ahead.filter((it) => within(it - from + grain / 2) <= frame - grain).length)
  return Math.max(0, ...inStep) / ahead.length
}
