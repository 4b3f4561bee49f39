import { id3Payload, type Id3Frame } from '../core/id3.ts'

/** What a cue of a metadata track says, in seconds of the player. */
export interface TrackPayload {
  id: string
  start: number
  end: number | undefined
  payload: string
  /** Whether somebody meant it for us, so that what is wrong with it is worth saying. */
  ours: boolean
  kind: 'vtt' | 'id3' | 'range'
  at?: string
}

/** A cue as browsers, hls.js and video.js make it of what a stream carries. */
type DataCue = TextTrackCue & { text?: string; value?: Partial<Id3Frame> & { description?: unknown; owner?: unknown } }

/** A metadata track as it was read last, to be read again when there is more of it. */
export type TrackMark = readonly [count: number, first: unknown, last: unknown, end: number | undefined]

/** A track of what came in the stream. In WebKit video.js has an element without an address make it, and can only label it. */
const isInBand = (track: TextTrack, element: HTMLTrackElement | undefined): boolean =>
  element ? !element.src && track.label === 'Timed Metadata' : !!track.inBandMetadataTrackDispatchType

const isOurs = ({ label, id }: TextTrack, element: Element | undefined): boolean =>
  !!element?.hasAttribute('data-kanmai') || label.startsWith('kanmai') || id.startsWith('kanmai')

/**
 * The payloads of a player's metadata tracks that have others than at `marks`, which is kept up to date. A track that is
 * labelled `kanmai` (or has such an id, or `data-kanmai`) is ours, and one that came in the stream may be: both are
 * hidden instead of disabled so that they load. Others are read as far as the page loads them itself.
 */
export function trackPayloads(
  tracks: Iterable<TextTrack>,
  elements: readonly HTMLTrackElement[],
  marks: WeakMap<TextTrack, TrackMark> = new WeakMap(),
): TrackPayload[] {
  return [...tracks].flatMap((track) => {
    if (track.kind !== 'metadata') return []
    const element = elements.find((it) => it.track === track)
    const ours = isOurs(track, element)
    if (track.mode === 'disabled' && (ours || isInBand(track, element))) track.mode = 'hidden'
    const cues = (track.cues ?? []) as ArrayLike<DataCue>
    const last = cues[cues.length - 1]
    const mark: TrackMark = [cues.length, cues[0], last, last?.endTime]
    const before = marks.get(track)
    if (before && mark.every((it, index) => it === before[index])) return []
    marks.set(track, mark)
    return payloadsOf(Array.from(cues), ours)
  })
}

/**
 * Where the cues of date ranges belong. Each attribute is a cue of its own, and in Safari without the range's id: those of
 * one time belong together, in order, where there are several ranges of that time.
 */
function placesOf(cues: readonly DataCue[]): Map<DataCue, string> {
  const named = new Map<string, { products: DataCue[]; places: string[] }>()
  for (const cue of cues) {
    const { key, data } = cue.value ?? {}
    const name = `${cue.id} ${cue.startTime} ${cue.endTime}`
    const range = named.get(name) ?? { products: [], places: [] }
    named.set(name, range)
    if (key === 'X-COM-KANMAI-CUE') range.products.push(cue)
    if (key === 'X-COM-KANMAI-AT') range.places.push(String(data))
  }
  return new Map([...named.values()].flatMap(({ products, places }) => places.map((place, index) => [products[index]!, place] as const)))
}

function payloadsOf(cues: readonly DataCue[], ours: boolean): TrackPayload[] {
  const places = placesOf(cues)
  return cues.flatMap((cue): TrackPayload[] => {
    const { id, startTime: start, endTime, text = '', value } = cue
    const end = endTime > start && endTime < Number.MAX_VALUE ? endTime : undefined
    if (!value) return [{ id, start, end, payload: text, ours, kind: 'vtt' }]
    const { key = '', data, info, description, owner } = value
    if (key === 'X-COM-KANMAI-CUE') {
      const at = places.get(cue)
      return [{ id, start, end, payload: String(data), ours: true, kind: 'range', ...(at && { at }) }]
    }
    // video.js has other names for what browsers and hls.js call `info`.
    const payload = id3Payload({ key, info: info ?? description ?? owner, data })
    return payload === undefined ? [] : [{ id: '', start, end: undefined, payload, ours: true, kind: 'id3' }]
  })
}
