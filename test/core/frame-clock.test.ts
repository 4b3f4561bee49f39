import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { breath, createFrameClock, seldom } from '../../src/core/frame-clock.ts'
import { createEvenStep } from '../../src/core/even-step.ts'
import { liveSecond } from '../../src/core/live-second.ts'

interface Show {
  fps: number
  hertz: number
  rate: number
  /** Where in the screen's period second 0 falls, 0..1. */
  phase: number
  refreshes: number
  /** Refreshes at which the film stands still: a stall. */
  stalls?: (refresh: number) => boolean
}

/**
 * Plays a film on a screen: at each refresh the newest frame that is due is shown, the page hears of it one refresh
 * later and predicts what the next refresh shows. Answers with the error of each prediction, in frames.
 */
function play({ fps, hertz, rate, phase, refreshes, stalls = () => false }: Show): number[] {
  const clock = createFrameClock()
  const refresh = 1000 / hertz
  const errors: number[] = []
  let media = (phase * refresh * rate) / 1000
  let shown = -1
  let told: { frame: number; at: number } | undefined
  const frameAt = (second: number): number => Math.floor(second * fps + 1e-6)
  for (let n = 1; n < refreshes; n++) {
    const now = n * refresh
    if (told) clock.shown(told.frame / fps, told.at, rate)
    told = undefined
    // The prediction is made now, for the refresh after this one.
    if (!stalls(n)) media += (refresh * rate) / 1000
    const frame = frameAt(media)
    if (frame !== shown) told = { frame, at: now }
    shown = frame
    const next = stalls(n + 1) ? frame : frameAt(media + (refresh * rate) / 1000)
    if (clock.last() !== undefined) errors.push(Math.round(clock.at(now + refresh, rate, media) * fps) - next)
  }
  return errors
}

const late = (errors: number[]): number[] => errors.slice(40)

describe('FrameClock', () => {
  for (const fps of [24, 25, 30, 50, 60]) {
    for (const rate of [0.25, 0.5, 1, 2, 4]) {
      it(`names every frame of steady play at ${fps} frames a second, rate ${rate}`, () => {
        for (const phase of [0.05, 0.1, 0.3, 0.45, 0.55, 0.8]) {
          const errors = play({ fps, hertz: 60, rate, phase, refreshes: 900 }).slice(120)
          assert.deepEqual([errors.length > 700, new Set(errors)], [true, new Set([0])])
        }
      })
    }
  }

  for (const [fps, each] of [[24, seldom], [25, seldom], [30, seldom], [37.5, seldom], [48, seldom], [50, seldom], [60, breath], [100, breath], [120, breath]] as const) {
    it(`names every frame at ${fps} a second when one is heard every ${each} milliseconds`, () => {
      const refresh = 1000 / 60
      for (const phase of [0.05, 0.3, 0.55, 0.8]) {
        const clock = createFrameClock()
        const shownAt = (frame: number): number => Math.ceil((frame * 60) / fps - phase) * refresh
        // Of frames that one refresh shows together the last is seen.
        const isSeen = (frame: number): boolean => shownAt(frame + 1) > shownAt(frame) + 1e-6
        const hear = (frame: number): void => clock.shown(frame / fps, shownAt(frame), 1)
        let frame = 0
        for (let heard = 0; heard < 16; frame++) if (isSeen(frame)) heard += (hear(frame), 1)
        for (let round = 1; round < 150; round++) {
          const from = 1000 + round * each
          while (shownAt(frame) < from || !isSeen(frame)) frame++
          hear(frame)
          for (let next = frame + 1; next < frame + 12; next++) {
            if (isSeen(next)) assert.equal(Math.round(clock.at(shownAt(next), 1, next / fps) * fps), next, `round ${round}, phase ${phase}`)
          }
        }
      }
    })
  }

  for (const fps of [60, 100, 120]) {
    it(`foretells the screen’s refreshes for a plan at ${fps} frames a second, however unevenly frames are heard`, () => {
      const refresh = 1000 / 60
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 38, max: 40 }), { minLength: 40, maxLength: 40 }), (apart) => {
          const clock = createFrameClock()
          let refreshes = 0
          // A browser tells of moments to a tenth of a millisecond.
          const hear = (): void => clock.shown(Math.floor((refreshes * fps) / 60 + 0.4) / fps, Math.round(refreshes * refresh * 10) / 10, 1)
          for (; refreshes < 16; refreshes++) hear()
          for (const gone of apart) {
            refreshes += gone
            hear()
            const { refresh: shown, period } = clock.beat()!
            assert.ok(Math.abs(period - refresh) < 0.02, `${period} ms`)
            assert.ok(Math.abs(shown / refresh - Math.round(shown / refresh)) < 0.01)
          }
        }),
      )
    })
  }

  it('is wrong for a moment only when a drift against the screen has come round', () => {
    for (const fps of [24000 / 1001, 30000 / 1001, 60000 / 1001]) {
      const errors = late(play({ fps, hertz: 60, rate: 1, phase: 0.3, refreshes: 3000 }))
      assert.ok(errors.filter((error) => error).length <= errors.length / 80)
    }
  })

  it('is never further off than one shown frame, at any rate, through any stall', () => {
    const show = fc.record({
      fps: fc.constantFrom(12, 23.976, 24, 25, 29.97, 30, 50, 59.94, 60),
      hertz: fc.constantFrom(30, 60, 75, 90, 120, 144),
      rate: fc.constantFrom(0.25, 0.5, 1, 1.25, 1.5, 2, 4),
      phase: fc.double({ min: 0, max: 0.99, noNaN: true }),
      stallAt: fc.integer({ min: 5, max: 250 }),
      stallFor: fc.integer({ min: 0, max: 60 }),
    })
    fc.assert(
      fc.property(show, ({ stallAt, stallFor, ...it }) => {
        const stalls = (refresh: number): boolean => refresh >= stallAt && refresh < stallAt + stallFor
        const errors = play({ ...it, refreshes: 300, stalls })
        // A screen that cannot show every frame shows several as one.
        const stride = Math.ceil((it.fps * it.rate) / it.hertz)
        errors.forEach((error, index) => {
          const starting = index < 2 || (index > stallAt - 6 && index < stallAt + stallFor + 8 * Math.ceil(it.hertz / it.fps / it.rate))
          const most = starting ? Math.ceil(0.07 * it.rate * it.fps) + stride : stride
          assert.ok(Math.abs(error) <= most, `${error} frames off at ${index}`)
        })
      }),
      { numRuns: 500 },
    )
  })

  it('follows a film that slips by one refresh, from the second late frame on, and ignores one early frame', () => {
    const clock = createFrameClock()
    const shown = (frame: number, slip: number): void => clock.shown(frame / 30, 1000 + (frame * 1000) / 30 + slip, 1)
    const frameAt = (moment: number): number => Math.round(clock.at(moment, 1, (moment - 1000) / 1000) * 30)
    for (let frame = 0; frame < 8; frame++) shown(frame, 0)
    shown(8, -16.7)
    assert.equal(frameAt(1000 + 9 * 33.34 - 16.7), 8)
    shown(9, 0)
    for (let frame = 10; frame < 18; frame++) shown(frame, 0)
    shown(18, 16.7)
    shown(19, 16.7)
    assert.equal(frameAt(1000 + 20 * 33.34), 19)
    assert.equal(frameAt(1000 + 20 * 33.34 + 16.7), 20)
  })

  for (const by of [1, -1, 2]) {
    it(`keeps the pattern of 48 frames on 60 refreshes through a slip of ${by}, from the second frame out of step on`, () => {
      const clock = createFrameClock()
      const refresh = 1000 / 60
      /** The refresh at which a frame is shown. */
      const shownAt = (frame: number, slip: number): number => (Math.ceil((frame * 60) / 48 - 0.3) + slip) * refresh + 1000
      for (let frame = 0; frame < 30; frame++) clock.shown(frame / 24, shownAt(frame, 0), 2)
      for (let frame = 30; frame < 70; frame++) {
        if (frame > 31) assert.equal(Math.round(clock.at(shownAt(frame, by), 2, frame / 24) * 24), frame)
        clock.shown(frame / 24, shownAt(frame, by), 2)
      }
    })
  }

  it('drops frames that came early in a hiccup as soon as two later ones contradict them', () => {
    const clock = createFrameClock()
    const refresh = 1000 / 60
    const shownAt = (frame: number): number => Math.ceil((frame * 60) / 48 - 0.3) * refresh + 1000
    for (let frame = 0; frame < 20; frame++) clock.shown(frame / 24, shownAt(frame) - (frame > 16 ? refresh * 0.75 : 0), 2)
    for (let frame = 20; frame < 60; frame++) {
      // At its last refresh, where its successor would be named if it seemed due too soon.
      if (frame > 26) assert.equal(Math.round(clock.at(shownAt(frame) - refresh, 2, frame / 24) * 24), frame - 1)
      clock.shown(frame / 24, shownAt(frame), 2)
    }
  })

  it('has the player’s word until a frame was shown, and after a jump', () => {
    const clock = createFrameClock()
    assert.equal(clock.at(1000, 1, 3), 3)
    clock.shown(3, 1000, 1)
    clock.reset()
    assert.equal(clock.at(1016, 1, 9), 9)
    assert.equal(clock.last(), undefined)
  })

  it('needs one frame once enough were seen, some as one comes a refresh late, and all after a jump', () => {
    const clock = createFrameClock()
    const shown = (frame: number, slip: number): void => clock.shown((frame * 2) / 30, 1000 + (frame * 1000) / 30 + slip, 2)
    for (let frame = 0; frame < 15; frame++) shown(frame, 0)
    assert.equal(clock.needs(), Infinity)
    for (let frame = 15; frame < 90; frame += 12) shown(frame, 0)
    assert.equal(clock.needs(), 1)
    shown(90, 16.7)
    assert.equal(clock.needs(), 3)
    for (let frame = 91; frame < 107; frame++) shown(frame, 16.7)
    assert.equal(clock.needs(), 1)
    shown(107, 90)
    assert.equal(clock.needs(), Infinity)
    clock.reset()
    assert.equal(clock.needs(), Infinity)
  })

  it('forgets what was before a jump back, as a loop makes', () => {
    const clock = createFrameClock()
    for (let frame = 0; frame < 20; frame++) clock.shown(10 + frame / 30, 1000 + (frame * 1000) / 30, 1)
    clock.shown(0, 1700, 1)
    clock.shown(1 / 30, 1733.3, 1)
    assert.ok(Math.abs(clock.at(1750, 1, 0.05) - 1 / 30) < 1e-9)
    assert.ok(Math.abs(clock.at(1767, 1, 0.06) - 2 / 30) < 1e-9)
  })
})

describe('createEvenStep', () => {
  const stepOf = (readings: readonly number[]): number => {
    const even = createEvenStep()
    readings.forEach((second) => even.read(second))
    return even.step
  }

  it('is found though frames are missed and none follows the other', () => {
    const missed = [0, 3, 7, 10, 14, 17, 21]
    assert.ok(Math.abs(stepOf(missed.map((frame) => frame / 50)) - 1 / 50) < 1e-9)
  })

  it('is not taken for twice as long when each second frame is missed, but for a pause', () => {
    const missed = [0, 2, 4, 11, 13, 15, 24, 26, 28, 35, 37, 39, 48, 50, 52]
    assert.ok(Math.abs(stepOf(missed.map((frame) => frame / 50)) - 1 / 50) < 1e-9)
  })

  it('is known by the number of frames where each second one is missed for ever', () => {
    const even = createEvenStep()
    for (let frame = 0; frame < 60; frame += 4) even.read(frame / 60, 2)
    assert.ok(Math.abs(even.step - 1 / 30) < 1e-9)
  })

  it('is that of the frames that are shown, whatever one of them slips', () => {
    const shown = [0, 2, 4, 6, 8, 10, 12, 13, 15, 17, 19, 21]
    assert.ok(Math.abs(stepOf(shown.map((frame) => frame / 60)) - 1 / 30) < 1e-3)
  })

  it('grows surer than the whole milliseconds that WebM counts in', () => {
    fc.assert(
      fc.property(fc.constantFrom(23.976, 24, 25, 29.97, 30, 50, 60), fc.integer({ min: 0, max: 5000 }), (fps, from) => {
        // As the player listens: to each frame at first, then to three now and then.
        const first = Array.from({ length: 16 }, (_, index) => from + index)
        const heard = [...first, ...Array.from({ length: 60 }, (_, index) => from + 20 + Math.floor(index / 3) * Math.ceil(fps / 2) + (index % 3))]
        const even = createEvenStep()
        heard.forEach((frame, index) => even.read(Math.round((1000 * frame) / fps) / 1000, frame - (heard[index - 1] ?? frame)))
        assert.ok(Math.abs(even.step - 1 / fps) < 3e-5)
      }),
    )
  })

  it('is the smallest gap where no step is common', () => {
    assert.ok(stepOf([0, 0.031, 0.098, 0.141, 0.232, 0.249]) > 0)
  })
})

describe('liveSecond', () => {
  it('follows the stream’s own date, so that delay does not matter', () => {
    assert.equal(liveSecond(1_000_000, 12, 1_030_000, 5_000_000), 42)
  })
  it('falls back to the clock', () => {
    assert.equal(liveSecond(1_000_000, 12, undefined, 1_061_500), 61.5)
  })
})
