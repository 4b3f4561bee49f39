import { toJson } from '../contract/to-json.ts'
import { fieldsOf, numbersOf, type FrameProtocol } from './frame-protocol.ts'

const command = (func: string, ...args: unknown[]): string => toJson({ event: 'command', func, args, id: 1, channel: 'widget' })

/**
 * The words of YouTube's embedded player. Its terms allow nothing in front of it, whatever the publisher wants:
 * https://developers.google.com/youtube/terms/required-minimum-functionality
 */
export const youtube: FrameProtocol = {
  policy: 'rail',
  hello: [JSON.stringify({ event: 'listening', id: 1, channel: 'widget' })],
  listen: ['onStateChange', 'onPlaybackRateChange'].map((name) => command('addEventListener', name)),
  read(message) {
    const { event, info } = fieldsOf(message)
    if (typeof event !== 'string') return {}
    const fields = event === 'onPlaybackRateChange' ? { playbackRate: info } : fieldsOf(info)
    const state = event === 'onStateChange' ? info : fields['playerState']
    const news = numbersOf(fields, { currentTime: 'second', duration: 'duration', playbackRate: 'rate' })
    // -1 not begun, 0 ended, 1 playing, 2 paused, 3 waiting for data, 5 ready to play.
    return { ready: true, ...news, ...(typeof state === 'number' && { playing: state === 1, ended: state === 0 }) }
  },
  seek: (second) => command('seekTo', second, true),
  play: command('playVideo'),
  pause: command('pauseVideo'),
  lacks: (address) =>
    address.searchParams.get('enablejsapi') === '1' ? undefined : 'iframe: expected enablejsapi=1 in the address of a YouTube player, without it the player says nothing',
}
