import type { SavedItem, SavedStorage } from '../core/saved-items.ts'
import { databaseExists } from './database-exists.ts'
import { patiently } from './patiently.ts'
import { joinTalk, type TabTalk } from './tab-talk.ts'

const store = 'items'

const resultOf = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const isSaved = (it: SavedItem): boolean => typeof it?.id === 'string' && Number.isFinite(it.at) && typeof it.item?.title === 'string'

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => void request.result.createObjectStore(store, { keyPath: 'id' })
  return patiently(resultOf(request), () => (request.onsuccess = () => request.result.close()))
}

/** Saved items in IndexedDB, in a database of this name, shared by all tabs of the origin. It is open only while it is used. */
export function createSavedStorage(name: string, view: Window = window): SavedStorage {
  let talk: TabTalk | undefined

  async function use<T>(mode: IDBTransactionMode, work: (items: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const db = await open(name)
    try {
      const tx = db.transaction(store, mode)
      const done = new Promise<void>((resolve, reject) => {
        tx.oncomplete = () => resolve()
        tx.onabort = () => reject(tx.error)
      })
      const asked = resultOf(work(tx.objectStore(store)))
      // It must not wait for a page that the reader has left meanwhile.
      tx.commit()
      const [result] = await Promise.all([asked, done])
      if (mode === 'readwrite') talk?.say('changed')
      return result
    } finally {
      db.close()
    }
  }

  return {
    // Before something is saved nothing is stored, so that it can be read.
    all: async () =>
      (await databaseExists(name)) === false ? [] : (await use<SavedItem[]>('readonly', (items) => items.getAll())).filter(isSaved),
    put: async (saved) => void (await use('readwrite', (items) => items.put(saved))),
    remove: (id) => use('readwrite', (items) => items.delete(id)),
    follow(changed) {
      talk = joinTalk(view, name, changed, changed)
      return talk.leave
    },
  }
}
