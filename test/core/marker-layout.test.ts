import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { inset } from '../../src/core/insets.ts'
import { layMarkers } from '../../src/core/marker-layout.ts'
import { within } from '../../src/core/picture-geometry.ts'

const picture = { x: 0, y: 0, width: 640, height: 360 }
const open = { picture, visible: picture, free: picture }
const round = (points: ({ x: number; y: number } | undefined)[]) => points.map((it) => it && [Math.round(it.x), Math.round(it.y)])

describe('layMarkers', () => {
  it('puts a marker on its place, and none where the picture is cropped', () => {
    const cropped = { picture: { x: -100, y: 0, width: 840, height: 360 }, visible: picture, free: picture }
    assert.deepEqual(round(layMarkers([{ x: 0.5, y: 0.5 }, { x: 0.05, y: 0.5 }], cropped)), [[320, 180], undefined])
  })

  it('lifts a marker out of what the player draws, but never off its object', () => {
    const free = { ...picture, height: 300 }
    const low = [{ x: 0.5, y: 0.95 }, { x: 0.2, y: 0.9, w: 0.1, h: 0.2 }, { x: 0.8, y: 0.95, w: 0.1, h: 0.1 }]
    assert.deepEqual(round(layMarkers(low, { ...open, free })), [[320, 300], [128, 300], undefined])
  })

  const fraction = fc.double({ min: 0, max: 1, noNaN: true })
  const size = fc.double({ min: 0.02, max: 0.5, noNaN: true })
  const place = fc.record({ x: fraction, y: fraction, w: size, h: size })
  const edge = fc.integer({ min: 0, max: 160 })

  it('keeps every marker on its object and off what must be kept clear, however crowded', () => {
    fc.assert(
      fc.property(fc.array(place, { maxLength: 12 }), edge, edge, edge, edge, (places, top, right, bottom, left) => {
        const free = inset(picture, picture, { top, right, bottom, left })
        layMarkers(places, { ...open, free }).forEach((point, index) => {
          if (!point) return
          const { x, y, w, h } = places[index]!
          const object = { x: (x - w / 2) * 640, y: (y - h / 2) * 360, width: w * 640, height: h * 360 }
          assert.ok(within(free, point), 'in the free part')
          assert.ok(within(object, point), 'on its object')
        })
      }),
    )
  })

  it('stands two that share an object apart when the object has room for it', () => {
    const [a, b] = layMarkers([{ x: 0.5, y: 0.5, w: 0.2, h: 0.2 }, { x: 0.5, y: 0.5, w: 0.2, h: 0.2 }], open)
    assert.ok(Math.hypot(a!.x - b!.x, a!.y - b!.y) >= 24)
  })
})

describe('inset', () => {
  it('takes from a rectangle only what lies in the box’s edges', () => {
    const letterboxed = { x: 0, y: 50, width: 640, height: 260 }
    const box = { width: 640, height: 360 }
    assert.deepEqual(inset(letterboxed, box, { top: 20, right: 0, bottom: 72, left: 10 }), { x: 10, y: 50, width: 630, height: 238 })
  })

  it('leaves a line in the middle when the edges meet', () => {
    assert.deepEqual(inset(picture, picture, { top: 200, right: 0, bottom: 200, left: 0 }), { x: 0, y: 180, width: 640, height: 0 })
  })
})
