import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { spread } from '../../src/core/marker-collision.ts'
import { within } from '../../src/core/picture-geometry.ts'

const bounds = { x: 0, y: 0, width: 640, height: 360 }
const distance = (a: { x: number; y: number }, b: { x: number; y: number }): number => Math.hypot(a.x - b.x, a.y - b.y)

describe('spread', () => {
  it('leaves alone what has room', () => {
    const points = [{ x: 10, y: 10 }, { x: 34, y: 10 }, { x: 600, y: 300 }]
    assert.deepEqual(spread(points, 24, 20, bounds), points)
  })

  it('moves two apart by half the overlap each, along their line', () => {
    const [a, b] = spread([{ x: 100, y: 100 }, { x: 110, y: 100 }], 24, 20, bounds)
    assert.deepEqual([a, b], [{ x: 93, y: 100 }, { x: 117, y: 100 }])
  })

  it('opens a heap of five on one spot', () => {
    const apart = spread(Array.from({ length: 5 }, () => ({ x: 320, y: 180 })), 24, 24, bounds)
    apart.forEach((a, i) => apart.slice(i + 1).forEach((b) => assert.ok(distance(a, b) >= 23, `${distance(a, b)}`)))
  })

  it('leads five out of the line they stand in', () => {
    const apart = spread([0, 1, 2, 3, 4].map((it) => ({ x: 320 + it, y: 180 })), 28, 30, bounds)
    apart.forEach((a, i) => apart.slice(i + 1).forEach((b) => assert.ok(distance(a, b) >= 24, `${distance(a, b)}`)))
  })

  it('lifts what stands below the bounds', () => {
    assert.deepEqual(spread([{ x: 100, y: 359 }], 24, 20, { ...bounds, height: 300 }), [{ x: 100, y: 300 }])
  })

  it('never goes further than its reach, never out of bounds', () => {
    const point = fc.record({ x: fc.integer({ min: 0, max: 640 }), y: fc.integer({ min: 0, max: 360 }) })
    fc.assert(
      fc.property(fc.array(point, { maxLength: 24 }), (points) => {
        spread(points, 24, 20, bounds).forEach((placed, index) => {
          assert.ok(distance(placed, points[index]!) <= 20.001)
          assert.ok(within(bounds, placed))
        })
      }),
    )
  })
})
