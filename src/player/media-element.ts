import { breath, createFrameClock, seldom } from '../core/frame-clock.ts'
import type { Picture } from '../core/picture-geometry.ts'
import type { Player, PlayerChange } from '../core/player.ts'
import { createFollowers } from './followers.ts'

/** Any element with the contract of HTMLMediaElement: `<video>`, `<audio>` and custom elements such as `<hls-video>`. */
export type MediaElement = HTMLMediaElement & Partial<HTMLVideoElement> & { nativeEl?: HTMLVideoElement; getStartDate?(): Date }

export function isMediaElement(element: Element | null): element is MediaElement {
  return !!element && 'currentTime' in element && 'play' in element
}

const changes: Record<string, PlayerChange> = {
  timeupdate: 'time',
  loadedmetadata: 'picture',
  resize: 'picture',
  enterpictureinpicture: 'picture',
  leavepictureinpicture: 'picture',
}
for (const name of ['play', 'playing', 'pause', 'waiting', 'seeking', 'seeked', 'ended', 'ratechange', 'emptied', 'durationchange']) {
  changes[name] = 'state'
}

// After these the frames are looked at one by one until the beat is known again.
const anew = new Set(['loadedmetadata', 'playing', 'pause', 'waiting', 'seeking', 'seeked', 'ratechange'])
// Frames are heard so many milliseconds before each breath, by which what hearing them disturbs is set right.
const lead = 80
// Seconds of a frame that lasts hardly longer than one of sixty refreshes a second.
const short = 0.018

/** A player that is told when an advertisement takes the film's place. */
export interface MediaElementPlayer extends Player<MediaElement> {
  interrupt(on: boolean): void
}

/** Player over a media element. It only reads and listens: the element keeps its place, its style and its source. */
export function mediaElementPlayer(media: MediaElement): MediaElementPlayer {
  // Custom elements draw with a <video> of their own and may not pass on what only a <video> has.
  const video = (): HTMLVideoElement => (media.requestVideoFrameCallback ? media : (media.nativeEl ?? media)) as HTMLVideoElement
  const clock = createFrameClock()
  const { tell, follow } = createFollowers(() => watch())
  let listenAnew = (): void => {}

  const watch = (): (() => void) => {
    let asked = 0
    let asking: HTMLVideoElement | undefined
    let heard = 0
    let rest: ReturnType<typeof setTimeout> | undefined
    const ask = (calm?: boolean): void => {
      asking = video()
      asked = asking.requestVideoFrameCallback?.((_, { mediaTime, expectedDisplayTime, presentedFrames }) => {
        const rate = media.playbackRate
        const hear = (): void => {
          clock.shown(mediaTime, expectedDisplayTime, rate, presentedFrames)
          // Each answer makes the page's own thread draw, and on a slow one whatever moves then comes late. While the beat
          // is steady a few frames now and then keep it.
          if (++heard < clock.needs()) ask()
          else {
            heard = 0
            // A film whose frames last longer is not disturbed, and what it slips by shows longer.
            const each = clock.beat()!.step / rate > short ? seldom : breath
            rest = setTimeout(ask, each - ((performance.now() + lead) % each), true)
          }
          tell('frame')
        }
        // The compositor waits for the page to draw, and falls behind where that takes long: of a film that is known to go
        // on evenly it is heard when that is over.
        if (calm) rest = setTimeout(hear)
        else hear()
      })
    }
    const askAnew = (): void => {
      clearTimeout(rest)
      // The request is lost when the <video> within was replaced.
      if (asked) asking?.cancelVideoFrameCallback(asked)
      ask()
    }
    listenAnew = askAnew
    const handle = ({ type }: Event): void => {
      if (type === 'seeking' || type === 'emptied') clock.reset()
      if (anew.has(type)) askAnew()
      tell(changes[type]!)
    }
    const names = Object.keys(changes)
    names.forEach((name) => media.addEventListener(name, handle))
    // Captions that come or go take a part of the picture.
    const captions = (): void => tell('picture')
    media.textTracks?.addEventListener('change', captions)
    // Whoever hears of it lays things out anew, which an observer's own turn must not.
    const size = new ResizeObserver(() => requestAnimationFrame(() => tell('picture')))
    size.observe(media)
    askAnew()
    return () => {
      clearTimeout(rest)
      names.forEach((name) => media.removeEventListener(name, handle))
      media.textTracks?.removeEventListener('change', captions)
      size.disconnect()
      if (asked) asking?.cancelVideoFrameCallback(asked)
      clock.reset()
    }
  }

  // Asked before it knows, WebKitGTK 2.50 takes the film for one of no length, for good.
  const knows = (): boolean => media.readyState !== 0

  let interrupted = false
  const player: MediaElementPlayer = {
    box: media,
    // https://developers.google.com/youtube/terms/required-minimum-functionality: nothing in front of YouTube's player.
    policy: /audio$|^youtube/.test(`${media.localName} ${media.nativeEl?.localName ?? media.localName}`) ? 'rail' : 'overlay',
    get interrupted() {
      return interrupted
    },
    get paused() {
      return media.paused
    },
    get ended() {
      return media.ended
    },
    get seeking() {
      return media.seeking
    },
    get rate() {
      return media.playbackRate
    },
    get duration() {
      return knows() && media.duration > 0 ? media.duration : NaN
    },
    get controls() {
      return media.controls
    },
    second: () => media.currentTime || 0,
    secondAt(paintAt) {
      const said = media.currentTime || 0
      if (!media.paused && !media.seeking) return clock.at(paintAt, media.playbackRate, said)
      // At rest the picture stands on the last frame shown, which may begin well before the second that was asked for.
      const last = clock.last()
      return last !== undefined && Math.abs(last - said) < 0.1 ? last : said
    },
    beat() {
      const beat = media.paused || media.seeking || media.readyState < 3 ? undefined : clock.beat()
      const rate = media.playbackRate
      const said = beat && beat.second + ((performance.now() - beat.at) * rate) / 1000
      if (said === undefined || Math.abs(said - media.currentTime) < beat!.step + 0.1 * rate) return beat
      // The film stalled while nobody looked.
      clock.reset()
      listenAnew()
      return undefined
    },
    startedAt(second = media.currentTime) {
      const date = player.dates?.(second) ?? media.getStartDate?.().getTime()
      return Number.isFinite(date) ? date : undefined
    },
    range() {
      const seekable = knows() ? media.seekable : undefined
      if (!seekable?.length) return undefined
      const start = seekable.start(0)
      const end = seekable.end(seekable.length - 1)
      return end > start && end < Infinity ? { start, end } : undefined
    },
    picture() {
      const element = video()
      const { videoWidth: width, videoHeight: height, ownerDocument } = element
      if (!width || !height || !media.isConnected) return undefined
      if (!ownerDocument.defaultView || ownerDocument.pictureInPictureElement === media) return undefined
      return measure(media, element, { width, height })
    },
    seek: (second) => void (media.currentTime = second),
    // A browser may refuse to play without a gesture; the player shows that itself.
    play: () => void Promise.resolve(media.play()).catch(() => {}),
    pause: () => media.pause(),
    interrupt(on) {
      if (on !== interrupted) {
        interrupted = on
        tell('state')
      }
    },
    follow,
  }
  return player
}

function measure(box: HTMLElement, video: HTMLElement, natural: Picture['natural']): Picture | undefined {
  const style = getComputedStyle(box)
  const drawn = box === video ? style : getComputedStyle(video)
  const inset = (side: string): number =>
    parseFloat(style.getPropertyValue(`border-${side}-width`)) + parseFloat(style.getPropertyValue(`padding-${side}`))
  const left = inset('left')
  const top = inset('top')
  // offsetWidth is rounded; the computed width is not, but means the content alone unless the page says otherwise.
  const sized = (length: string, edge: number): number => parseFloat(length) + (style.boxSizing === 'border-box' ? 0 : edge)
  const across = left + inset('right')
  const down = top + inset('bottom')
  const width = sized(style.width, across) || box.offsetWidth
  const height = sized(style.height, down) || box.offsetHeight
  if (!(width > across && height > down)) return undefined
  return {
    box: { width, height },
    content: { x: left, y: top, width: width - across, height: height - down },
    natural,
    fit: drawn.objectFit,
    position: drawn.objectPosition,
  }
}
