import type { Picture } from '../core/picture-geometry.ts'
import type { Player, PlayerChange, PlayerPolicy, SecondRange } from '../core/player.ts'
import { createFollowers } from './followers.ts'

/** A player that is told where it is: for native hosts, players without an adapter, and tests. */
export interface HandDrivenPlayer<Box> extends Player<Box> {
  /** Takes over what is given and tells the followers. */
  set(now: Partial<HandDrivenState>): void
}

export interface HandDrivenState {
  second: number
  paused: boolean
  ended: boolean
  seeking: boolean
  rate: number
  duration: number
  controls: boolean
  /** Milliseconds since 1970 of second 0. */
  startedAt: number | undefined
  picture: Picture | undefined
  /** Seconds that can be gone to. */
  range: SecondRange | undefined
  policy: PlayerPolicy
  interrupted: boolean
}

/** `ask` hears what the elements want of the player: a second to seek to, or to play or pause. */
export function handDrivenPlayer<Box>(
  box: Box,
  ask: (wish: { seek: number } | 'play' | 'pause') => void = () => {},
): HandDrivenPlayer<Box> {
  const state: HandDrivenState = {
    second: 0,
    paused: true,
    ended: false,
    seeking: false,
    rate: 1,
    duration: NaN,
    controls: false,
    startedAt: undefined,
    picture: undefined,
    range: undefined,
    policy: 'overlay',
    interrupted: false,
  }
  const { tell, follow } = createFollowers()
  return {
    box,
    get policy() {
      return state.policy
    },
    get interrupted() {
      return state.interrupted
    },
    get paused() {
      return state.paused
    },
    get ended() {
      return state.ended
    },
    get seeking() {
      return state.seeking
    },
    get rate() {
      return state.rate
    },
    get duration() {
      return state.duration
    },
    get controls() {
      return state.controls
    },
    second: () => state.second,
    secondAt: () => state.second,
    beat: () => undefined,
    startedAt: () => state.startedAt,
    range: () => state.range,
    picture: () => state.picture,
    seek: (second) => ask({ seek: second }),
    play: () => ask('play'),
    pause: () => ask('pause'),
    follow,
    set(now) {
      Object.assign(state, now)
      const change: PlayerChange = 'picture' in now ? 'picture' : 'second' in now && Object.keys(now).length === 1 ? 'time' : 'state'
      tell(change)
    },
  }
}
