import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { liveSecond, playerSecond } from '../../src/core/live-second.ts'
import { secondOf, startedAt, type Dated } from '../../src/core/programme-time.ts'

const noon = Date.parse('2026-11-23T12:00:00Z')
const piece = (start: number, date: number | null, duration = 4): Dated => ({ start, duration, programDateTime: date })

/** Three pieces, an outage of a minute, two more. */
const broken = [piece(0, noon), piece(4, noon + 4000), piece(8, noon + 8000), piece(12, noon + 72_000), piece(16, noon + 76_000)]

describe('programme time', () => {
  it('counts from the piece that plays', () => {
    assert.equal(startedAt(broken, 9), noon)
    assert.equal(startedAt(broken, 12), noon + 60_000)
    assert.equal(startedAt(broken, 99), noon + 60_000)
    assert.equal(startedAt(broken, -1), noon)
  })

  it('counts from the nearest date where a piece has none', () => {
    assert.equal(startedAt([piece(0, noon), piece(4, null), piece(8, NaN)], 9), noon)
    assert.equal(startedAt([piece(0, null), piece(4, noon)], 1), noon - 4000)
    assert.equal(startedAt([piece(0, null)], 1), undefined)
    assert.equal(startedAt([], 1), undefined)
  })

  it('stays with its pieces while the window of a live stream moves on', () => {
    const window = (first: number) => Array.from({ length: 5 }, (_, index) => piece((first + index) * 4, noon + (first + index) * 4000))
    for (const first of [0, 7, 900]) assert.equal(startedAt(window(first), first * 4 + 6), noon)
  })

  it('finds the second of a moment, in a gap that after it, beyond both ends by counting on', () => {
    assert.equal(secondOf(broken, noon + 5000), 5)
    assert.equal(secondOf(broken, noon + 30_000), 12)
    assert.equal(secondOf(broken, noon + 73_500), 13.5)
    assert.equal(secondOf(broken, noon + 90_000), 30)
    assert.equal(secondOf(broken, noon - 2000), -2)
    assert.equal(secondOf([], noon), undefined)
  })

  it('goes to a second of the media and back, over every jump of dates', () => {
    const pieces = fc
      .array(fc.record({ duration: fc.integer({ min: 1, max: 12 }), gap: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3600 })) }), { minLength: 1, maxLength: 30 })
      .map((list) => {
        let start = 0
        let date = noon
        return list.map(({ duration, gap }) => {
          date += gap * 1000
          const it = piece(start, date, duration)
          start += duration
          date += duration * 1000
          return it
        })
      })
    fc.assert(
      fc.property(pieces, fc.nat({ max: 99 }), fc.nat({ max: 999 }), (list, which, part) => {
        const { start, duration, programDateTime } = list[which % list.length]!
        const second = start + (duration! * part) / 1000
        const shown = liveSecond(noon, second, startedAt(list, second), 0)
        assert.ok(Math.abs(noon + shown * 1000 - programDateTime! - (second - start) * 1000) < 1)
        assert.ok(Math.abs(secondOf(list, noon + shown * 1000)! - second) < 1e-3)
      }),
    )
  })

  it('seeks by moment over a jump of dates, either way', () => {
    const from = (now: number) => (second = now) => startedAt(broken, second)
    assert.equal(playerSecond(noon, 73, from(1)), 13)
    assert.equal(playerSecond(noon, 5, from(13)), 5)
    assert.equal(playerSecond(noon, 5, () => undefined), undefined)
  })
})
