import { breath, type Beat } from '../core/frame-clock.ts'
import type { Point } from '../core/picture-geometry.ts'
import { steppedKeyframes } from './overlay-steps.ts'

type Places = readonly (Point | undefined)[]

// Milliseconds that a plan reaches ahead, and how much of it must be left. To hand it to the browser costs as much as to lay
// it out: it is done seldom, and only so far past the moment at which other markers come; that moment may move so far.
const reach = 6000
const reserve = 1500
const past = 1000
const slack = 300
// A crowd's plan would hold up a slow page. So many places are laid out at a look; and then handed to so many markers, or a
// fifth of them if that is more, unless so few milliseconds of the plan before are left.
const many = 900
const few = 4
const parts = 5
const urgent = 250
// Where each refresh has a frame of its own, Chromium may fall one refresh behind with the page while the film, a surface
// apart, goes on; it catches up only at a refresh at which nothing of the page moves. One at every breath is given for
// that, and three, so many milliseconds apart, after a plan was handed on, for that too makes it fall behind.
const recover = 50
// Milliseconds by which a plan's moments may be off before they are set anew, and the part of a frame by which the
// film's own frames may be off its frames before it is made anew.
const tolerance = 1.5
const offGrid = 0.05

/**
 * The markers' places on the frames to come, handed to the compositor as one stepped animation each. It goes on frame by
 * frame with the film while the page's own thread is busy, which writing each frame's place could not.
 */
export function createPlan() {
  let planned: readonly HTMLElement[] = []
  let animations: (Animation | undefined)[] = []
  /** Number of the frame that each animation begins with. Frames are counted from the beat. */
  const begins: number[] = []
  /** Markers, by their index, that have not been handed the frames up to `end`. */
  let waiting: number[] = []
  let beat: Beat = { second: 0, at: 0, step: 1, refresh: 0, period: 0 }
  let rate = 1
  let refresh = 1000 / 60
  let placesAt: (second: number) => Places = () => []
  /** Places on the frames from number `first` on; the plan began with number `began`. */
  let places: Places[] = []
  let first = 0
  let began = 0
  /** The moment at which all are handed on, the same for all markers, so that they stand still together. */
  let origin = 0
  /** Number of the frame at which the animations end that all markers have, if they have any, and those that are being handed on. */
  let held: number | undefined
  let end = 0
  /** More than what is held will be needed soon. */
  let wanted = false

  const frame = (): number => (beat.step * 1000) / rate
  const momentOf = (number: number): number => beat.at + number * frame()
  /** Number of the frame that is on the screen at a moment. */
  const numberAt = (moment: number): number => Math.floor((moment - beat.at) / frame() + 1e-6)
  const laid = (): number => first + places.length - 1

  const stop = (): void => {
    animations.forEach((animation) => animation?.cancel())
    animations = []
    planned = []
    waiting = []
    held = undefined
  }
  const time = (index: number): void => {
    // What is drawn at a moment reaches the screen one refresh later.
    animations[index]!.startTime = momentOf(begins[index]!) - refresh
  }
  /** Hands places from the frame at `now` on to so many of those that wait. */
  const hand = (now: number, most: number): void => {
    const gone = Math.max(0, numberAt(now) - first)
    places.splice(0, gone)
    first += gone
    if (waiting.length === planned.length) origin = momentOf(first) + (waiting.length / most) * refresh
    // The loop's own period is rounded, and at the end of a plan a refresh off.
    const period = Math.abs(beat.period - refresh) < 1 ? beat.period : refresh
    const drawn = places.slice(0, end - first + 1).map((at, index) => {
      // The last refresh that shows the frame before; where it is the first after its moment, the next one shows that too.
      const before = beat.refresh + (Math.ceil((momentOf(first + index) - beat.refresh) / period) - 1) * period
      const after = before - origin
      const since = after < recover * 4 ? after % recover : before % breath
      return (frame() < refresh * 1.1 && after >= recover && since < period && places[numberAt(before) - first]) || at
    })
    for (const index of waiting.splice(0, most)) {
      let place: Point | undefined
      const keyframes = steppedKeyframes(drawn.map((at) => (place = at[index] ?? place ?? { x: 0, y: 0 })))
      const before = animations[index]
      animations[index] = planned[index]!.animate(keyframes, { duration: (drawn.length - 1) * frame(), fill: 'both' })
      begins[index] = first
      time(index)
      before?.cancel()
    }
    if (waiting.length) return
    held = end
    wanted = false
  }
  /** Lays out and hands on a part of what is missing, when other markers come in so many milliseconds. */
  const lead = (paintAt: number, untilChange: number): void => {
    const left = held === undefined ? Infinity : momentOf(held) - paintAt
    if (!waiting.length) {
      const goal = paintAt + Math.min(reach, untilChange + past)
      for (let room = many / planned.length; room > 0 && momentOf(laid()) < goal; room--) {
        places.push(placesAt(beat.second + (first + places.length) * beat.step))
      }
      wanted = held === undefined || (left < reserve && left < untilChange + slack)
      if (!wanted || momentOf(laid()) < goal) return
      waiting = [...planned.keys()]
      end = laid()
      // Not in one look with laying out.
      if (planned.length > few) return
    }
    hand(paintAt - refresh, left < urgent ? Infinity : Math.max(few, Math.ceil(planned.length / parts)))
  }

  return {
    stop,
    /** Whether every marker moves by it. */
    get runs() {
      return held !== undefined
    },
    /** Whether it is being led on, a part at each look. */
    get leads() {
      return wanted
    },
    /** Whether a marker, by its index, moves by it. */
    moves: (index: number): boolean => !!animations[index],
    /**
     * Whether the running plan is for these markers and, its moments set to the beat, shows the frame of `second` at
     * `paintAt`; then it is led on. The markers stay the same until the second `change`.
     */
    holds(markers: readonly HTMLElement[], second: number, paintAt: number, given: Beat, givenRate: number, change: number): boolean {
      if (markers !== planned || rate !== givenRate || Math.abs(given.step / beat.step - 1) * places.length > offGrid) return false
      const steps = (given.second - beat.second) / beat.step
      if (Math.abs(steps - Math.round(steps)) > offGrid) return false
      beat = { ...beat, refresh: given.refresh, period: given.period }
      const late = given.at - beat.at - Math.round(steps) * frame()
      if (Math.abs(late) > tolerance) {
        // The film is on the same frames, at other moments.
        beat = { ...beat, at: beat.at + late }
        animations.forEach((_, index) => time(index))
      }
      const shown = numberAt(paintAt)
      if (shown < began || Math.abs(beat.second + shown * beat.step - second) >= beat.step / 2) return false
      if (momentOf(held ?? laid()) < paintAt) return false
      lead(paintAt, ((change - second) * 1000) / rate)
      return true
    },
    /**
     * Plans from `paintAt` on. `given` says each marker's place at a second; `period` is the screen's in milliseconds. The
     * markers stay the same for so many seconds.
     */
    start(markers: readonly HTMLElement[], given: (second: number) => Places, paintAt: number, anew: Beat, givenRate: number, period: number, untilChange: number): void {
      stop()
      if (!markers.length) return
      planned = markers
      placesAt = given
      beat = anew
      rate = givenRate
      refresh = period
      first = began = Math.max(0, numberAt(paintAt - refresh))
      places = []
      lead(paintAt, (untilChange * 1000) / rate)
    },
  }
}
