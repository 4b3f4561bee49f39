import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createPaintLoop } from '../../src/elements/overlay-loop.ts'

/** A window whose frames come when they are told to. */
function painted() {
  let callback: FrameRequestCallback | undefined
  let now = 1000
  const view = {
    requestAnimationFrame: (it: FrameRequestCallback) => ((callback = it), 1),
    cancelAnimationFrame: () => (callback = undefined),
  } as unknown as Window
  const paints: number[] = []
  const loop = createPaintLoop((paintAt) => paints.push(paintAt), () => view)
  return {
    loop,
    paints,
    get asked() {
      return !!callback
    },
    frames(...gaps: readonly number[]): void {
      for (const gap of gaps) callback!((now += gap))
    },
  }
}

const times = (count: number, gap: number): number[] => Array<number>(count).fill(gap)
const near = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 0.5, `${actual} is not near ${expected}`)

describe('the paint loop', () => {
  it('says that a paint reaches the screen one refresh after its frame', () => {
    const it = painted()
    it.loop.run(true)
    it.frames(0, 8.3, 8.4, 8.3)
    near(it.loop.refresh, 8.3)
    assert.equal(it.paints.at(-1), 1025 + it.loop.refresh)
    near(it.loop.coming(), performance.now() + it.loop.refresh)
  })

  it('takes no period from a single frame at an odd moment', () => {
    const it = painted()
    it.loop.run(true)
    it.frames(0, 16.7, 16.7, 9, 24.4, 16.7, 16.7)
    near(it.loop.refresh, 16.7)
  })

  it('keeps the screen’s own period while the page misses every other refresh for a while', () => {
    const it = painted()
    it.loop.run(true)
    it.frames(0, ...times(4, 16.7), ...times(10, 33.4), ...times(3, 16.7), ...times(10, 33.4))
    near(it.loop.refresh, 16.7)
  })

  it('learns that the page has moved to a slower screen', () => {
    const it = painted()
    it.loop.run(true)
    it.frames(0, ...times(5, 8.3), ...times(20, 16.7))
    near(it.loop.refresh, 16.7)
  })

  it('asks for no frame during a pause, and does not take it for a period', () => {
    const it = painted()
    it.loop.run(true)
    it.frames(0, 16.7, 16.7)
    it.loop.run(false)
    assert.equal(it.asked, false)
    it.loop.run(true)
    it.frames(30, 16.7)
    near(it.loop.refresh, 16.7)
    assert.equal(it.paints.length, 5)
  })
})
