/** How often something may appear unasked: of one item, and of all together. */
export interface FatigueCaps {
  item?: number | undefined
  visit?: number | undefined
}

/** What one visitor was shown unasked and what they waved away; as long as the page lives. */
export interface Appearances {
  /** Counts an appearance of the item and says whether it may happen. */
  admit(item: string, caps?: FatigueCaps): boolean
  /** Whether the item of this film was dismissed. */
  isDismissed(film: string, item: string): boolean
  /** The items of a film never appear again. Who dismisses a second time is shown nothing more of this film. */
  dismiss(film: string, items: readonly string[]): void
}

export function createAppearances(): Appearances {
  const shown = new Map<string, number>()
  const dismissed = new Map<string, Set<string>>()
  const tired = new Set<string>()
  let total = 0
  return {
    admit(item, { item: each = Infinity, visit = Infinity } = {}) {
      const before = shown.get(item) ?? 0
      if (before >= each || total >= visit) return false
      shown.set(item, before + 1)
      total++
      return true
    },
    isDismissed: (film, item) => tired.has(film) || !!dismissed.get(film)?.has(item),
    dismiss(film, items) {
      const before = dismissed.get(film)
      if (before) tired.add(film)
      dismissed.set(film, new Set([...(before ?? []), ...items]))
    },
  }
}
