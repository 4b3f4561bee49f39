import { expect } from 'chai'
import type { Signal } from '../../src/contract/signal.ts'
import { createLocks } from '../../src/page/locks.ts'
import { createSignalStorage } from '../../src/page/signal-storage.ts'

const signal = (id: string): Signal => ({ id, type: 'click', occurredAt: '2026-11-23T14:00:00Z' })

describe('signals in IndexedDB', () => {
  let name: string
  let storage: ReturnType<typeof createSignalStorage>
  beforeEach(() => {
    name = `test-${Math.random()}`
    storage = createSignalStorage(name)
  })
  afterEach(() => storage.clear())

  it('come back oldest first, also to another tab', async () => {
    await Promise.all(['a', 'b', 'c'].map((id, at) => storage.put(signal(id), at)))
    const other = createSignalStorage(name)
    const { count, held } = await other.look(2)
    expect(held.map((it) => [it.signal.id, it.at])).to.deep.equal([['a', 0], ['b', 1]])
    expect(held[0]!.key).to.be.lessThan(held[1]!.key)
    expect(count).to.equal(3)
    expect((await other.look(Infinity)).held).to.have.lengthOf(3)
    other.close()
  })

  it('are being written when the call returns, once the database is open', async () => {
    await storage.look(1)
    const { add } = IDBObjectStore.prototype
    const added: unknown[] = []
    IDBObjectStore.prototype.add = function (value) {
      added.push(value)
      return add.call(this, value)
    }
    const written = storage.put(signal('a'), 0)
    IDBObjectStore.prototype.add = add
    expect(added).to.deep.equal([{ signal: signal('a'), at: 0 }])
    await written
  })

  it('commit each write at once instead of waiting for the page', async () => {
    const { commit } = IDBTransaction.prototype
    const modes: string[] = []
    IDBTransaction.prototype.commit = function () {
      modes.push(`${this.mode} ${this.durability}`)
      commit.call(this)
    }
    await storage.put(signal('a'), 0)
    IDBTransaction.prototype.commit = commit
    expect(modes).to.deep.equal(['readwrite relaxed'])
  })

  it('share a transaction with all that is put in one task, and with nothing later', async () => {
    await storage.look(1)
    const { commit } = IDBTransaction.prototype
    let commits = 0
    IDBTransaction.prototype.commit = function () {
      commits++
      commit.call(this)
    }
    const first = ['a', 'b', 'c'].map((id) => storage.put(signal(id), 0))
    await Promise.resolve()
    await Promise.all([...first, storage.put(signal('d'), 0)])
    IDBTransaction.prototype.commit = commit
    expect(commits).to.equal(2)
    expect((await storage.look(5)).held.map((it) => it.signal.id)).to.deep.equal(['a', 'b', 'c', 'd'])
  })

  it('refuse one that cannot be kept, and keep the others of its task', async () => {
    await storage.look(1)
    const bad = { ...signal('bad'), detail: (() => {}) as never }
    const put = ['a', bad, 'b'].map((it) => storage.put(typeof it === 'string' ? signal(it) : it, 0))
    expect((await Promise.allSettled(put)).map((it) => it.status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled'])
    expect((await storage.look(5)).held.map((it) => it.signal.id)).to.deep.equal(['a', 'b'])
  })

  it('go together with the notes on what was given up', async () => {
    await storage.put(signal('a'), 0)
    await storage.put(signal('b'), 0)
    const { held } = await storage.look(5)
    const note = (id: string, at: number) => ({ id, reason: 'expired', at })
    const pause = { failures: 2, until: 7, asked: true }
    await storage.settle({ gone: [held[0]!.key], lost: [note('z', 1), note('a', 2)], pause })
    const then = await storage.look(5)
    expect(then.held.map((it) => it.signal.id)).to.deep.equal(['b'])
    expect(then.lost).to.deep.equal([note('z', 1), note('a', 2)])
    expect(then.pause).to.deep.equal(pause)
    await storage.settle({ forgotten: ['z'], lost: [{ ...note('a', 2), told: true }] })
    expect((await storage.look(5)).lost).to.deep.equal([{ ...note('a', 2), told: true }])
  })

  it('are wiped without a trace, though another tab has them open, and it can be seen that they were', async () => {
    await storage.put(signal('a'), 0)
    const other = createSignalStorage(name)
    const before = await other.look(5)
    expect(before.count).to.equal(1)
    await storage.clear()
    expect((await indexedDB.databases()).map((it) => it.name)).to.not.include(name)
    // Whoever still may, begins anew.
    await other.put(signal('b'), 0)
    const after = await other.look(5)
    expect(after.count).to.equal(1)
    expect(after.born).to.be.a('number').and.not.equal(before.born)
    other.close()
  })

  const openRaw = (version: number | undefined, upgrade: (db: IDBDatabase) => void) =>
    new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name, version)
      request.onupgradeneeded = () => upgrade(request.result)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })

  it('share their database with an older version of the library, and with a newer one', async () => {
    const old = await openRaw(1, (db) => void db.createObjectStore('signals', { autoIncrement: true }))
    await new Promise((resolve) => {
      const tx = old.transaction('signals', 'readwrite')
      tx.objectStore('signals').add({ signal: signal('old'), at: 0 })
      tx.oncomplete = resolve
    })
    old.onversionchange = () => old.close()
    await storage.put(signal('a'), 0)
    const young = await openRaw(99, (db) => void db.createObjectStore('of another day'))
    await storage.put(signal('b'), 0)
    expect((await storage.look(5)).held.map((it) => it.signal.id)).to.deep.equal(['old', 'a', 'b'])
    expect(young.version).to.equal(99)
    young.close()
  })

  it('come back without those that cannot be read', async () => {
    for (const id of ['a', 'b', 'c']) await storage.put(signal(id), 0)
    const { held } = await storage.look(5)
    const { getAll, get } = IDBObjectStore.prototype
    // What a disk does that has lost a value; a page cannot bring it about.
    const failing = (store: IDBObjectStore): IDBRequest => {
      const request: IDBRequest = get.call(store, 0)
      request.addEventListener('success', () => request.onerror?.(new Event('error', { cancelable: true })))
      return Object.defineProperty(request, 'onsuccess', { set() {} })
    }
    IDBObjectStore.prototype.getAll = function (...args) {
      return this.name === 'signals' ? failing(this) : getAll.apply(this, args)
    }
    IDBObjectStore.prototype.get = function (key) {
      return key === held[1]!.key ? failing(this) : get.call(this, key)
    }
    try {
      const found = await storage.look(5)
      expect(found.held.map((it) => it.signal?.id)).to.deep.equal(['a', undefined, 'c'])
      expect(found.held[1]!.key).to.equal(held[1]!.key)
    } finally {
      Object.assign(IDBObjectStore.prototype, { getAll, get })
    }
  })

  it('give up a transaction that never ends, and open the database anew', async () => {
    await storage.put(signal('a'), 0)
    const { getAllKeys } = IDBObjectStore.prototype
    IDBObjectStore.prototype.getAllKeys = function (...args) {
      const request = getAllKeys.apply(this, args)
      Object.defineProperty(request, 'onsuccess', { set() {} })
      return request
    }
    const said = await storage.look(5).catch((error: Error) => error.message)
    IDBObjectStore.prototype.getAllKeys = getAllKeys
    expect(said).to.equal('the database does not answer')
    expect((await storage.look(5)).count).to.equal(1)
  })

  it('end every transaction themselves, since their page may be put aside before it hears an answer', async () => {
    const { transaction } = IDBDatabase.prototype
    const { commit } = IDBTransaction.prototype
    const open = new Set<IDBTransaction>()
    let begun = 0
    IDBDatabase.prototype.transaction = function (...args) {
      const tx = transaction.apply(this, args)
      begun++
      open.add(tx)
      return tx
    }
    IDBTransaction.prototype.commit = function () {
      open.delete(this)
      commit.call(this)
    }
    try {
      await storage.put(signal('a'), 0)
      const { held } = await storage.look(5)
      await storage.settle({ gone: held.map(({ key }) => key) })
    } finally {
      Object.assign(IDBDatabase.prototype, { transaction })
      Object.assign(IDBTransaction.prototype, { commit })
    }
    expect([begun, open.size]).to.deep.equal([3, 0])
  })

  it('refuse every call, and hang in none, when the database does not open', async () => {
    // A tab that does not let go of a database that is to be deleted keeps all others waiting.
    const request = indexedDB.open(name)
    await new Promise((resolve) => (request.onsuccess = resolve))
    indexedDB.deleteDatabase(name)
    const refused = await storage.put(signal('a'), 0).catch((error: Error) => error.message)
    expect(refused).to.equal('the database does not answer')
    request.result.close()
  })
})

describe('locks', () => {
  it('let one work and the other not', async () => {
    const locks = createLocks(window)
    let release = () => {}
    let begun = () => {}
    const working = new Promise<void>((resolve) => (begun = resolve))
    const first = locks.ifFree('test-lock', () => new Promise((resolve) => ((release = resolve), begun())))
    await working
    let second = 0
    expect(await locks.ifFree('test-lock', async () => void second++)).to.equal(false)
    release()
    expect(await first).to.equal(true)
    expect(await locks.ifFree('test-lock', async () => void second++)).to.equal(true)
    expect(second).to.equal(1)
  })

  it('do the job all the same where there are none, or none allowed', async () => {
    let done = 0
    const forbidden = { request: () => Promise.reject(new DOMException('no', 'SecurityError')) } as unknown as LockManager
    expect(await createLocks({ navigator: {} }).ifFree('x', async () => void done++)).to.equal(true)
    expect(await createLocks({ navigator: { locks: forbidden } }).ifFree('x', async () => void done++)).to.equal(true)
    expect(done).to.equal(2)
  })
})
