import type { Beat } from '../core/frame-clock.ts'
import type { Point } from '../core/picture-geometry.ts'
import { steppedKeyframes } from './overlay-steps.ts'

// Milliseconds that a plan reaches ahead, and how much of it must be left.
const reach = 4000
const reserve = 1500
// Where each refresh has a frame of its own, Chromium may fall one refresh behind with the page while the film, a surface
// apart, goes on; it catches up only at a refresh at which nothing of the page moves. One in so many milliseconds is given
// for that.
const breath = 650
// Milliseconds by which a plan's moments may be off before it is made anew.
const tolerance = 1.5

/**
 * The markers' places on the frames to come, handed to the compositor as one stepped animation each. It goes on frame by
 * frame with the film while the page's own thread is busy, which writing each frame's place could not.
 */
export function createPlan() {
  let animations: Animation[] = []
  let planned: readonly HTMLElement[] = []
  let beat: Beat = { second: 0, at: 0, step: 1 }
  let rate = 1
  let until = 0

  const stop = (): void => {
    animations.forEach((animation) => animation.cancel())
    animations = []
    planned = []
  }

  return {
    stop,
    get runs() {
      return animations.length > 0
    },
    /** Whether the running plan is for these markers, keeps the beat, shows the frame of `second` at `paintAt` and reaches far enough. */
    holds(markers: readonly HTMLElement[], second: number, paintAt: number, given: Beat): boolean {
      if (markers !== planned || paintAt + reserve > until) return false
      const expected = beat.at + ((given.second - beat.second) * 1000) / rate
      if (Math.abs(given.at - expected) > tolerance) return false
      const frames = Math.floor(((paintAt - beat.at) * rate) / 1000 / beat.step + 1e-6)
      return Math.abs(beat.second + frames * beat.step - second) < beat.step / 2
    },
    /** Plans from `now` on. `placesAt` gives each marker's place at a second; `refresh` is the screen's period in milliseconds. */
    start(
      markers: readonly HTMLElement[],
      placesAt: (second: number) => readonly (Point | undefined)[],
      now: number,
      given: Beat,
      givenRate: number,
      refresh: number,
    ): void {
      beat = given
      rate = givenRate
      const frame = (beat.step * 1000) / rate
      const first = Math.max(0, Math.floor((now - beat.at) / frame))
      const count = Math.ceil(reach / frame) + 1
      const seconds = [...Array(count).keys()].map((index) => beat.second + (first + index) * beat.step)
      const dense = frame < refresh * 1.1
      const places = seconds.map((second, index) => {
        const gone = (index * frame) % breath
        return placesAt(dense && index && gone < refresh ? seconds[Math.max(0, index - 1 - Math.floor(gone / frame))]! : second)
      })
      const before = animations
      animations = markers.map((marker, index) => {
        let place: Point | undefined
        const keyframes = steppedKeyframes(places.map((at) => (place = at[index] ?? place ?? { x: 0, y: 0 })))
        const animation = marker.animate(keyframes, { duration: (count - 1) * frame, fill: 'both' })
        // What is drawn at a moment reaches the screen one refresh later.
        animation.startTime = beat.at + first * frame - refresh
        return animation
      })
      before.forEach((animation) => animation.cancel())
      planned = markers
      until = beat.at + (first + count - 1) * frame
    },
  }
}
