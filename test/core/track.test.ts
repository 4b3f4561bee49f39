import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Cue, Keyframe } from '../../src/contract/cue.ts'
import { moves, pathOf } from '../../src/core/track.ts'

const cueOf = (interpolation: 'linear' | 'spline', keyframes: Keyframe[]): Cue => ({
  id: 'c',
  item: 'x',
  start: 0,
  track: { interpolation, keyframes },
})

describe('pathOf', () => {
  it('stays at the point of a still cue, and is nowhere without one', () => {
    assert.deepEqual(pathOf({ id: 'c', item: 'x', start: 0, at: { x: 0.2, y: 0.3 } })!(7), { x: 0.2, y: 0.3 })
    assert.equal(pathOf({ id: 'c', item: 'x', start: 0 }), undefined)
  })

  it('goes straight between keyframes and stands still outside of them', () => {
    const path = pathOf(cueOf('linear', [{ t: 1, x: 0, y: 1, w: 0.2 }, { t: 3, x: 0.5, y: 0, w: 0.4 }]))!
    assert.deepEqual([0, 1, 2, 3, 9].map((second) => path(second).x), [0, 0, 0.25, 0.5, 0.5])
    assert.ok(Math.abs(path(2).w! - 0.3) < 1e-12)
    assert.equal(path(2).h, undefined)
  })

  it('takes keyframes in any order, the last of one second', () => {
    const path = pathOf(cueOf('linear', [{ t: 2, x: 1, y: 0 }, { t: 0, x: 0.5, y: 0 }, { t: 0, x: 0, y: 0 }, { t: NaN, x: 9, y: 9 }]))!
    assert.equal(path(1).x, 0.5)
  })

  it('finds its place among 10,000 keyframes of which each tenth is broken, asked in any order', () => {
    const frames = Array.from({ length: 10_000 }, (_, n): Keyframe => (n % 10 === 5 ? { t: [NaN, n, n][n % 3]!, x: [0, NaN, 0][n % 3]!, y: [0, 0, Infinity][n % 3]! } : { t: n, x: n / 1e4, y: 0.5 }))
    for (const kind of ['linear', 'spline'] as const) {
      const path = pathOf(cueOf(kind, frames))!
      for (let n = 0; n < 2000; n++) {
        const second = (n * 7919.31) % 9990
        assert.ok(Math.abs(path(second).x - second / 1e4) < 1e-9 && Math.abs(path(second).y - 0.5) < 1e-9, `${kind} at ${second}: ${path(second).x}`)
      }
    }
  })

  it('bends a spline through uneven keyframes as a parabola runs', () => {
    const parabola = (t: number): Keyframe => ({ t, x: t * t / 100, y: t / 10 })
    const path = pathOf(cueOf('spline', [0, 1, 1.5, 4, 5, 8].map(parabola)))!
    for (const second of [1.2, 2, 3.7, 4.5]) {
      assert.ok(Math.abs(path(second).x - second * second / 100) < 1e-9)
      assert.ok(Math.abs(path(second).y - second / 10) < 1e-9)
    }
  })

  it('passes through every keyframe and never jumps, asked in any order', () => {
    const frame = fc.record({
      t: fc.integer({ min: 0, max: 600 }).map((tick) => tick / 30),
      x: fc.double({ min: 0, max: 1, noNaN: true }),
      y: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    const frames = fc.uniqueArray(frame, { selector: ({ t }) => t, minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(frames, fc.constantFrom('linear', 'spline'), fc.array(fc.double({ min: -1, max: 21, noNaN: true })), (list, kind, seconds) => {
        const path = pathOf(cueOf(kind, list))!
        const fresh = pathOf(cueOf(kind, list))!
        for (const second of seconds) {
          const here = path(second)
          assert.ok(Math.abs(here.x - path(second + 1e-9).x) < 1e-3)
          assert.deepEqual(pathOf(cueOf(kind, list))!(second), here)
        }
        for (const { t, x, y } of list) {
          const at = fresh(t)
          assert.ok(Math.abs(at.x - x) < 1e-9 && Math.abs(at.y - y) < 1e-9)
        }
      }),
    )
  })
})

describe('moves', () => {
  it('is false where every keyframe stands on one spot', () => {
    assert.equal(moves(cueOf('linear', [{ t: 0, x: 0.1, y: 0.1 }, { t: 5, x: 0.1, y: 0.1 }])), false)
    assert.equal(moves(cueOf('linear', [{ t: 0, x: 0.1, y: 0.1 }, { t: 5, x: 0.1, y: 0.2 }])), true)
  })
})
