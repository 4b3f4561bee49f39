import { percentile } from '../table.ts'
import { frameRates, lanes, type FrameRate } from './film.ts'
import type { Spots } from './spots.ts'

/** What `figuresOf` says, in order: distances in pixels above the instrument's grain, parts of all pictures, and how many there were. */
export const figureColumns = ['median', 'p95', 'in step', 'within 1', 'late', 'early', 'n']

/** How far the marker was from its object on pictures that follow each other. */
export function figuresOf(fps: FrameRate, rate: 1 | 2, spots: readonly Spots[]): string[] {
  const errors = spots.map((it) => Math.abs(it.marker - it.object))
  const grain = spots.map(({ object, twin }) => Math.abs(twin - object))
  // A screen shows no more than sixty frames a second.
  const frame = Math.max(lanes[rate].speed / frameRates[fps], 5)
  const half = lanes[rate].speed / frameRates[fps] / 2
  let way = 1
  const ahead = spots.map((it, index) => {
    const gone = it.object - (spots[index - 2] ?? it).object
    // Where the film stands still, its last way says what is late.
    if (Math.abs(gone) > 0.5) way = Math.sign(gone)
    return (it.marker - it.object) * way
  })
  const share = (those: (it: number) => boolean): string => `${((ahead.filter(those).length / ahead.length) * 100).toFixed(1)} %`
  const above = (part: number): string => (percentile(errors, part) - percentile(grain, part)).toFixed(2)
  return [
    above(50),
    above(95),
    share((it) => Math.abs(it) < half),
    share((it) => Math.abs(it) < frame + 0.5),
    share((it) => it <= -half),
    share((it) => it >= half),
    String(spots.length),
  ]
}
