import { fieldsOf, numbersOf, type FrameNews, type FrameProtocol } from './frame-protocol.ts'

const events = ['timeupdate', 'play', 'playing', 'pause', 'ended', 'seeked', 'playbackratechange', 'durationchange', 'resize', 'bufferstart']
// Maps: a message may name what every object inherits.
const playing = new Map([['play', true], ['playing', true], ['pause', false], ['ended', false], ['bufferstart', false]])
const asked = new Map<string, 'second' | 'duration' | 'rate' | 'width' | 'height'>([
  ['getCurrentTime', 'second'],
  ['getDuration', 'duration'],
  ['getPlaybackRate', 'rate'],
  ['getVideoWidth', 'width'],
  ['getVideoHeight', 'height'],
])

/** The words of Vimeo's embedded player. */
export const vimeo: FrameProtocol = {
  policy: 'overlay',
  hello: [{ method: 'ping' }],
  listen: [...events.map((value) => ({ method: 'addEventListener', value })), ...[...asked.keys(), 'getPaused'].map((method) => ({ method }))],
  read(message) {
    const { event, method, data, value } = fieldsOf(message)
    if (typeof method === 'string') {
      const name = asked.get(method)
      const paused = method === 'getPaused' && typeof value === 'boolean' ? { playing: !value } : {}
      return { ready: true, ...(name && numbersOf({ value }, { value: name })), ...paused }
    }
    if (typeof event !== 'string' || event === 'error') return {}
    const names = { seconds: 'second', duration: 'duration', playbackRate: 'rate', videoWidth: 'width', videoHeight: 'height' } as const
    const news: FrameNews = { ready: true, ...numbersOf(fieldsOf(data), names) }
    const plays = playing.get(event)
    if (plays !== undefined) news.playing = plays
    if (event === 'ended' || event === 'play') news.ended = event === 'ended'
    return news
  },
  seek: (value) => ({ method: 'setCurrentTime', value }),
  play: { method: 'play' },
  pause: { method: 'pause' },
  lacks: () => undefined,
}
