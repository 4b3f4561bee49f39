import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { createCoarseClock } from '../../src/core/coarse-clock.ts'

describe('createCoarseClock', () => {
  it('counts on between what the player says, at its rate, and rests with it', () => {
    const clock = createCoarseClock()
    clock.said(10, 0)
    clock.runs(true, 2, 0)
    assert.equal(clock.second(500), 11)
    clock.runs(false, 2, 500)
    assert.equal(clock.second(9000), 11)
  })

  it('tells a jump from a word that comes late', () => {
    const clock = createCoarseClock()
    clock.runs(true, 1, 0)
    assert.equal(clock.said(0.7, 1000), false)
    assert.equal(clock.second(1000), 1)
    assert.equal(clock.said(40, 1200), true)
    assert.equal(clock.said(5, 1400), true)
    assert.equal(clock.second(1400), 5)
  })

  it('does not run away from a player that has fallen silent', () => {
    const clock = createCoarseClock()
    clock.runs(true, 1, 0)
    assert.equal(clock.second(3_600_000), 2)
  })

  it('never goes back while it plays, and is never off by a second where words come every second', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ after: fc.integer({ min: 50, max: 1000 }), late: fc.integer({ min: 0, max: 300 }) })), (words) => {
        const clock = createCoarseClock()
        clock.runs(true, 1, 0)
        let now = 0
        let last = 0
        for (const { after, late } of words) {
          now += after
          clock.said(Math.max(0, now - late) / 1000, now)
          for (const at of [now, now + 100]) {
            const second = clock.second(at)
            assert.ok(second >= last && Math.abs(second - at / 1000) < 1)
            last = second
          }
        }
      }),
    )
  })
})
