import type { Held, OutboxStorage } from '../core/outbox-storage.ts'
import { createMemoryStorage } from './memory-storage.ts'

// The memory's keys become negative, so that both kinds fit one list.
const inMemory = (held: Held): Held => ({ ...held, key: -1 - held.key })

/** The given storage; what it does not take is kept in memory and marked `durable: false`, with one sentence to the developer. */
export function createSturdyStorage(durable: OutboxStorage, warn: (issue: string) => void): OutboxStorage {
  const memory = createMemoryStorage()
  let closed = false
  const without = <T>(nothing: T) => (error: unknown) => {
    if (!closed) warn(`signals cannot be kept on disk (${error}): those of a closed page may be lost. Let the page use IndexedDB`)
    return nothing
  }
  return {
    put: (signal, at) =>
      durable.put(signal, at).catch((error: unknown) => {
        without(undefined)(error)
        return memory.put({ ...signal, durable: false }, at)
      }),
    async oldest(most) {
      const held = await durable.oldest(most).catch(without([]))
      return [...held, ...(await memory.oldest(most - held.length)).map(inMemory)]
    },
    count: async () => (await durable.count().catch(without(0))) + (await memory.count()),
    drops: () => durable.drops().catch(() => memory.drops()),
    async settle(keys, drops) {
      const kept = keys.filter((key) => key >= 0)
      let rest = drops
      try {
        await durable.settle(kept, drops)
        rest = {}
      } catch (error) {
        // What was on disk stays there and is sent again; the endpoint knows its id.
        if (kept.length) throw error
      }
      await memory.settle(keys.filter((key) => key < 0).map((key) => -1 - key), rest)
    },
    close() {
      closed = true
      durable.close()
    },
  }
}
