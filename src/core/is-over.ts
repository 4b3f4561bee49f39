import type { Media } from '../contract/cue.ts'

/**
 * Whether a live room is over at `now` (milliseconds since 1970), so that what is left of it is a recording: it says
 * when it began and how long it was. A duration that has not passed yet is only a plan.
 */
export function isOver({ origin, duration }: Pick<Media, 'origin' | 'duration'>, now: number): boolean {
  return origin !== undefined && duration !== undefined && Date.parse(origin) + duration * 1000 <= now
}
