import type { Beat } from '../core/frame-clock.ts'
import type { Point } from '../core/picture-geometry.ts'
import { steppedKeyframes } from './overlay-steps.ts'

type Places = readonly (Point | undefined)[]

// Milliseconds that a plan reaches ahead, and how much of it must be left. The first one, made in the paint after its
// markers came, is short; what follows is laid out a little at each look, so that no paint has all of it to do. To hand it
// to the browser costs as much as to lay it out: it is done seldom, and only so far past the moment at which other markers come.
const reach = 6000
const reserve = 1500
const begin = 1000
const each = 1500
const least = 500
const past = 1000
// Where each refresh has a frame of its own, Chromium may fall one refresh behind with the page while the film, a surface
// apart, goes on; it catches up only at a refresh at which nothing of the page moves. One in so many milliseconds is given
// for that.
const breath = 650
// Milliseconds by which a plan's moments may be off before they are set anew, and the part of a frame by which the
// film's own frames may be off its frames before it is made anew.
const tolerance = 1.5
const offGrid = 0.05

/**
 * The markers' places on the frames to come, handed to the compositor as one stepped animation each. It goes on frame by
 * frame with the film while the page's own thread is busy, which writing each frame's place could not.
 */
export function createPlan() {
  let animations: Animation[] = []
  let planned: readonly HTMLElement[] = []
  let beat: Beat = { second: 0, at: 0, step: 1 }
  let rate = 1
  let refresh = 1000 / 60
  let placesAt: (second: number) => Places = () => []
  /** Places on the frames from number `first` on, counted from the beat; `count` of them are in the animations. */
  let places: Places[] = []
  let first = 0
  let count = 0

  const frame = (): number => (beat.step * 1000) / rate
  const momentOf = (index: number): number => beat.at + (first + index) * frame()
  const laid = (): number => momentOf(places.length - 1)

  const stop = (): void => {
    animations.forEach((animation) => animation.cancel())
    animations = []
    planned = []
  }
  const lay = (until: number): void => {
    while (laid() < until) places.push(placesAt(beat.second + (first + places.length) * beat.step))
  }
  const time = (animation: Animation): void => {
    // What is drawn at a moment reaches the screen one refresh later.
    animation.startTime = momentOf(0) - refresh
  }
  /** Hands on all places from the frame at `now` on. */
  const hand = (now: number): void => {
    const gone = Math.max(0, Math.floor((now - momentOf(0)) / frame()))
    places.splice(0, gone)
    first += gone
    count = places.length
    const dense = frame() < refresh * 1.1
    const drawn = places.map((at, index) => {
      const since = (index * frame()) % breath
      return dense && index && since < refresh ? places[Math.max(0, index - 1 - Math.floor(since / frame()))]! : at
    })
    const before = animations
    animations = planned.map((marker, index) => {
      let place: Point | undefined
      const keyframes = steppedKeyframes(drawn.map((at) => (place = at[index] ?? place ?? { x: 0, y: 0 })))
      const animation = marker.animate(keyframes, { duration: (count - 1) * frame(), fill: 'both' })
      time(animation)
      return animation
    })
    before.forEach((animation) => animation.cancel())
  }

  return {
    stop,
    get runs() {
      return animations.length > 0
    },
    /**
     * Whether the running plan is for these markers and, its moments set to the beat, shows the frame of `second` at
     * `paintAt`; then it is led on. The markers stay the same until the second `change`.
     */
    holds(markers: readonly HTMLElement[], second: number, paintAt: number, given: Beat, givenRate: number, change: number): boolean {
      if (markers !== planned || rate !== givenRate || Math.abs(given.step / beat.step - 1) * count > offGrid) return false
      const steps = (given.second - beat.second) / beat.step
      if (Math.abs(steps - Math.round(steps)) > offGrid) return false
      const late = given.at - beat.at - Math.round(steps) * frame()
      if (Math.abs(late) > tolerance) {
        // The film is on the same frames, at other moments.
        beat = { ...beat, at: beat.at + late }
        animations.forEach(time)
      }
      const shown = Math.floor((paintAt - momentOf(0)) / frame() + 1e-6)
      if (shown < 0 || Math.abs(beat.second + (first + shown) * beat.step - second) >= beat.step / 2) return false
      const left = momentOf(count - 1) - paintAt
      if (left < 0) return false
      const goal = paintAt + Math.min(reach, ((change - second) * 1000) / rate + past)
      lay(Math.min(goal, laid() + each))
      if (count < places.length && (left < least || (left < reserve && laid() >= goal))) hand(paintAt - refresh)
      return true
    },
    /** Plans from `now` on. `places` gives each marker's place at a second; `period` is the screen's in milliseconds. */
    start(markers: readonly HTMLElement[], given: (second: number) => Places, now: number, anew: Beat, givenRate: number, period: number): void {
      planned = markers
      placesAt = given
      beat = anew
      rate = givenRate
      refresh = period
      first = Math.max(0, Math.floor((now - beat.at) / frame()))
      places = []
      lay(momentOf(0) + begin)
      hand(now)
    },
  }
}
