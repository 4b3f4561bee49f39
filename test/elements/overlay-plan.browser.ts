import { assert } from 'chai'
import { breath, type Beat } from '../../src/core/frame-clock.ts'
import { createPlan } from '../../src/elements/overlay-plan.ts'

// A film of 25 frames a second at rate 1, on a screen of 60 refreshes, that moves a marker 100 pixels a second.
const step = 1 / 25
const refresh = 1000 / 60

describe('Plan', () => {
  let marker: HTMLElement
  let began: number
  let asked: number[]
  let plan: ReturnType<typeof createPlan>
  const secondAt = (paintAt: number): number => Math.floor((paintAt - began) / 40 + 1e-6) * step
  /** Of a film that began with the page's time at `began`, whose screen had a refresh so many milliseconds later. */
  const beatOf = (second: number, filmStep = step, shown = 0): Beat => ({ second, at: began + second * 1000, step: filmStep, refresh: began + shown, period: refresh })
  const start = (markers: readonly HTMLElement[]): void =>
    plan.start(markers, (second) => (asked.push(second), [{ x: second * 100, y: 0 }]), began, beatOf(0), 1, refresh, Infinity)
  /** Its place once the page's time has come to `paintAt`; frames are drawn a refresh before they are seen. */
  const placeAt = (paintAt: number): number => {
    const animation = marker.getAnimations().at(-1)!
    const { startTime } = animation
    animation.currentTime = paintAt - refresh - (startTime as number)
    const { e } = new DOMMatrix(getComputedStyle(marker).transform)
    animation.startTime = startTime
    return e
  }

  beforeEach(() => {
    marker = document.createElement('div')
    document.body.append(marker)
    began = performance.now()
    asked = []
    plan = createPlan()
  })
  afterEach(() => {
    plan.stop()
    marker.remove()
  })

  it('shows each frame’s place from the moment on at which the frame is due', () => {
    start([marker])
    for (const at of [1, 39, 41, 500, 999]) assert.closeTo(placeAt(began + at), secondAt(began + at) * 100, 0.1, `${at} ms`)
  })

  it('lays out six seconds at once, leads them on, and asks each frame once', () => {
    const markers = [marker]
    start(markers)
    assert.closeTo(asked.length, 6 * 25, 2)
    for (let at = 110; at < 6000; at += 100) {
      const paintAt = began + at
      assert.isTrue(plan.holds(markers, secondAt(paintAt), paintAt, beatOf(secondAt(paintAt)), 1, Infinity), `${at} ms`)
      assert.closeTo(placeAt(paintAt), secondAt(paintAt) * 100, 0.1, `${at} ms`)
      assert.equal(marker.getAnimations().length, 1)
    }
    assert.equal(new Set(asked.map((it) => it.toFixed(3))).size, asked.length)
    assert.isAtLeast(asked.length, 11.5 * 25)
  })

  describe('stands still for one refresh soon after it was handed on, and at every breath', () => {
    /**
     * Milliseconds after the plan began of the refreshes at which nothing moved, on a screen whose refreshes come in the
     * middle of a frame. At all others each shows its own frame. The screen's loop knows its period to a tenth of a millisecond.
     */
    const stillsOf = (perSecond: number): number[] => {
      const shown = 500 / perSecond
      plan.start([marker], (second) => [{ x: second * 600, y: 0 }], began, beatOf(0, 1 / perSecond, shown), 1, 16.6, Infinity)
      const places = Array.from({ length: 300 }, (_, index) => placeAt(began + shown + index * refresh))
      const stills = places.flatMap((x, index) => (index && x === places[index - 1] ? [index] : []))
      const wrong = places.flatMap((x, index) => (Math.abs(x - (Math.floor((index * refresh + shown) * perSecond / 1000) * 600) / perSecond) < 0.1 ? [] : [index]))
      if (perSecond >= 60) assert.deepEqual(wrong, stills)
      return stills.map((index) => shown + index * refresh)
    }
    const expected = [50, 100, 150, 540, 1180, 1820, 2460, 3100, 3740, 4380]
    beforeEach(() => {
      began = Math.ceil(began / breath) * breath + 100
    })

    for (const perSecond of [60, 60000 / 1001, 100, 120]) {
      it(`of a film that shows ${perSecond.toFixed(2)} frames a second`, () => {
        const stills = stillsOf(perSecond)
        assert.equal(stills.length, expected.length, stills.map(Math.round).join())
        stills.forEach((it, index) => assert.closeTo(it - expected[index]!, 25, 9))
      })
    }

    it('and twenty markers, handed on one part after the other, do so together', () => {
      const markers = Array.from({ length: 20 }, () => document.body.appendChild(document.createElement('div')))
      const filmStep = 1 / 60
      plan.start(markers, (second) => markers.map(() => ({ x: second * 600, y: 0 })), began, beatOf(0, filmStep, 8), 1, refresh, Infinity)
      let looks = 0
      for (; !plan.runs; looks++) {
        const second = (looks + 1) * filmStep
        const paintAt = began + second * 1000 + 1
        assert.isTrue(plan.holds(markers, second, paintAt, beatOf(second, filmStep, 8), 1, Infinity))
      }
      const stills = markers.map((it) => {
        marker = it
        const places = Array.from({ length: 60 }, (_, index) => placeAt(began + 8 + (looks + index) * refresh))
        return places.flatMap((x, index) => (index && x === places[index - 1] ? index + looks : [])).join()
      })
      assert.deepEqual(new Set(stills), new Set([stills[0]]))
      assert.isAtLeast(stills[0]!.split(',').length, 3)
      markers.forEach((it) => it.remove())
    })
  })

  it('moves its moments with a film that comes later or earlier, and asks for no place again', () => {
    const markers = [marker]
    start(markers)
    const [animation] = marker.getAnimations()
    for (const late of [25, -15]) {
      began += late
      const paintAt = began + 210
      assert.isTrue(plan.holds(markers, secondAt(paintAt), paintAt, beatOf(0.2), 1, Infinity))
      assert.closeTo(placeAt(paintAt), 20, 0.1)
    }
    assert.deepEqual(marker.getAnimations(), [animation])
    assert.equal(new Set(asked.map((it) => it.toFixed(3))).size, asked.length)
  })

  it('is handed on once, a little past the moment at which other markers come, and again when that is put off', () => {
    const markers = [marker]
    plan.start(markers, (second) => (asked.push(second), [{ x: second * 100, y: 0 }]), began, beatOf(0), 1, refresh, 3)
    const plans = new Set<Animation>()
    for (let at = 110; at < 5000; at += 100) {
      const paintAt = began + at
      assert.isTrue(plan.holds(markers, secondAt(paintAt), paintAt, beatOf(secondAt(paintAt)), 1, at < 2500 ? 3 : 5), `${at} ms`)
      plans.add(marker.getAnimations()[0]!)
      assert.isTrue(plan.runs)
      if (at < 2500) assert.equal(plans.size, 1)
    }
    assert.equal(plans.size, 2)
    assert.closeTo(Math.max(...asked), 6, 0.1)
  })

  it('is laid out and handed to twenty markers in parts, and none is ever without once it had one', () => {
    const markers = Array.from({ length: 20 }, () => document.body.appendChild(document.createElement('div')))
    const { animate } = Element.prototype
    let handed = 0
    Element.prototype.animate = function (...args) {
      handed++
      return animate.apply(this, args)
    }
    try {
      const places = (second: number) => (asked.push(second), markers.map((_, index) => ({ x: second * 100 + index, y: 0 })))
      plan.start(markers, places, began, beatOf(0), 1, refresh, Infinity)
      const counts = [handed]
      const frames = [asked.length]
      assert.deepEqual([plan.runs, plan.moves(0)], [false, false])
      for (let at = 110; at < 12_000; at += 100) {
        const paintAt = began + at
        const before = [handed, asked.length] as const
        assert.isTrue(plan.holds(markers, secondAt(paintAt), paintAt, beatOf(secondAt(paintAt)), 1, Infinity), `${at} ms`)
        counts.push(handed - before[0])
        frames.push(asked.length - before[1])
        assert.equal(plan.moves(3), at >= 410)
        assert.equal(plan.runs, at >= 810)
        if (!plan.runs) continue
        for (const [index, it] of markers.entries()) {
          marker = it
          assert.equal(it.getAnimations().length, 1)
          if (index % 7 === 0) assert.closeTo(placeAt(paintAt), secondAt(paintAt) * 100 + index, 0.1, `marker ${index} at ${at} ms`)
        }
      }
      assert.deepEqual([Math.max(...counts), Math.max(...frames)], [4, 45])
      assert.isTrue(counts.every((count, look) => !count || !frames[look]), 'some were handed on in the look that laid places out')
      assert.equal(handed, 60)
      assert.equal(new Set(asked.map((it) => it.toFixed(3))).size, asked.length)
    } finally {
      Element.prototype.animate = animate
      markers.forEach((it) => it.remove())
    }
  })

  it('holds no more when all that is laid out has passed before it was handed to everyone', () => {
    const markers = Array.from({ length: 20 }, () => document.body.appendChild(document.createElement('div')))
    const places = (second: number) => markers.map(() => ({ x: second * 100, y: 0 }))
    plan.start(markers, places, began, beatOf(0), 1, refresh, Infinity)
    const holds = (at: number): boolean => plan.holds(markers, secondAt(began + at), began + at, beatOf(secondAt(began + at)), 1, Infinity)
    for (let at = 110; at < 600; at += 100) assert.isTrue(holds(at))
    assert.deepEqual([plan.moves(0), plan.runs], [true, false])
    assert.isFalse(holds(9000))
    plan.stop()
    markers.forEach((it) => it.remove())
  })

  it('holds no more for other markers, another rate, frames between its own, or a film elsewhere', () => {
    const markers = [marker]
    const paintAt = began + 210
    const beat = beatOf(0.2)
    const cases: [name: string, holds: () => boolean, expected: boolean][] = [
      ['as it was', () => plan.holds(markers, 0.2, paintAt, beat, 1, Infinity), true],
      ['other markers', () => plan.holds([marker], 0.2, paintAt, beat, 1, Infinity), false],
      ['another rate', () => plan.holds(markers, 0.2, paintAt, beat, 2, Infinity), false],
      ['frames between', () => plan.holds(markers, 0.22, paintAt, { ...beat, second: 0.22 }, 1, Infinity), false],
      ['another step', () => plan.holds(markers, 0.2, paintAt, { ...beat, step: 1 / 24 }, 1, Infinity), false],
      ['a film elsewhere', () => plan.holds(markers, 0.6, paintAt, beat, 1, Infinity), false],
      ['before its first frame', () => plan.holds(markers, -0.2, began - 200, beat, 1, Infinity), false],
      ['beyond its last', () => plan.holds(markers, 7, began + 7010, beat, 1, Infinity), false],
    ]
    for (const [name, holds, expected] of cases) {
      start(markers)
      assert.equal(holds(), expected, name)
    }
  })
})
