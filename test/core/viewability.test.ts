import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { isViewable, ViewClock, viewableTime } from '../../src/core/viewability.ts'

describe('isViewable', () => {
  for (const [share, area, wanted] of [
    [0.5, 10_000, true],
    [0.49, 10_000, false],
    [0.3, 242_500, true],
    [0.29, 242_500, false],
    [0.3, 242_499, false],
    [1, 0, false],
  ] as const) {
    it(`is ${wanted} with ${share} of ${area} px`, () => assert.equal(isViewable(share, area), wanted))
  }
})

describe('ViewClock', () => {
  it('says how long it must go on', () => {
    const clock = new ViewClock()
    assert.equal(clock.update(false, 0), undefined)
    assert.equal(clock.update(true, 100), 1000)
    assert.equal(clock.update(true, 700), 400)
    assert.equal(clock.update(true, 1100), 0)
  })
  it('begins anew after a break', () => {
    const clock = new ViewClock()
    clock.update(true, 0)
    clock.update(false, 900)
    assert.equal(clock.update(true, 901), 1000)
  })
  it('is done exactly when the last break is a second old', () => {
    const steps = fc.array(fc.record({ viewable: fc.boolean(), after: fc.integer({ min: 1, max: 700 }) }), { maxLength: 30 })
    fc.assert(
      fc.property(steps, (all) => {
        const clock = new ViewClock()
        let at = 0
        let since: number | undefined
        for (const { viewable, after } of all) {
          at += after
          since = viewable ? (since ?? at) : undefined
          assert.equal(clock.update(viewable, at) === 0, since !== undefined && at - since >= viewableTime)
        }
      }),
    )
  })
})
