import { createEvenStep } from './even-step.ts'

/**
 * Says which frame of a film a paint will stand on. A frame is reported after it was shown, so whatever is drawn at its
 * second comes one frame late; but frames follow each other evenly, so the coming one is known beforehand.
 */
export interface FrameClock {
  /** When the frames to come are due; undefined until two were seen. */
  beat(): Beat | undefined
  /** How many frames must have been heard since it rested, before it may rest again: one while the beat is known and the last one came on it, some while all came without a stall, else all. */
  needs(): number
  /** A frame was shown: its second of the media, the moment it reached the screen (milliseconds), the rate of play and its number among those shown. */
  shown(second: number, at: number, rate: number, number?: number): void
  /** Forgets what it saw: the media jumped, stopped or was replaced. */
  reset(): void
  /**
   * Second of the frame on the screen at the moment `paintAt`, while the player itself says it is at `playerSecond`.
   * Never further from the player's word than one frame and what the screen lags behind.
   */
  at(paintAt: number, rate: number, playerSecond: number): number
  /** Second of the last frame shown, while none has come since the media jumped: undefined. */
  last(): number | undefined
}

/**
 * The frame of `second` is on the screen at every refresh from `at` (milliseconds) on, until its successor `step` seconds
 * later is due. The screen had a refresh at the moment `refresh`, and has one every `period` milliseconds, or whole parts of
 * that.
 */
export interface Beat {
  second: number
  at: number
  step: number
  refresh: number
  period: number
}

/**
 * What moves with films stands still for a moment whenever the page's milliseconds (`performance.now()`) are a multiple of
 * this; why, says the overlay's plan.
 */
export const breath = 640
/**
 * Milliseconds from one heard frame to the next of a film that goes on evenly. No multiple of 20, 33 or 40: of the pattern
 * that frames make on a screen always the same few would be heard, the earliest never.
 */
export const seldom = 308

interface Shown {
  second: number
  at: number
}

// Twice as many frames as the pattern of a screen's refreshes over them needs to come round, as 5 in 12 for 25 in 60.
const remembered = 16
// So many show most of the pattern.
const enough = 6
// By how much a frame is due before the earliest moment at which one was seen, at least and at most: moments jitter a
// little, and a screen's period is no shorter than 6.
const least = 0.3
const most = 3
// Frames heard since it rested that keep a beat which not every frame comes on.
const some = 3
// Further from the next than two frames of the same pattern are.
const slip = 5
// A frame's moment is told so exactly.
const jitter = 1
// Later than a screen's period makes it: a stall.
const stall = 25
// Further off than any slip.
const lost = 60
// A frame is decided upon, and the player's word read, up to some screen periods apart. In seconds.
const screenLag = 0.06

export function createFrameClock(): FrameClock {
  const frames = createEvenStep()
  const refreshes = createEvenStep()
  let seen: Shown[] = []
  let seenRate = 1
  let seenNumber: number | undefined
  /** Milliseconds between second 0 and the earliest moment at which a screen's refresh showed it. */
  let due = 0
  /** Milliseconds before that, in the middle between the last refresh that was too early and the first that was not. */
  let grain = most
  /** Whether the last frame came when those before it let one expect. */
  let onBeat = false

  return {
    reset() {
      seen = []
      frames.jumped()
      refreshes.jumped()
    },
    beat() {
      const last = seen.at(-1)
      const { step } = frames
      return seen.length > 1 && last && step ? { second: last.second, at: due + (last.second * 1000) / seenRate - grain, step, refresh: last.at, period: refreshes.step * 1000 } : undefined
    },
    needs() {
      const isSteady = seen.length === remembered && seen.every(({ second, at }) => at - (second * 1000) / seenRate - due < stall)
      return !isSteady ? Infinity : onBeat ? 1 : some
    },
    last: () => seen.at(-1)?.second,
    shown(second, at, rate, number) {
      const perSecond = 1000 / rate
      const last = seen.at(-1)
      if (last) {
        const gone = second - last.second
        if (gone === 0) return
        const jumped = gone < 0 || gone > 4 * rate
        if (jumped) frames.jumped()
        if (jumped || at <= last.at) refreshes.jumped()
        // After a stall the moments before it say nothing about the moments to come.
        if (jumped || rate !== seenRate || Math.abs(at - last.at - gone * perSecond) > lost) seen = []
      }
      frames.read(second, number !== undefined && seenNumber !== undefined ? number - seenNumber : undefined)
      seenNumber = number
      // The moments of frames that are heard seldom would not tell a period by themselves.
      const apart = at - (last?.at ?? at)
      refreshes.read(at / 1000, apart > stall * 4 ? Math.round(apart / 1000 / (refreshes.step || 1)) : 1)
      seenRate = rate
      seen = [...seen, { second, at }].slice(-remembered)
      const offset = (frame: Shown): number => frame.at - frame.second * perSecond
      const refresh = refreshes.step * 1000
      const room = Math.min(refresh, frames.step * perSecond)
      // Two in a row out of step with all before them: the film has slipped, mostly by whole refreshes, and stays there.
      const [before, now] = [seen.slice(0, -2), seen.slice(-2)]
      const by = slipped(before.map(offset), now.map(offset), refresh, room)
      if (by) seen = [...before.map(({ second, at }) => ({ second, at: at + by })), ...now]
      else if (before.length && Math.min(...now.map(offset)) > Math.max(...before.map(offset)) + slip) seen = now
      seen = agreeing(seen, offset, room)
      // The screen shows a frame at its first refresh after it is due, so the earliest tell best; but one that came early
      // all alone was a slip too.
      const offsets = seen.map(offset).sort((a, b) => a - b)
      due = offsets.find((it, index) => (offsets[index + 1] ?? it) - it < slip)!
      const latest = offsets.findLast((it, index) => it - (offsets[index - 1] ?? it) < slip)!
      // It was due less than a refresh, or a frame, before the latest and not after the earliest: most likely in the middle.
      grain = Math.max(least, Math.min(most, (room - (latest - due)) / 2))
      const newest = offset(seen.at(-1)!)
      onBeat = newest > due - slip && newest < latest + slip
    },
    at(paintAt, rate, playerSecond) {
      const last = seen.at(-1)
      if (!last || !(rate > 0)) return playerSecond
      const { step } = frames
      const elapsed = Math.max(0, ((paintAt - due + grain) * rate) / 1000 - last.second)
      const slack = step + screenLag * rate
      const ahead = Math.max(playerSecond - slack - last.second, Math.min(playerSecond + slack - last.second, elapsed))
      return last.second + (step ? Math.floor(ahead / step) * step : ahead)
    },
  }
}

/** By how many milliseconds, whole refreshes, the frames have slipped: moved so far, those before agree with those of now. */
function slipped(before: readonly number[], now: readonly number[], refresh: number, room: number): number {
  const spread = (by: number): number => {
    const all = [...before.map((it) => it + by), ...now]
    return Math.max(...all) - Math.min(...all)
  }
  let best = 0
  for (const count of before.length >= enough && refresh ? [-3, -2, -1, 1, 2, 3] : []) {
    if (spread(count * refresh) < Math.min(spread(best) - slip, room + jitter)) best = count * refresh
  }
  return best
}

/** Without the frames that two later ones contradict: none is shown later than a refresh, or its successor, after it is due. */
function agreeing(seen: readonly Shown[], offset: (frame: Shown) => number, room: number): Shown[] {
  return seen.filter(
    (frame, index) => !room || seen.slice(index + 1).filter((later) => Math.abs(offset(later) - offset(frame)) > room + jitter).length < 2,
  )
}
