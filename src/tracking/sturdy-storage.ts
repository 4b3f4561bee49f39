import type { Held, OutboxContents, OutboxStorage } from '../core/outbox-storage.ts'
import { createMemoryStorage } from './memory-storage.ts'

// The memory's keys become negative, so that both kinds fit one list.
const inMemory = (held: Held): Held => ({ ...held, key: -1 - held.key })

/** The given storage; what it does not take is kept in memory and marked `durable: false`, with one sentence to the developer. */
export function createSturdyStorage(durable: OutboxStorage, warn: (issue: string) => void): OutboxStorage {
  const memory = createMemoryStorage()
  let closed = false
  const complain = (error: unknown): void => {
    if (!closed) warn(`signals cannot be kept on disk (${error}): those of a closed page may be lost. Let the page use IndexedDB`)
  }
  return {
    durable: true,
    put: (signal, at) =>
      durable.put(signal, at).catch((error: unknown) => {
        complain(error)
        return memory.put({ ...signal, durable: false }, at)
      }),
    async look(most) {
      const disk = await durable.look(most).catch((error: unknown): OutboxContents => {
        complain(error)
        return { count: 0, held: [], lost: [] }
      })
      const { count, held, lost, pause } = await memory.look(most)
      return {
        ...disk,
        count: disk.count + count,
        held: [...disk.held, ...held.map(inMemory)].slice(0, most),
        lost: [...disk.lost, ...lost],
        pause: disk.pause ?? pause,
      }
    },
    async settle({ gone = [], lost = [], forgotten = [], ...change }) {
      const kept = gone.filter((key) => key >= 0)
      const rest = gone.filter((key) => key < 0).map((key) => -1 - key)
      try {
        await durable.settle({ ...change, lost, forgotten, gone: kept })
        await memory.settle({ gone: rest, forgotten: [...forgotten, ...lost.map((it) => it.id)] })
      } catch (error) {
        // What was on disk stays there and is sent again; the endpoint knows its id.
        if (kept.length) throw error
        await memory.settle({ ...change, lost, forgotten, gone: rest })
      }
    },
    close() {
      closed = true
      durable.close()
    },
  }
}
