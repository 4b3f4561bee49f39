import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createVisit } from '../../src/page/visit.ts'

function fakeStorage(): Storage {
  const entries = new Map<string, string>()
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
  } as unknown as Storage
}

const ids = () => {
  let last = 0
  return () => `visit-${++last}`
}
const denied = {
  get sessionStorage(): Storage {
    throw new DOMException('denied', 'SecurityError')
  },
}

describe('a visit', () => {
  it('numbers what happens from 0, over page loads', () => {
    const storage = fakeStorage()
    const newId = ids()
    const first = createVisit({ sessionStorage: storage }, 'key', newId)
    assert.deepEqual([first.next(), first.next()], [{ session: 'visit-1', seq: 0 }, { session: 'visit-1', seq: 1 }])
    assert.deepEqual(createVisit({ sessionStorage: storage }, 'key', newId).next(), { session: 'visit-1', seq: 2 })
  })

  it('goes on from where another page of the tab left it', () => {
    const storage = fakeStorage()
    const newId = ids()
    const [first, second] = [createVisit({ sessionStorage: storage }, 'key', newId), createVisit({ sessionStorage: storage }, 'key', newId)]
    first.next()
    second.next()
    // Back from the browser's cache of pages.
    assert.deepEqual(first.next(), { session: 'visit-1', seq: 2 })
  })

  it('goes on in memory where storage is denied', () => {
    const visit = createVisit(denied, 'key', ids())
    assert.deepEqual([visit.next(), visit.next()], [{ session: 'visit-1', seq: 0 }, { session: 'visit-1', seq: 1 }])
    visit.end()
    assert.deepEqual(visit.next(), { session: 'visit-2', seq: 0 })
  })

  it('goes on in memory where storage is full, from where it stood', () => {
    const storage = fakeStorage()
    const visit = createVisit({ sessionStorage: storage }, 'key', ids())
    visit.next()
    storage.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    assert.deepEqual([visit.next(), visit.next()].map((it) => it.seq), [1, 2])
  })

  it('leaves nothing behind when it ends, and another one begins', () => {
    const storage = fakeStorage()
    const visit = createVisit({ sessionStorage: storage }, 'key', ids())
    visit.next()
    visit.end()
    assert.equal(storage.getItem('key'), null)
    assert.deepEqual(visit.next(), { session: 'visit-2', seq: 0 })
  })

  for (const damage of ['', 'half', 'half ', 'half x', 'half 1.5', ' 3']) {
    it(`begins anew after the entry “${damage}”`, () => {
      const storage = fakeStorage()
      storage.setItem('key', damage)
      const { session, seq } = createVisit({ sessionStorage: storage }, 'key', ids()).next()
      assert.ok(session && seq >= 0 && Number.isSafeInteger(seq))
    })
  }
})
