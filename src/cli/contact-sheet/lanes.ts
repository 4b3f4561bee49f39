import type { SheetCue } from './contact-sheet.ts'

/** Cues in as few rows as they need so that in none two are on at once. */
export function lanesOf(cues: readonly SheetCue[], length: number): SheetCue[][] {
  const lanes: { free: number; cues: SheetCue[] }[] = []
  for (const cue of [...cues].sort((a, b) => a.start - b.start)) {
    let lane = lanes.find(({ free }) => free <= cue.start)
    if (!lane) lanes.push((lane = { free: 0, cues: [] }))
    lane.cues.push(cue)
    lane.free = cue.end ?? Math.max(length, cue.start)
  }
  return lanes.map((lane) => lane.cues)
}
