import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { nearGroups } from '../../src/core/near-groups.ts'

const same = (it: number): number => it

describe('neighbours', () => {
  it('are grouped until there is room to press the next', () => {
    assert.deepEqual(nearGroups([0, 10, 23, 24, 40, 90], same, 24), [[0, 10, 23], [24, 40], [90]])
    assert.deepEqual(nearGroups([], same, 24), [])
    assert.deepEqual(nearGroups([5, 5, 5], same, 24), [[5, 5, 5]])
  })
  it('keep their order, are all there, and no two groups begin too close', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 2000, noNaN: true })), fc.integer({ min: 1, max: 60 }), (places, least) => {
        const sorted = places.sort((a, b) => a - b)
        const groups = nearGroups(sorted, same, least)
        assert.deepEqual(groups.flat(), sorted)
        groups.slice(1).forEach((group, index) => assert.ok(group[0]! - groups[index]![0]! >= least))
      }),
    )
  })
})
