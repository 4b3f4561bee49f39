import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { nearLines } from '../../src/core/near-lines.ts'

describe('nearLines', () => {
  for (const [from, to, count, first, last] of [
    [0, 250, 10, 0, 3],
    [100, 200, 10, 1, 2],
    [-500, -100, 10, 0, 1],
    [5000, 6000, 10, 9, 10],
    [0, 100, 0, 0, 0],
  ] as const) {
    it(`takes ${first} to ${last} of ${count} lines between ${from} and ${to}`, () => {
      assert.deepEqual(nearLines(from, to, 100, count), { first, last })
    })
  }
  it('leaves no line out that is in view', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2000, max: 5000 }), fc.nat(3000), fc.integer({ min: 1, max: 400 }), fc.nat(50), (from, room, pitch, count) => {
        const { first, last } = nearLines(from, from + room, pitch, count)
        for (let line = 0; line < count; line++) {
          const inView = (line + 1) * pitch > from && line * pitch < from + room
          assert.ok(!inView || (line >= first && line < last))
        }
      }),
    )
  })
})
