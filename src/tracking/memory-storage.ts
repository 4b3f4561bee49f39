import type { Drops, Held, OutboxStorage } from './outbox-world.ts'

/** Adds up drop counts; a reason that comes to nothing is left out. */
export function addDrops(a: Drops, b: Drops): Drops {
  const sum: Drops = { ...a }
  for (const [reason, count] of Object.entries(b)) {
    const total = (sum[reason] ?? 0) + count
    if (total > 0) sum[reason] = total
    else delete sum[reason]
  }
  return sum
}

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
    async clear() {
      held = []
      dropped = {}
    },
    close() {},
  }
}
