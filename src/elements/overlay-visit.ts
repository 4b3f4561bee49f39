import { createAppearances, type FatigueCaps } from '../core/appearances.ts'
import type { Span } from '../core/timeline.ts'

/** Shared by all overlays of the page: what was waved away on one does not come back on another. */
const appearances = createAppearances()

/** What one overlay may show of what is due. */
export function createVisit() {
  const decided = new Map<string, boolean>()
  return {
    /** The spans that may appear. It is decided, and counted, once for each time that a cue is due; one that is moved, or gets a price, goes on. */
    admit(film: string, due: readonly Span[], caps: FatigueCaps | undefined): readonly Span[] {
      for (const id of decided.keys()) if (!due.some(({ cue }) => cue.id === id)) decided.delete(id)
      return due.filter(({ cue: { id, item } }) => {
        if (appearances.isDismissed(film, item)) return false
        const known = decided.get(id)
        if (known !== undefined) return known
        const may = appearances.admit(item, caps)
        decided.set(id, may)
        return may
      })
    },
    dismiss: (film: string, spans: readonly Span[]) => appearances.dismiss(film, spans.map(({ cue }) => cue.item)),
  }
}
