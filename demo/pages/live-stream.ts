import Hls from 'hls.js/light'

/** A video with the player that feeds it: whoever needs the stream's dates finds them there. */
export type StreamedVideo = HTMLVideoElement & { hls?: Hls }

/**
 * Plays an HLS stream in a plain video: by hls.js, else by the browser itself, else the film `otherwise` over and over.
 * Returns what stops it.
 */
export function playStream(video: StreamedVideo, address: string, otherwise: string): () => void {
  if (!Hls.isSupported()) {
    const isNative = video.canPlayType('application/vnd.apple.mpegurl') !== ''
    video.loop = !isNative
    video.src = isNative ? address : otherwise
    return () => video.removeAttribute('src')
  }
  const hls = new Hls({ backBufferLength: 60, liveSyncDurationCount: 2 })
  let again: ReturnType<typeof setTimeout> | undefined
  hls.on(Hls.Events.ERROR, (_, { fatal, type }) => {
    if (!fatal) return
    if (type === Hls.ErrorTypes.MEDIA_ERROR) return hls.recoverMediaError()
    clearTimeout(again)
    again = setTimeout(() => hls.loadSource(address), 2000)
  })
  hls.loadSource(address)
  hls.attachMedia(video)
  video.hls = hls

  // Behind the page that comes next nothing needs to be loaded.
  const rest = () => hls.stopLoad()
  const wake = ({ persisted }: PageTransitionEvent) => persisted && hls.startLoad(-1)
  addEventListener('pagehide', rest)
  addEventListener('pageshow', wake)
  return () => {
    clearTimeout(again)
    removeEventListener('pagehide', rest)
    removeEventListener('pageshow', wake)
    hls.destroy()
    delete video.hls
  }
}
