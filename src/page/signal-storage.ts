import type { Signal } from '../contract/signal.ts'
import { addDrops, type Drops, type Held, type OutboxStorage } from '../core/outbox-storage.ts'

// A relaxed write with an explicit commit() is on its way before the page can die: it survives a closing tab and a
// killed browser, where a strict one and localStorage do not (measured in Chromium and Firefox).
const relaxed = { durability: 'relaxed' } as const

// Some browsers leave an open request unanswered for ever when storage is broken or blocked by another tab.
const patience = 3000

const resultOf = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const committed = (tx: IDBTransaction) =>
  new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve()
    tx.onabort = () => reject(tx.error)
  })

function open(name: string, closed: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    let late = false
    const timer = setTimeout(() => {
      late = true
      reject(new Error('the database does not open'))
    }, patience)
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('signals', { autoIncrement: true })
      request.result.createObjectStore('drops')
    }
    resultOf(request)
      .then((db) => {
        if (late) return db.close()
        db.onclose = closed
        // Another tab deletes the database: do not stand in its way.
        db.onversionchange = () => {
          db.close()
          closed()
        }
        resolve(db)
      }, reject)
      .finally(() => clearTimeout(timer))
  })
}

export interface SignalStorage extends OutboxStorage {
  /** Forgets everything, in all tabs, and closes; asked for when this returns, so that what is opened later comes after it. */
  clear(): Promise<void>
}

/** Signals in IndexedDB, in a database of this name. It is opened by the first call; a browser that denies storage fails every call. */
export function createSignalStorage(name: string): SignalStorage {
  let opened: Promise<IDBDatabase> | undefined
  let done = false
  const database = () => (done ? Promise.reject(new Error('closed')) : (opened ??= open(name, () => (opened = undefined))))
  const reading = async (store: string) => (await database()).transaction(store).objectStore(store)

  function close(): void {
    done = true
    opened?.then(
      (db) => db.close(),
      () => {},
    )
    opened = undefined
  }

  return {
    async put(signal, at) {
      const tx = (await database()).transaction('signals', 'readwrite', relaxed)
      tx.objectStore('signals').add({ signal, at })
      tx.commit()
      await committed(tx)
    },
    async oldest(most) {
      const store = await reading('signals')
      const [keys, values] = await Promise.all([
        resultOf(store.getAllKeys(null, most) as IDBRequest<number[]>),
        resultOf(store.getAll(null, most) as IDBRequest<{ signal: Signal; at: number }[]>),
      ])
      return values.map((value, index): Held => ({ key: keys[index]!, ...value }))
    },
    count: async () => resultOf((await reading('signals')).count()),
    drops: async () => (await resultOf((await reading('drops')).get('all') as IDBRequest<Drops | undefined>)) ?? {},
    async settle(keys, drops) {
      const tx = (await database()).transaction(['signals', 'drops'], 'readwrite', relaxed)
      for (const key of keys) tx.objectStore('signals').delete(key)
      if (Object.keys(drops).length) {
        const counts = tx.objectStore('drops')
        const before: IDBRequest<Drops | undefined> = counts.get('all')
        before.onsuccess = () => counts.put(addDrops(before.result ?? {}, drops), 'all')
      }
      await committed(tx)
    },
    async clear() {
      close()
      await resultOf(indexedDB.deleteDatabase(name))
    },
    close,
  }
}
