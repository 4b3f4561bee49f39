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
    const held = await other.oldest(2)
    expect(held.map((it) => [it.signal.id, it.at])).to.deep.equal([['a', 0], ['b', 1]])
    expect(held[0]!.key).to.be.lessThan(held[1]!.key)
    expect(await other.count()).to.equal(3)
    other.close()
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

  it('go together with the count of what was given up', async () => {
    await storage.put(signal('a'), 0)
    await storage.put(signal('b'), 0)
    const [a] = await storage.oldest(5)
    await storage.settle([a!.key], { expired: 2 })
    await storage.settle([], { expired: -1, overflow: 1 })
    expect((await storage.oldest(5)).map((it) => it.signal.id)).to.deep.equal(['b'])
    expect(await storage.drops()).to.deep.equal({ expired: 1, overflow: 1 })
    await storage.settle([], { expired: -1, overflow: -1 })
    expect(await storage.drops()).to.deep.equal({})
  })

  it('are wiped without a trace, though another tab has them open', async () => {
    await storage.put(signal('a'), 0)
    const other = createSignalStorage(name)
    expect(await other.count()).to.equal(1)
    await storage.clear()
    expect((await indexedDB.databases()).map((it) => it.name)).to.not.include(name)
    // Whoever still may, begins anew.
    await other.put(signal('b'), 0)
    expect(await other.count()).to.equal(1)
    other.close()
  })

  it('refuse every call, and hang in none, when the database does not open', async () => {
    // A tab that does not let go of a database that is to be deleted keeps all others waiting.
    const request = indexedDB.open(name)
    await new Promise((resolve) => (request.onsuccess = resolve))
    indexedDB.deleteDatabase(name)
    const refused = await storage.put(signal('a'), 0).catch((error: Error) => error.message)
    expect(refused).to.equal('the database does not open')
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
