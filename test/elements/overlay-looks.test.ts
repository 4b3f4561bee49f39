import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { ahead, createLooks } from '../../src/elements/overlay-looks.ts'

describe('the looks of an overlay', () => {
  let now: number
  let looked: number[]
  let painting: boolean
  let set: number
  let looks: ReturnType<typeof createLooks>

  const view = {
    requestAnimationFrame: () => ((painting = true), 1),
    cancelAnimationFrame: () => (painting = false),
  } as unknown as Window
  const pass = (milliseconds: number): void => {
    now += milliseconds
    mock.timers.tick(milliseconds)
  }
  /** Looks again for a change at a moment, as after each event of the player. */
  const next = (change: number): void => looks.next((change - now) / 1000, false, false)

  beforeEach(() => {
    now = 5000
    looked = []
    painting = false
    set = 0
    mock.timers.enable({ apis: ['setTimeout'] })
    mock.method(performance, 'now', () => now)
    const { setTimeout } = globalThis
    mock.method(globalThis, 'setTimeout', (...given: Parameters<typeof setTimeout>) => (set++, setTimeout(...given)))
    looks = createLooks(() => looked.push(now), () => view)
  })
  afterEach(() => {
    mock.reset()
    mock.timers.reset()
  })

  it('comes once in time to build what comes, and then again to meet it paint by paint', () => {
    const change = 8000
    next(change)
    pass(2599)
    assert.deepEqual(looked, [])
    pass(1)
    assert.deepEqual(looked, [7600])
    assert.ok((change - looked[0]!) / 1000 <= ahead)
    next(change)
    pass(280)
    assert.deepEqual(looked, [7600, 7880])
    assert.equal(painting, false)
    pass(1)
    next(change)
    assert.equal(painting, true)
  })

  it('keeps the timer it has while that stands well, and sets it anew when the film comes otherwise', () => {
    next(8000)
    for (let step = 0; step < 10; step++) {
      pass(100)
      next(8000 + (step % 2 ? 4 : -4))
    }
    assert.equal(set, 1)
    next(7000)
    assert.equal(set, 2)
    pass(600)
    assert.deepEqual(looked, [6600])
  })

  it('waits for nothing where nothing comes, or when it rests', () => {
    looks.next(Infinity, false, false)
    looks.next(NaN, false, false)
    assert.equal(set, 0)
    next(8000)
    looks.rest()
    pass(10_000)
    assert.deepEqual(looked, [])
    assert.equal(painting, false)
  })
})
