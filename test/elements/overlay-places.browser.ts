import { assert } from 'chai'
import type { Cue } from '../../src/contract/cue.ts'
import type { Stage } from '../../src/core/marker-layout.ts'
import type { Marker } from '../../src/elements/overlay-marker.ts'
import { createPlaces } from '../../src/elements/overlay-places.ts'
import { handDrivenPlayer } from '../../src/player/hand-driven.ts'

const cue: Cue = { id: 'c', item: 'x', start: 0, track: { interpolation: 'linear', keyframes: [{ t: 0, x: 0, y: 0.5 }, { t: 10, x: 1, y: 0.5 }] } }
const stageOf = (width: number): Stage => {
  const picture = { x: 0, y: 0, width, height: width / 2 }
  return { picture, visible: picture, free: picture }
}

describe('Places', () => {
  let marker: Marker
  let began: number
  /** A film at rate 1 and 25 frames a second that began now. */
  const player = Object.assign(handDrivenPlayer(document.body), {
    secondAt: (paintAt: number) => Math.floor((paintAt - began) / 40) / 25,
    beat: () => ({ second: 0, at: began, step: 1 / 25 }),
  })
  const place = (places: ReturnType<typeof createPlaces>, stage: Stage): void => {
    const paintAt = performance.now() + 17
    places.place(stage, player, player.secondAt(paintAt), paintAt, true, 17, Infinity)
  }
  const left = (): number => marker.getBoundingClientRect().left - document.body.getBoundingClientRect().left

  beforeEach(() => {
    began = performance.now()
    marker = Object.assign(document.createElement('div'), { span: { cue, start: 0, end: Infinity, key: 'c' } })
    marker.part.add('marker')
    marker.style.cssText = 'position:relative;width:0;height:0'
    document.body.append(marker)
  })
  afterEach(() => marker.remove())

  it('draws markers that have just come, plans their way with the next paint, and lets it be while it holds', () => {
    const places = createPlaces()
    places.take([marker], [], 1)
    place(places, stageOf(1000))
    assert.deepEqual([places.planned, marker.getAnimations().length, !!marker.style.transform], [false, 0, true])
    place(places, stageOf(1000))
    const [animation] = marker.getAnimations()
    assert.isTrue(places.planned && !!animation)
    place(places, stageOf(1000))
    assert.deepEqual(marker.getAnimations(), [animation])
    places.stop()
    assert.deepEqual([places.planned, marker.getAnimations().length], [false, 0])
  })

  it('plans anew at once when the picture has another size', async () => {
    const places = createPlaces()
    places.take([marker], [], 1)
    place(places, stageOf(1000))
    place(places, stageOf(1000))
    began -= 5000
    places.stop()
    place(places, stageOf(1000))
    assert.closeTo(left(), 500, 10)
    place(places, stageOf(400))
    assert.closeTo(left(), 200, 4)
    places.stop()
  })
})
