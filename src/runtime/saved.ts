import { mostSaved, snapshotOf, withChanges, type SavedItem, type SavedStorage } from '../core/saved-items.ts'
import type { SavedItems } from '../elements/wish.ts'
import { createSavedStorage } from '../page/saved-storage.ts'
import type { $Answer, Site } from './site.ts'

/**
 * Answers with what the reader saved, follows what other tabs do, and keeps it on the disk: the reader asked for that, so
 * it needs no consent, but under `none` and where storage is denied it lives as long as the page. Returns what stops it:
 * `false` while that would lose something.
 */
export function openSaved(site: Site, $answer: $Answer<never>, storage: SavedStorage = createSavedStorage(`${site.http.base} saved`, site.view)): () => boolean {
  const $saved: $Answer<SavedItems> = $answer
  const changes = new Map<string, SavedItem | null>()
  let stored: SavedItem[] = []
  let lasting = false
  let unfollow: (() => void) | undefined
  let closed = false

  function publish(): void {
    if (!closed && !site.isOff()) $saved.set({ state: 'ready', value: { items: withChanges(stored, changes), lasting, keep, drop } })
  }

  function warn(what: string, error: unknown): void {
    lasting = false
    unfollow?.()
    unfollow = undefined
    const reason = error instanceof Error ? error.name : 'refused'
    site.trouble((it) => it.warn(`saved items cannot be ${what} (${reason}): they last as long as this page; let the page use IndexedDB, or free some of its storage`))
  }

  async function read(): Promise<void> {
    try {
      stored = await storage.all()
    } catch (error) {
      warn('read', error)
    }
    publish()
  }

  /** Writes a change; until it is on the disk, and when it cannot be, the page remembers it by itself. */
  async function write(id: string, change: SavedItem | null): Promise<void> {
    changes.set(id, change)
    const extra = withChanges(stored, changes).slice(mostSaved)
    for (const it of extra) changes.set(it.id, null)
    publish()
    if (!lasting) return
    try {
      await (change ? storage.put(change) : storage.remove(id))
      for (const it of extra) await storage.remove(it.id)
      const now = await storage.all()
      stored = now
      for (const [key, was] of [[id, change] as const, ...extra.map((it) => [it.id, null] as const)]) {
        if (changes.get(key) === was) changes.delete(key)
      }
    } catch (error) {
      warn('stored', error)
    }
    publish()
  }

  const keep: SavedItems['keep'] = (item, at = site.clock.now()) => void write(item.id, { id: item.id, at, item: snapshotOf(item) })
  const drop: SavedItems['drop'] = (id) => void write(id, null)

  void site.configured().then(() => {
    if (closed) return
    lasting = !site.isSilent()
    if (!lasting) return publish()
    unfollow = storage.follow(() => void read())
    void read()
  })
  return () => {
    if (!lasting && changes.size) return false
    closed = true
    unfollow?.()
    return true
  }
}
