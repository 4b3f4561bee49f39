import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Signal } from '../contract/signal.ts'
import { addDrops, type Drops, type Held, type OutboxStorage } from '../core/outbox-storage.ts'

interface Schema extends DBSchema {
  signals: { key: number; value: { signal: Signal; at: number } }
  drops: { key: 'all'; value: Drops }
}

// A relaxed write with an explicit commit() is on its way before the page can die: it survives a closing tab and a
// killed browser, where a strict one and localStorage do not (measured in Chromium and Firefox).
const relaxed = { durability: 'relaxed' } as const

// Some browsers leave an open request unanswered for ever when storage is broken or blocked by another tab.
const patience = 3000

/** Signals in IndexedDB, in a database of this name. It is opened by the first call; a browser that denies storage fails every call. */
export function createSignalStorage(name: string): OutboxStorage {
  let opened: Promise<IDBPDatabase<Schema>> | undefined

  function open(): Promise<IDBPDatabase<Schema>> {
    return (opened ??= new Promise((resolve, reject) => {
      let late = false
      const timer = setTimeout(() => {
        late = true
        reject(new Error('the database does not open'))
      }, patience)
      openDB<Schema>(name, 1, {
        upgrade(db) {
          db.createObjectStore('signals', { autoIncrement: true })
          db.createObjectStore('drops')
        },
        // Another tab deletes the database: do not stand in its way.
        blocking: () => close(),
        terminated: () => (opened = undefined),
      })
        .then((db) => (late ? db.close() : resolve(db)), reject)
        .finally(() => clearTimeout(timer))
    }))
  }

  function close(): void {
    void opened?.then((db) => db.close()).catch(() => {})
    opened = undefined
  }

  return {
    async put(signal, at) {
      const { store, done } = (await open()).transaction('signals', 'readwrite', relaxed)
      const added = store.add({ signal, at })
      store.transaction.commit()
      await Promise.all([added, done])
    },
    async oldest(most) {
      const { store, done } = (await open()).transaction('signals')
      const [keys, values] = await Promise.all([store.getAllKeys(null, most), store.getAll(null, most), done])
      return values.map((value, index): Held => ({ key: keys[index]!, ...value }))
    },
    count: async () => (await open()).count('signals'),
    drops: async () => (await (await open()).get('drops', 'all')) ?? {},
    async settle(keys, drops) {
      const tx = (await open()).transaction(['signals', 'drops'], 'readwrite', relaxed)
      const signals = tx.objectStore('signals')
      const counts = tx.objectStore('drops')
      const steps: Promise<unknown>[] = keys.map((key) => signals.delete(key))
      if (Object.keys(drops).length) steps.push(counts.put(addDrops((await counts.get('all')) ?? {}, drops), 'all'))
      await Promise.all([...steps, tx.done])
    },
    async clear() {
      close()
      await deleteDB(name)
    },
    close,
  }
}
