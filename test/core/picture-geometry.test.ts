import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { overlap, pictureRect, pointOn, within, type Rect } from '../../src/core/picture-geometry.ts'

const box = { width: 400, height: 400 }
const picture = (fit: string, position = '50% 50%', natural = { width: 160, height: 90 }, content: Rect = { x: 0, y: 0, ...box }) =>
  pictureRect({ box, content, natural, fit, position })
const corners = ({ x, y, width, height }: Rect): number[] => [x, y, width, height].map((it) => Math.round(it * 100) / 100)

describe('pictureRect', () => {
  for (const [fit, position, expected] of [
    ['contain', '50% 50%', [0, 87.5, 400, 225]],
    ['contain', '0% 0%', [0, 0, 400, 225]],
    ['contain', 'bottom', [0, 175, 400, 225]],
    ['contain', '10px 20px', [10, 20, 400, 225]],
    ['contain', 'right 10px top 5%', [-10, 8.75, 400, 225]],
    ['contain', 'calc(100% - 10px) calc(0% + 5px)', [-10, 5, 400, 225]],
    ['cover', '50% 50%', [-155.56, 0, 711.11, 400]],
    ['cover', 'left', [0, 0, 711.11, 400]],
    ['cover', 'top right', [-311.11, 0, 711.11, 400]],
    ['fill', '10px 10px', [10, 10, 400, 400]],
    ['none', '100% 100%', [240, 310, 160, 90]],
    ['scale-down', '0 0', [0, 0, 160, 90]],
  ] as const) {
    it(`${fit} at ${position}`, () => assert.deepEqual(corners(picture(fit, position)), expected))
  }

  it('shrinks what is too large under scale-down', () => {
    assert.deepEqual(corners(picture('scale-down', '50% 50%', { width: 800, height: 400 })), [0, 100, 400, 200])
  })

  it('starts at the content box, inside border and padding', () => {
    assert.deepEqual(corners(picture('contain', '0% 0%', { width: 100, height: 100 }, { x: 10, y: 20, width: 300, height: 200 })), [10, 20, 200, 200])
  })

  const length = fc.integer({ min: 1, max: 4000 })
  it('contains, covers and keeps the ratio, whatever the sizes', () => {
    fc.assert(
      fc.property(length, length, length, length, fc.integer({ min: 0, max: 100 }), (width, height, across, down, percent) => {
        const content = { x: 0, y: 0, width, height }
        for (const fit of ['contain', 'cover']) {
          const rect = pictureRect({ box: content, content, natural: { width: across, height: down }, fit, position: `${percent}% ${percent}%` })
          assert.ok(Math.abs(rect.width * down - rect.height * across) < 1e-6 * width * height * across * down + 1e-6)
          const [inner, outer] = fit === 'contain' ? [rect, content] : [content, rect]
          assert.ok(within(outer, pointOn(inner, { x: 0, y: 0 })) && within(outer, pointOn(inner, { x: 1, y: 1 })))
        }
      }),
    )
  })
})

describe('overlap', () => {
  it('is what both cover, without size when they are apart', () => {
    assert.deepEqual(overlap({ x: 0, y: 0, width: 10, height: 10 }, { x: 5, y: -5, width: 10, height: 10 }), { x: 5, y: 0, width: 5, height: 5 })
    assert.equal(overlap({ x: 0, y: 0, width: 1, height: 1 }, { x: 5, y: 5, width: 1, height: 1 }).width, 0)
  })
})
