import type { Clock } from './world.ts'

/** The reader's clock, set right by what the endpoint says. */
export interface LearningClock extends Clock {
  /** The endpoint's clock stood at `moment` (milliseconds since 1970) just now, or before: a cached answer is late, never early. */
  learn(moment: number): void
}

// A Date header counts whole seconds and travels a while: closer than this, the reader's clock is the better one.
const grain = 2000

export function createClock(local: () => number): LearningClock {
  let offset = -Infinity
  return {
    now: () => local() + (Math.abs(offset) > grain && offset > -Infinity ? offset : 0),
    learn(moment) {
      if (Number.isFinite(moment)) offset = Math.max(offset, moment - local())
    },
  }
}
