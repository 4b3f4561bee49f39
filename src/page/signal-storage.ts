import type { Held, Lost, OutboxStorage, Pause } from '../core/outbox-storage.ts'
import { patiently } from './patiently.ts'

// A relaxed write with an explicit commit() is on its way before the page can die: it survives a closing tab and a
// killed browser, where a strict one and localStorage do not (measured in Chromium and Firefox).
const relaxed = { durability: 'relaxed' } as const

// Versions of the library share the database: each adds the stores that it misses and leaves the others alone, so a
// store that has shipped keeps its shape, and no number says whose database it is.
const stores = { signals: { autoIncrement: true }, lost: { keyPath: 'id' }, state: {} }
const names = Object.keys(stores)
type Kept = Omit<Held, 'key'>

const resultOf = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = (event) => {
      // One record that cannot be read must not end the reading of the others.
      event.preventDefault()
      reject(request.error)
    }
  })

const committed = (tx: IDBTransaction) =>
  new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve()
    tx.onabort = () => reject(tx.error)
  })

/** Opens the database with all stores. `late` is asked when it is open: nobody waits for it any more. */
function open(name: string, late: () => boolean, version?: number): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version)
  request.onupgradeneeded = () => {
    const db = request.result
    for (const [store, options] of Object.entries(stores)) {
      if (db.objectStoreNames.contains(store)) continue
      const made = db.createObjectStore(store, options)
      if (store === 'state') made.put(Math.random(), 'born')
    }
  }
  return resultOf(request).then((db) => {
    const complete = names.every((it) => db.objectStoreNames.contains(it))
    if (complete && !late()) return db
    db.close()
    if (complete) throw new Error('opened too late')
    return open(name, late, db.version + 1)
  })
}

export interface SignalStorage extends OutboxStorage {
  /** Forgets everything, in all tabs, and closes; asked for when this returns, so that what is opened later comes after it. */
  clear(): Promise<void>
}

/** Signals in IndexedDB, in a database of this name. It is opened by the first call; a browser that denies storage fails every call. */
export function createSignalStorage(name: string): SignalStorage {
  let db: IDBDatabase | undefined
  let opening: Promise<IDBDatabase> | undefined
  let done = false
  let store: IDBObjectStore | undefined
  let written: Promise<void> | undefined

  function abort(tx: IDBTransaction): void {
    try {
      tx.abort()
    } catch {
      // It has ended, and did not say so.
    }
  }

  function letGo(): void {
    db?.close()
    db = opening = undefined
  }

  function database(): Promise<IDBDatabase> {
    let late = false
    return (opening ??= patiently(open(name, () => late || done), () => (late = true)).then(
      (it) => {
        // It was deleted, or another tab wants to change it: do not stand in its way.
        it.onclose = it.onversionchange = letGo
        return (db = it)
      },
      (error: unknown) => {
        letGo()
        throw error
      },
    ))
  }

  /** Works in one transaction, without waiting when the database is open. What fails is opened anew by the next call. */
  async function use<T>(scope: string[], mode: IDBTransactionMode, work: (tx: IDBTransaction) => Promise<T>): Promise<T> {
    if (done) throw new Error('closed')
    const tx = (db ?? (await database())).transaction(scope, mode, relaxed)
    try {
      return await patiently(work(tx), () => abort(tx))
    } catch (error) {
      letGo()
      throw error
    }
  }

  /** One by one: a record that cannot be read is there without its signal. */
  function readEach(most: number | undefined): Promise<Held[]> {
    return use(['signals'], 'readonly', async (tx) => {
      const signals = tx.objectStore('signals')
      const keys = await resultOf(signals.getAllKeys(null, most) as IDBRequest<number[]>)
      const read = async (key: number) => ({ ...(await resultOf(signals.get(key) as IDBRequest<Kept>).catch(() => undefined))!, key })
      return Promise.all(keys.map(read))
    })
  }

  function close(): void {
    done = true
    letGo()
  }

  return {
    durable: true,
    async put(signal, at) {
      if (!db && !done) await database()
      // What is put in one task is written together: a browser that is killed has written it the sooner.
      const task = (written ??= use(['signals'], 'readwrite', async (tx) => {
        store = tx.objectStore('signals')
        await Promise.resolve()
        written = store = undefined
        tx.commit()
        await committed(tx)
      }))
      task.catch(() => (written = undefined))
      store?.add({ signal, at })
      await task
      return signal
    },
    async look(most) {
      const first = Number.isFinite(most) ? most : undefined
      const { values, keys, ...rest } = await use(names, 'readonly', async (tx) => {
        const signals = tx.objectStore('signals')
        const state = tx.objectStore('state')
        const asked = Promise.all([
          resultOf(signals.count()),
          resultOf(signals.getAllKeys(null, first) as IDBRequest<number[]>),
          resultOf(signals.getAll(null, first) as IDBRequest<Kept[]>).catch(() => undefined),
          resultOf(tx.objectStore('lost').getAll() as IDBRequest<Lost[]>),
          resultOf(state.get('pause') as IDBRequest<Pause | undefined>),
          resultOf(state.get('born') as IDBRequest<number>),
        ])
        // WebKit puts a page aside in the middle of a reading, which then would keep all pages of the origin from writing.
        tx.commit()
        const [count, keys, values, lost, pause, born] = await asked
        return { count, keys, values, lost: lost.sort((a, b) => a.at - b.at), pause, born }
      })
      return { ...rest, held: values ? keys.map((key, index) => ({ ...values[index]!, key })) : await readEach(first) }
    },
    settle: ({ gone = [], lost = [], forgotten = [], pause }) =>
      use(names, 'readwrite', async (tx) => {
        for (const key of gone) tx.objectStore('signals').delete(key)
        for (const id of forgotten) tx.objectStore('lost').delete(id)
        for (const it of lost) tx.objectStore('lost').put(it)
        if (pause) tx.objectStore('state').put(pause, 'pause')
        tx.commit()
        await committed(tx)
      }),
    async clear() {
      close()
      await resultOf(indexedDB.deleteDatabase(name))
    },
    close,
  }
}
