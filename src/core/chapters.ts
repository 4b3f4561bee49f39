import type { Media } from '../contract/cue.ts'

/** A stretch of a film; `title` is absent where no chapter has begun. */
export interface Segment {
  start: number
  end: number
  title?: string
}

/** The stretches that chapters cut `from`–`to` into, without gap, and what was wrong with a chapter that was left out. */
export function chapterSegments(chapters: Media['chapters'], from: number, to: number): { segments: Segment[]; issues: string[] } {
  const issues: string[] = []
  const good = (chapters ?? []).filter((it, index) => {
    const flaw = !(Number.isFinite(it?.start) && it.start >= 0) ? 'a start in seconds' : !it.title || typeof it.title !== 'string' ? 'a title' : undefined
    if (flaw) issues.push(`chapters[${index}]: expected ${flaw}`)
    return !flaw
  })
  const segments: Segment[] = [{ start: from, end: to }]
  for (const { start, title } of good.sort((a, b) => a.start - b.start)) {
    if (start >= to) continue
    const last = segments.at(-1)!
    if (start <= last.start) segments[segments.length - 1] = { ...last, title }
    else {
      last.end = start
      segments.push({ start, end: to, title })
    }
  }
  return { segments, issues }
}
