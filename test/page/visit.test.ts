import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createVisit } from '../../src/page/visit.ts'

function fakeStorage(entry?: string): Storage {
  const entries = new Map<string, string>(entry === undefined ? [] : [['key', entry]])
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

/** A page that comes to the tab. */
function arrive(storage: { sessionStorage: Storage }, newId: () => string) {
  const visit = createVisit(storage, 'key', newId)
  visit.take()
  return visit
}

describe('a visit', () => {
  it('numbers what happens from 0, over page loads', () => {
    const tab = { sessionStorage: fakeStorage() }
    const newId = ids()
    const first = arrive(tab, newId)
    assert.deepEqual([first.next(), first.next()], [{ session: 'visit-1', seq: 0 }, { session: 'visit-1', seq: 1 }])
    first.pass()
    const quiet = arrive(tab, newId)
    quiet.pass()
    assert.deepEqual(arrive(tab, newId).next(), { session: 'visit-1', seq: 2 })
  })

  it('goes on from where another page of the tab left it, back from the browser\'s cache of pages', () => {
    const tab = { sessionStorage: fakeStorage() }
    const newId = ids()
    const first = arrive(tab, newId)
    first.next()
    first.pass()
    const second = arrive(tab, newId)
    second.next()
    second.pass()
    first.take()
    assert.deepEqual(first.next(), { session: 'visit-1', seq: 2 })
    first.take()
    assert.deepEqual(first.next(), { session: 'visit-1', seq: 3 }, 'shown again without having been put aside')
  })

  it('is not doubled with its tab, nor shared by a frame of the page', () => {
    const tab = { sessionStorage: fakeStorage() }
    const newId = ids()
    const first = arrive(tab, newId)
    first.next()
    first.pass()
    const page = arrive(tab, newId)
    page.next()
    // The copy of a tab begins with a copy of its storage.
    const copy = arrive({ sessionStorage: fakeStorage(tab.sessionStorage.getItem('key') ?? undefined) }, newId)
    const frame = arrive(tab, newId)
    const all = [page, copy, frame, page, copy, frame].map((it) => it.next())
    assert.equal(new Set(all.map(({ session, seq }) => `${session} ${seq}`)).size, 6)
    assert.deepEqual(all[3], { session: 'visit-1', seq: 3 })
  })

  it('goes on in memory where storage is denied', () => {
    const visit = arrive(denied, ids())
    assert.deepEqual([visit.next(), visit.next()], [{ session: 'visit-1', seq: 0 }, { session: 'visit-1', seq: 1 }])
    visit.pass()
    assert.deepEqual(visit.next(), { session: 'visit-1', seq: 2 })
    visit.end()
    assert.deepEqual(visit.next(), { session: 'visit-2', seq: 0 })
  })

  it('leaves nothing behind when it ends, and another one begins', () => {
    const storage = fakeStorage()
    const visit = arrive({ sessionStorage: storage }, ids())
    visit.next()
    visit.pass()
    assert.equal(storage.getItem('key'), 'visit-1 1')
    visit.end()
    assert.equal(storage.getItem('key'), null)
    assert.deepEqual(visit.next(), { session: 'visit-2', seq: 0 })
  })

  for (const damage of ['', 'half', 'half ', 'half x', 'half 1.5', ' 3']) {
    it(`begins anew after the entry “${damage}”`, () => {
      const { session, seq } = arrive({ sessionStorage: fakeStorage(damage) }, ids()).next()
      assert.deepEqual([session, seq], ['visit-1', 0])
    })
  }
})
