import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { snapshotOf, withChanges, type SavedItem } from '../../src/core/saved-items.ts'

const saved = (id: string, at: number): SavedItem => ({ id, at, item: { id, title: id, url: 'https://shop.example' } })

describe('saved items', () => {
  it('are those on the disk with what is not there yet, latest first', () => {
    const changes = new Map([
      ['b', null],
      ['c', saved('c', 2.5)],
      ['a', saved('a', 4)],
    ])
    assert.deepEqual(withChanges([saved('a', 1), saved('b', 2), saved('d', 3)], changes).map(({ id, at }) => [id, at]), [['a', 4], ['d', 3], ['c', 2.5]])
  })
  it('remember nothing that changes', () => {
    const item = { id: 'a', title: 'A', url: 'https://shop.example/?r={ref}', price: { now: { minor: 1, currency: 'USD' } }, availability: 'in_stock' as const }
    assert.deepEqual(snapshotOf(item), { id: 'a', title: 'A', url: 'https://shop.example/?r={ref}' })
  })
})
