import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Cue, Keyframe } from '../../src/contract/cue.ts'
import { simplifyTrack, trackError } from '../../src/core/simplify-track.ts'
import { pathOf } from '../../src/core/track.ts'

const fraction = fc.double({ min: -0.2, max: 1.2, noNaN: true })
const size = fc.double({ min: 0, max: 0.5, noNaN: true })
const times = fc.uniqueArray(fc.integer({ min: 0, max: 100_000 }), { maxLength: 60 }).map((list) => list.sort((a, b) => a - b))
const walk = (frame: fc.Arbitrary<Omit<Keyframe, 't'>>): fc.Arbitrary<Keyframe[]> =>
  times.chain((list) => fc.tuple(...list.map((t) => frame.map((it) => ({ t: t / 30, ...it })))))
/** As objects go: each step small, in place and in size alone. */
const step = fc.double({ min: -0.01, max: 0.01, noNaN: true })
const drift = walk(fc.record({ x: step, y: step, w: step, h: step })).map((steps) => {
  const at = { x: 0.5, y: 0.5, w: 0.3, h: 0.3 }
  return steps.map(({ t, x, y, w = 0, h = 0 }): Keyframe => ({ t, x: (at.x += x), y: (at.y += y), w: (at.w = Math.abs(at.w + w)), h: (at.h = Math.abs(at.h + h)) }))
})
const tracks = fc.oneof(drift, walk(fc.record({ x: fraction, y: fraction })), walk(fc.record({ x: fraction, y: fraction, w: size, h: size })))
const tolerances = fc.constantFrom(0, 0.001, 0.005, 0.05, 0.3)
const grain = 1e-9

const cueOf = (keyframes: Keyframe[]): Cue => ({ id: 'c', item: 'x', start: 0, track: { interpolation: 'linear', keyframes } })

/** An arc of `count` keyframes at 30 a second. */
const arc = (count: number): Keyframe[] =>
  Array.from({ length: count }, (_, n) => ({ t: n / 30, x: 0.5 + 0.4 * Math.cos(n / 300), y: 0.5 + 0.4 * Math.sin(n / 300), w: 0.1, h: 0.1 + n / 1e6 }))

describe('simplifyTrack', () => {
  it('keeps every keyframe’s place and edges within the bound, as the film will show them', () => {
    fc.assert(
      fc.property(tracks, tolerances, (frames, tolerance) => {
        const kept = simplifyTrack(frames, tolerance)
        if (!frames.length) return assert.deepEqual(kept, [])
        const path = pathOf(cueOf(kept))!
        for (const { t, x, y, w, h } of frames) {
          const shown = path(t)
          for (const side of [-0.5, 0, 0.5]) {
            assert.ok(Math.abs(shown.x + side * (shown.w ?? 0) - x - side * (w ?? 0)) <= tolerance + grain)
            assert.ok(Math.abs(shown.y + side * (shown.h ?? 0) - y - side * (h ?? 0)) <= tolerance + grain)
          }
        }
      }),
      { numRuns: 400 },
    )
  })

  it('keeps the ends and invents nothing', () => {
    fc.assert(
      fc.property(tracks, tolerances, (frames, tolerance) => {
        const kept = simplifyTrack(frames, tolerance)
        assert.deepEqual([kept[0], kept.at(-1)], [frames[0], frames.at(-1)])
        assert.ok(kept.every((frame) => frames.includes(frame)))
        assert.deepEqual(kept.map(({ t }) => t), kept.map(({ t }) => t).sort((a, b) => a - b))
      }),
    )
  })

  it('leaves of a straight and even way its two ends', () => {
    const frames = Array.from({ length: 300 }, (_, n) => ({ t: n / 30, x: n / 300, y: 0.5, w: 0.1, h: 0.1 }))
    assert.deepEqual(simplifyTrack(frames), [frames[0], frames[299]])
  })

  it('keeps the moment at which an object stops, although its way is one line', () => {
    const frames = Array.from({ length: 90 }, (_, n) => ({ t: n / 30, x: Math.min(n, 45) / 100, y: 0.5 }))
    assert.deepEqual(simplifyTrack(frames, 0.001).map(({ t }) => t), [0, 1.5, 89 / 30])
  })

  it('follows an object that only grows', () => {
    const frames = Array.from({ length: 61 }, (_, n) => ({ t: n, x: 0.5, y: 0.5, w: n < 30 ? 0.1 : 0.3, h: 0.1 }))
    assert.deepEqual(simplifyTrack(frames).map(({ t }) => t), [0, 29, 30, 60])
  })

  it('carries a size over to the keyframes without one', () => {
    const frames: Keyframe[] = [{ t: 0, x: 0, y: 0 }, { t: 1, x: 0.5, y: 0, w: 0.2 }, { t: 2, x: 0, y: 0 }]
    assert.deepEqual(simplifyTrack(frames).map(({ w, h }) => [w, h]), [[0.2, undefined], [0.2, undefined], [0.2, undefined]])
  })

  it('makes few of 10,000 keyframes, and says how far off they are', () => {
    const frames = arc(10_000)
    const kept = simplifyTrack(frames)
    assert.ok(kept.length > 100 && kept.length < 210, `${kept.length} are left`)
    const error = trackError(frames, kept)
    assert.ok(error > 0.001 && error <= 0.005, `${error}`)
  })

  it('stays upright on a way of which every keyframe is the worst in turn', () => {
    // On ever wilder swings the worst of the rest is always its last: 20,000 splits, one within the other.
    const frames = Array.from({ length: 20_000 }, (_, n) => ({ t: n, x: (n % 2 ? 1 : -1) * (n / 20_000), y: 0 }))
    const kept = simplifyTrack(frames)
    assert.ok(kept.length > 19_000)
    assert.ok(trackError(frames, kept) <= 0.005)
  })
})

describe('trackError', () => {
  it('is the worst edge at the worst moment', () => {
    const path = [{ t: 0, x: 0, y: 0, w: 0.2, h: 0.2 }, { t: 2, x: 1, y: 0, w: 0.2, h: 0.2 }]
    assert.equal(trackError([{ t: 1, x: 0.5, y: 0, w: 0.2, h: 0.2 }], path), 0)
    assert.ok(Math.abs(trackError([{ t: 1, x: 0.4, y: 0, w: 0.3, h: 0.2 }], path) - 0.15) < grain)
    assert.equal(trackError([{ t: 9, x: 1, y: 0.25 }], path), 0.25)
    assert.equal(trackError([{ t: 0, x: 0, y: 0 }], []), Infinity)
  })
})
