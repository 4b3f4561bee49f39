import type { Item } from '../contract/item.ts'

/** A product that the reader keeps for later: enough of it to be shown while it is asked for anew, or is gone. */
export interface SavedItem {
  id: string
  /** When it was saved, in milliseconds since 1970. */
  at: number
  /** Without what changes: a price of last week is none. */
  item: Item
}

/** Where saved items outlive the page. A call fails where the browser denies it or has no room. */
export interface SavedStorage {
  all(): Promise<SavedItem[]>
  put(saved: SavedItem): Promise<void>
  remove(id: string): Promise<void>
  /** Calls back when another tab changed something, until the returned function is called. */
  follow(changed: () => void): () => void
}

/** More are not kept: the oldest make room. */
export const mostSaved = 200

export function snapshotOf({ id, title, shortTitle, url, image, brand, disclosure }: Item): Item {
  return Object.fromEntries(Object.entries({ id, title, shortTitle, url, image, brand, disclosure }).filter(([, it]) => it !== undefined)) as unknown as Item
}

/** What is on the disk with what is not there yet: kept, or `null` when it was dropped. Latest first. */
export function withChanges(stored: readonly SavedItem[], changes: ReadonlyMap<string, SavedItem | null>): SavedItem[] {
  const kept = [...changes.values()].filter((it) => it !== null)
  return [...kept, ...stored.filter(({ id }) => !changes.has(id))].sort((a, b) => b.at - a.at)
}
