/** Finds the even step behind readings that each are some whole number of steps after the one before, and may come rounded. */
export interface EvenStep {
  /** Seconds from one to the next; 0 until two were read. */
  readonly step: number
  /** A reading in seconds, later than the one before. */
  read(second: number): void
  /** The next reading does not follow the last one. */
  jumped(): void
}

const remembered = 12
// WebM's seconds are whole milliseconds, so that two equal steps differ by up to two of them.
const rounding = 0.0021
// 240 a second: no film and no screen has more.
const least = 0.004
// Part of the gaps that must be whole steps; the rest are slips of the player's.
const most = 0.8

export function createEvenStep(): EvenStep {
  let gaps: number[] = []
  let last: number | undefined
  let step = 0
  /** A reading from which every later one was a whole number of steps away: the longer ago, the surer the step. */
  let anchor = 0

  return {
    get step() {
      return step
    },
    jumped() {
      last = undefined
    },
    read(second) {
      const before = last
      last = second
      if (before === undefined) return void (anchor = second)
      gaps = [...gaps, second - before].slice(-remembered)
      const rough = commonStep(gaps)
      if (Math.abs(rough - step) > Math.min(rounding, rough / 8)) {
        step = rough
        anchor = before
      }
      const count = Math.round((second - anchor) / step)
      if (count && Math.abs(second - anchor - count * step) < step / 4) step = (second - anchor) / count
      else anchor = second
    },
  }
}

/** The largest step of which nearly all gaps are a multiple: one of the gaps, or what two of them differ by. */
function commonStep(gaps: readonly number[]): number {
  const smallest = Math.min(...gaps)
  // Over many steps the rounding of one adds up, and says nothing any more.
  const near = gaps.filter((gap) => gap < smallest * 5)
  const differences = near.flatMap((a, index) => near.slice(index + 1).map((b) => Math.abs(a - b)))
  const tried = [...new Set([...near, ...differences])].filter((it) => it >= least).sort((a, b) => b - a)
  for (const step of tried) {
    const slack = Math.min(rounding, step / 8)
    const whole = near.filter((gap) => gap > step / 2 && Math.abs(gap - Math.round(gap / step) * step) < slack)
    if (whole.length < near.length * most) continue
    const steps = whole.reduce((sum, gap) => sum + Math.round(gap / step), 0)
    return whole.reduce((sum, gap) => sum + gap, 0) / steps
  }
  return smallest
}
