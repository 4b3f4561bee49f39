import type { Clock } from './world.ts'

/** The reader's clock, set right by what the endpoint says. */
export interface LearningClock extends Clock {
  /** The endpoint's clock stood at `moment` (milliseconds since 1970) just now, or before: a cached answer is late, never early. */
  learn(moment: number): void
}

// A Date header counts whole seconds and travels a while: closer than this, the reader's clock is the better one.
const grain = 2000

/**
 * `steady` counts milliseconds from anywhere and is never set. It may rest while the machine sleeps, so it only tells when
 * the reader's clock is set back: an hour put on looks like an hour slept.
 */
export function createClock(local: () => number, steady: () => number): LearningClock {
  let offset = -Infinity
  let back = 0
  let ahead = -Infinity
  const own = () => {
    const now = local()
    const lead = now - steady()
    if (lead < ahead - grain) back += ahead - lead
    ahead = lead
    return now + back
  }
  return {
    now() {
      const now = own()
      return now + (Math.abs(offset) > grain && offset > -Infinity ? offset : 0)
    },
    learn(moment) {
      if (Number.isFinite(moment)) offset = Math.max(offset, moment - own())
    },
  }
}
