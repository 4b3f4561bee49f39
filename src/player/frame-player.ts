import { createCoarseClock } from '../core/coarse-clock.ts'
import type { Player } from '../core/player.ts'
import { createFollowers } from './followers.ts'
import type { FrameKind } from './frame-kind.ts'
import type { FrameNews } from './frame-protocol.ts'
import { vimeo } from './vimeo.ts'
import { youtube } from './youtube.ts'

export interface FramePlayer extends Player<HTMLIFrameElement> {
  interrupt(on: boolean): void
}

/** Milliseconds between calls to a player that has not answered, and between looks at the clock while it plays. */
const callEvery = 500
const lookEvery = 250

/**
 * Player over an iframe that shows YouTube's or Vimeo's player, by the messages that these understand: no script of
 * theirs is loaded. What it says between its messages is counted on, so that a cue comes within a second.
 */
export function framePlayer(frame: HTMLIFrameElement, kind: FrameKind): FramePlayer {
  const protocol = kind === 'youtube' ? youtube : vimeo
  const clock = createCoarseClock()
  const { tell, follow } = createFollowers(() => watch())
  const state = { playing: false, ended: false, rate: 1, duration: NaN, width: 0, height: 0, interrupted: false }

  const address = (): URL => new URL(frame.src, document.baseURI)
  // Addresses without www answer from the one with it, to which they redirect.
  const origins = (): string[] => {
    const { origin } = address()
    return origin.includes('://youtube') ? [origin, origin.replace('://', '://www.')] : [origin]
  }
  const post = (message: unknown): void => {
    // Until the frame has loaded its window is still the page's own and is told nothing.
    for (const origin of origins()) frame.contentWindow?.postMessage(message, origin)
  }

  const hear = (news: FrameNews): void => {
    const at = performance.now()
    const { playing, ended, rate } = state
    for (const key of ['playing', 'ended', 'rate', 'duration', 'width', 'height'] as const) {
      if (news[key] !== undefined) Object.assign(state, { [key]: news[key] })
    }
    const jumped = news.second !== undefined && clock.said(news.second, at)
    if (playing !== state.playing || rate !== state.rate) clock.runs(state.playing, state.rate, at)
    if (news.width || news.height) tell('picture')
    tell(jumped || playing !== state.playing || ended !== state.ended || rate !== state.rate ? 'state' : 'time')
  }

  const watch = (): (() => void) => {
    let ready = false
    const call = (): void => void (!ready && protocol.hello.forEach(post))
    const handle = ({ source, origin, data }: MessageEvent<unknown>): void => {
      if (source !== frame.contentWindow || !origins().includes(origin)) return
      const { ready: answers, ...news } = protocol.read(data)
      if (!answers) return
      if (!ready) protocol.listen.forEach(post)
      ready = true
      hear(news)
    }
    // Another film in the same frame begins anew.
    const handleLoad = (): void => {
      ready = false
      call()
    }
    const calling = setInterval(call, callEvery)
    const looking = setInterval(() => state.playing && tell('time'), lookEvery)
    const size = new ResizeObserver(() => requestAnimationFrame(() => tell('picture')))
    addEventListener('message', handle)
    frame.addEventListener('load', handleLoad)
    size.observe(frame)
    call()
    return () => {
      clearInterval(calling)
      clearInterval(looking)
      size.disconnect()
      removeEventListener('message', handle)
      frame.removeEventListener('load', handleLoad)
    }
  }

  const second = (at = performance.now()): number => clock.second(at)
  return {
    box: frame,
    policy: protocol.policy,
    // They draw them over the lower edge.
    controls: true,
    get issue() {
      return protocol.lacks(address())
    },
    get interrupted() {
      return state.interrupted
    },
    get paused() {
      return !state.playing
    },
    get ended() {
      return state.ended
    },
    seeking: false,
    get rate() {
      return state.rate
    },
    get duration() {
      return state.duration > 0 ? state.duration : NaN
    },
    second: () => second(),
    secondAt: second,
    beat: () => undefined,
    startedAt: () => undefined,
    picture() {
      const { clientWidth: width, clientHeight: height, clientLeft: x, clientTop: y } = frame
      if (protocol.policy === 'rail' || !width || !height || !state.width || !state.height) return undefined
      const box = { width: frame.offsetWidth, height: frame.offsetHeight }
      return { box, content: { x, y, width, height }, natural: { width: state.width, height: state.height }, fit: 'contain', position: '50% 50%' }
    },
    seek(to) {
      post(protocol.seek(to))
      hear({ second: to })
    },
    play: () => post(protocol.play),
    pause: () => post(protocol.pause),
    interrupt(on) {
      if (on !== state.interrupted) {
        state.interrupted = on
        tell('state')
      }
    },
    follow,
  }
}
