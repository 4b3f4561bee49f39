import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { everyFrameRate, film, frameRates, lanes, middleAt, type FrameRate } from '../../bench/frame-lock/film.ts'
import { figureCells, figuresOf, floorOf } from '../../bench/frame-lock/figures.ts'
import type { Spots } from '../../bench/frame-lock/spots.ts'

/**
 * Pictures of ten seconds on a screen of sixty: the film shows its frames, the marker goes evenly and was begun so many
 * milliseconds after the film. At the refreshes that are `late` it stands where it stood a refresh before.
 */
function pictures(fps: FrameRate, rate: 1 | 2, begun: number, late: (refresh: number) => boolean = () => false): Spots[] {
  const { speed } = lanes[rate]
  const onScreen = speed * rate
  return Array.from({ length: 600 }, (_, refresh) => {
    const second = (refresh + 0.3) / 60
    const object = middleAt(Math.floor(second * rate * frameRates[fps]) / frameRates[fps], speed)
    return { object, twin: object, marker: middleAt(second - begun / 1000 - (late(refresh) ? 1 / 60 : 0) + (2 * film.way) / onScreen, onScreen) }
  })
}

describe('the floor of the frame lock', () => {
  for (const fps of everyFrameRate) {
    for (const rate of [1, 2] as const) {
      it(`is nearly all pictures where nothing is late, whenever it was begun: ${fps} frames a second at rate ${rate}`, () => {
        // Where the film's frames drift against the screen's, a few stand on a frame's edge.
        for (const begun of [0, 7, 100, 1234]) assert.ok(floorOf(fps, rate, pictures(fps, rate, begun)) > (fps === '29.97' ? 0.96 : 0.999), String(begun))
      })
    }
  }

  it('leaves out what is late, one refresh in ten', () => {
    const floor = floorOf('30', 2, pictures('30', 2, 20, (refresh) => refresh % 10 === 0))
    assert.ok(Math.abs(floor - 0.9) < 0.02, String(floor))
  })

  it('takes the lag that most have, where it changes on the way', () => {
    const floor = floorOf('60', 1, pictures('60', 1, 20, (refresh) => refresh < 200))
    assert.ok(Math.abs(floor - 2 / 3) < 0.03, String(floor))
  })
})

describe('the figures of the frame lock', () => {
  it('tell how far the marker was off, and which way', () => {
    const spots = pictures('60', 1, 0).map((it, index, all) => (index % 4 ? { ...it, marker: it.object } : { ...it, marker: (all[index - 1] ?? it).object }))
    const [median, p95, inStep, within, late, early, count] = figuresOf('60', 1, spots)
    assert.deepEqual([median, p95!.toFixed(2), within, early, count], [0, '5.00', 1, 0, 600])
    assert.ok(Math.abs(inStep! - 0.75) < 0.01 && Math.abs(late! - 0.25) < 0.01, `${inStep} ${late}`)
  })

  it('count a marker that stands a refresh behind as within a frame, however many frames the film goes on with it, and two refreshes not', () => {
    for (const fps of everyFrameRate) {
      for (const rate of [1, 2] as const) {
        const behind = (refreshes: number): Spots[] =>
          pictures(fps, rate, 0).map((it, index, all) => ({ ...it, marker: (all[index - (index % 10 < 5 ? refreshes : 0)] ?? it).object }))
        assert.equal(figuresOf(fps, rate, behind(1))[3], 1, `${fps} × ${rate}`)
        if (frameRates[fps] * rate >= 60) assert.ok(figuresOf(fps, rate, behind(2))[3]! < 0.75, `${fps} × ${rate}`)
      }
    }
  })

  it('are written as the median of some rounds, each for itself', () => {
    assert.deepEqual(figureCells([[0.011, 0.1, 1, 1, 0, 0, 300], [0.02, 5, 0.9, 1, 0.1, 0, 301], [0.04, 0.2, 0.96, 0.998, 0, 0.04, 299]]), [
      '0.02', '0.20', '96.0 %', '100.0 %', '0.0 %', '0.0 %', '300',
    ])
  })
})
