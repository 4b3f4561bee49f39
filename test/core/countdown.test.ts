import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { countdown } from '../../src/core/countdown.ts'

describe('countdown', () => {
  it('shows minutes while there are hours', () => {
    assert.deepEqual(countdown(2 * 3_600_000 + 61_000), { hours: 2, minutes: 2, next: 1000 })
  })
  it('shows seconds in the last hour', () => {
    assert.deepEqual(countdown(61_500), { hours: 0, minutes: 1, seconds: 2, next: 500 })
  })
  it('stays calm when asked', () => {
    assert.deepEqual(countdown(61_500, true), { hours: 0, minutes: 2, next: 1500 })
  })
  it('says nothing of what is over or far away', () => {
    assert.equal(countdown(0), undefined)
    assert.equal(countdown(49 * 3_600_000), undefined)
  })
  it('never waits for nothing, and then reads less', () => {
    const read = (left: number, calm: boolean) => {
      const it = countdown(left, calm)
      return it ? it.hours * 3600 + it.minutes * 60 + (it.seconds ?? 0) : 0
    }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 48 * 3_600_000 }), fc.boolean(), (left, calm) => {
        const { next } = countdown(left, calm)!
        assert.ok(next > 0)
        assert.ok(read(left - next, calm) < read(left, calm) || left - next < 3_600_000)
      }),
    )
  })
})
