import { createAppearances, type FatigueCaps } from '../core/appearances.ts'
import type { Span } from '../core/timeline.ts'

/** Shared by all overlays of the page: what was waved away on one does not come back on another. */
const appearances = createAppearances()

/** What one overlay may show of what is due. */
export function createVisit() {
  const decided = new Map<string, boolean>()
  return {
    /** The spans that may appear. It is decided, and counted, once for each time that a span is due. */
    admit(film: string, due: readonly Span[], caps: FatigueCaps | undefined): readonly Span[] {
      for (const key of decided.keys()) if (!due.some((span) => span.key === key)) decided.delete(key)
      return due.filter(({ key, cue: { item } }) => {
        if (appearances.isDismissed(film, item)) return false
        const known = decided.get(key)
        if (known !== undefined) return known
        const may = appearances.admit(item, caps)
        decided.set(key, may)
        return may
      })
    },
    dismiss: (film: string, spans: readonly Span[]) => appearances.dismiss(film, spans.map(({ cue }) => cue.item)),
  }
}
