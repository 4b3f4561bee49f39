import type { Held, Lost, OutboxStorage, Pause } from '../core/outbox-storage.ts'

/** Keeps signals as long as the page lives. */
export function createMemoryStorage(): OutboxStorage {
  let held: Held[] = []
  const notes = new Map<string, Lost>()
  let pausing: Pause | undefined
  let key = 0
  return {
    durable: false,
    async put(signal, at) {
      held.push({ key: key++, signal, at })
      return signal
    },
    look: async (most) => ({ count: held.length, held: held.slice(0, most), lost: [...notes.values()], pause: pausing }),
    async settle({ gone, lost = [], forgotten = [], pause }) {
      const keys = new Set(gone)
      held = held.filter((it) => !keys.has(it.key))
      for (const id of forgotten) notes.delete(id)
      for (const it of lost) notes.set(it.id, it)
      if (pause) pausing = pause
    },
    close() {},
  }
}
