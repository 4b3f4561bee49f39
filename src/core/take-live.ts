import type { Cue } from '../contract/cue.ts'

/**
 * Adds a live cue to those of its room, which stand under their ids: it takes the place of the one with its id. What
 * that one has shown until then it keeps, under an id of its own: who watches later, or with more delay, sees it still.
 */
export function takeLive(cues: Map<string, Cue>, cue: Cue, number: string | number): void {
  const before = cues.get(cue.id)
  if (before && before.start < cue.start) {
    const past = `${cue.id}~${number}`.slice(-200)
    cues.set(past, { ...before, id: past, end: Math.min(before.end ?? cue.start, cue.start) })
  }
  cues.set(cue.id, cue)
}
