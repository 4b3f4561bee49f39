import type { Timeline } from './timeline.ts'

/** Which items were on the picture while the film was played. */
export interface Watched {
  /** The film was played from one second to the other. */
  played(from: number, to: number): void
  /** Seconds that the item was to be seen. */
  seconds(item: string): number
}

export function createWatched(timeline: () => Timeline): Watched {
  const seen = new Map<string, number>()
  return {
    played(from, to) {
      const { active, nextChange } = timeline()
      for (let at = from; at < to; ) {
        const next = Math.min(to, nextChange(at))
        for (const item of new Set(active(at).map(({ cue }) => cue.item))) seen.set(item, (seen.get(item) ?? 0) + next - at)
        at = next
      }
    },
    seconds: (item) => seen.get(item) ?? 0,
  }
}
