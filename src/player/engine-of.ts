/** What the parts of a player are called where players keep them. */
interface Keeper {
  hls?: unknown
  api?: unknown
}

/**
 * Whatever plays a stream into a media element: the hls.js instance that a page left on it as `hls`, that a
 * `<hls-video>` keeps as `api`, or the video.js player around it.
 */
export function engineOf(box: HTMLElement): object | undefined {
  const { hls, api } = box as Keeper
  const around = box.closest<HTMLElement & { player?: unknown }>('.video-js')
  const found = hls ?? api ?? around?.player
  return typeof found === 'object' && found ? found : undefined
}

/** Whether a media element's stream may say more than its player does. */
export function hasMore(box: HTMLElement & { textTracks?: Iterable<TextTrack> | null }): boolean {
  return !!engineOf(box) || [...(box.textTracks ?? [])].some(({ kind }) => kind === 'metadata')
}
