import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Point } from '../../src/core/picture-geometry.ts'
import { steppedKeyframes, type SteppedKeyframes } from '../../src/elements/overlay-steps.ts'

const pointOf = (transform: string): Point => {
  const [x, y] = /translate3d\((.+)px,(.+)px,0\)/.exec(transform)!.slice(1).map(Number)
  return { x: x!, y: y! }
}

/** Where such an animation stands during the part `index` of `count`, by the rules of CSS. */
function standing({ offset, transform, easing }: SteppedKeyframes, index: number, count: number): Point {
  const moment = (index + 0.5) / count
  const at = offset.findLastIndex((it) => it <= moment)
  const steps = Number(/steps\((\d+)\)/.exec(easing[at]!)![1])
  const part = Math.floor(((moment - offset[at]!) / (offset[at + 1]! - offset[at]!)) * steps) / steps
  const [a, b] = [pointOf(transform[at]!), pointOf(transform[at + 1]!)]
  return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }
}

describe('steppedKeyframes', () => {
  it('stands on every point in its time, whatever way they go', () => {
    const turn = fc.record({ length: fc.integer({ min: 1, max: 40 }), x: fc.double({ min: -9, max: 9, noNaN: true }), y: fc.double({ min: -9, max: 9, noNaN: true }), jump: fc.boolean() })
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1, maxLength: 8 }), (turns) => {
        const points: Point[] = [{ x: 100, y: 100 }]
        for (const { length, x, y, jump } of turns) {
          for (let n = 0; n < length; n++) {
            const before = points.at(-1)!
            points.push(jump && n === 0 ? { x: before.x + 200, y: before.y } : { x: before.x + x, y: before.y + y * (1 + n / 50) })
          }
        }
        const frames = steppedKeyframes(points)
        points.slice(0, -1).forEach((point, index) => {
          const { x, y } = standing(frames, index, points.length - 1)
          assert.ok(Math.abs(x - point.x) < 0.08 && Math.abs(y - point.y) < 0.08, `${index}: ${x},${y} is not ${point.x},${point.y}`)
        })
      }),
    )
  })

  it('tells a straight way in two keyframes and one turn in three', () => {
    const straight = Array.from({ length: 200 }, (_, n) => ({ x: n * 1.37, y: 50 - n / 3 }))
    assert.equal(steppedKeyframes(straight).offset.length, 2)
    const turned = [...straight, ...Array.from({ length: 200 }, (_, n) => ({ x: straight.at(-1)!.x - (n + 1) * 2, y: 0 - n }))]
    assert.ok(steppedKeyframes(turned).offset.length <= 4)
  })
})
