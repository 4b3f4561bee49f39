/** Finds the even step behind readings that each are some whole number of steps after the one before, and may come rounded. */
export interface EvenStep {
  /** Seconds from one to the next; 0 until two were read. */
  readonly step: number
  /** A reading in seconds, later than the one before, and how many it is after that one as far as is known. */
  read(second: number, count?: number): void
  /** The next reading does not follow the last one. */
  jumped(): void
}

const remembered = 24
// So few are too few to doubt the step of those before a jump.
const few = 8
// WebM's seconds are whole milliseconds, so that two equal steps differ by up to two of them.
const rounding = 0.0021
// 240 a second: no film and no screen has more.
const least = 0.004
// Part of the readings that must be whole steps apart; the rest are slips of the player's.
const most = 0.8

export function createEvenStep(): EvenStep {
  let readings: number[] = []
  /** Mean steps of the last readings. */
  let means: number[] = []
  let step = 0
  return {
    get step() {
      return step
    },
    jumped() {
      readings = []
      means = []
    },
    read(second, count = 1) {
      const before = readings.at(-1)
      if (before !== undefined) means = [...means, (second - before) / Math.max(1, count)].slice(1 - remembered)
      readings = [...readings, second].slice(-remembered)
      if (readings.length < 2) return
      // One that still fits is surer than any found anew, if it is not a part of a longer one.
      const known = step && (readings.length < few || means.filter((it) => it + rounding < step * 1.5).length > shorter(means)) ? fitted(step, readings, few) : undefined
      step = known ?? commonStep(readings, means)
    },
  }
}

/** Of so many mean steps, how many may be shorter than the step. */
const shorter = (means: readonly number[]): number => Math.floor(means.length * (1 - most))

/** The largest step of which nearly all gaps are a multiple: one of the gaps, what two of them differ by, or a part of the smallest. */
function commonStep(readings: readonly number[], means: readonly number[]): number {
  // No step is longer than most mean steps are.
  const longest = [...means].sort((a, b) => a - b)[shorter(means)]! + rounding
  const gaps = readings.slice(1).map((second, index) => second - readings[index]!)
  const smallest = Math.min(...gaps)
  const near = gaps.filter((gap) => gap < smallest * 5)
  const between = (): number[] => near.flatMap((a, index) => near.slice(index + 1).map((b) => Math.abs(a - b)))
  for (const candidates of [() => [...near, ...means], () => [...between(), smallest / 2, smallest / 3]]) {
    let tried = Infinity
    const sorted = candidates()
      .filter((step) => step >= least && step < longest)
      .sort((a, b) => b - a)
    for (const step of sorted) {
      if (tried - step < rounding) continue
      tried = step
      const alike = sorted.filter((it) => it <= step && step - it < rounding)
      const found = fitted(alike.reduce((sum, it) => sum + it, 0) / alike.length, readings)
      if (found) return found
    }
  }
  return Math.min(smallest, longest)
}

/**
 * The step made surer by the readings, the longer ago the surer; undefined when too many are not whole steps apart. It was
 * `measured` over so many steps: so much surer than one rounded gap it is.
 */
function fitted(step: number, readings: readonly number[], measured = 1): number | undefined {
  let anchor = readings[0]!
  let good = 0
  for (const second of readings.slice(1)) {
    const count = Math.round((second - anchor) / step)
    const slack = rounding * Math.max(1, count / measured)
    if (count && Math.abs(second - anchor - count * step) < Math.min(slack, step / 4)) {
      if (count >= measured) {
        step = (second - anchor) / count
        measured = count
      }
      good++
    } else anchor = second
  }
  return good >= (readings.length - 1) * most ? step : undefined
}
