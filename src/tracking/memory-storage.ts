import { addDrops, type Drops, type Held, type OutboxStorage } from '../core/outbox-storage.ts'

/** Keeps signals as long as the page lives. */
export function createMemoryStorage(): OutboxStorage {
  let held: Held[] = []
  let dropped: Drops = {}
  let key = 0
  return {
    async put(signal, at) {
      held.push({ key: key++, signal, at })
    },
    oldest: async (most) => held.slice(0, most),
    count: async () => held.length,
    drops: async () => dropped,
    async settle(keys, drops) {
      const gone = new Set(keys)
      held = held.filter((it) => !gone.has(it.key))
      dropped = addDrops(dropped, drops)
    },
    close() {},
  }
}
