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
type DataCue = TextTrackCue & { text?: string; type?: string; value?: { key?: string; data?: unknown } & Partial<Id3Frame> }

const isOurs = ({ label, id }: TextTrack, element: Element | undefined): boolean =>
  !!element?.hasAttribute('data-kanmai') || label.startsWith('kanmai') || id.startsWith('kanmai')

/**
 * The payloads of a player's metadata tracks. One that is labelled `kanmai` (or has such an id, or `data-kanmai`) is
 * ours, and one that came in the stream may be: both are hidden instead of disabled so that they load. Others are read
 * as far as the page loads them itself.
 */
export function trackPayloads(tracks: Iterable<TextTrack>, elements: readonly HTMLTrackElement[]): TrackPayload[] {
  return [...tracks].flatMap((track) => {
    if (track.kind !== 'metadata') return []
    const element = elements.find((it) => it.track === track)
    const ours = isOurs(track, element)
    if (track.mode === 'disabled' && (ours || (!element && track.inBandMetadataTrackDispatchType))) track.mode = 'hidden'
    const cues = [...((track.cues ?? []) as ArrayLike<DataCue> & Iterable<DataCue>)]
    const places = new Map(cues.flatMap((it) => (it.value?.key === 'X-COM-KANMAI-AT' ? [[`${it.id} ${it.startTime}`, String(it.value.data)]] : [])))
    return cues.flatMap((cue): TrackPayload[] => {
      const { id, startTime: start, endTime, text = '', value } = cue
      const end = endTime > start && endTime < Number.MAX_VALUE ? endTime : undefined
      if (!value) return [{ id, start, end, payload: text, ours, kind: 'vtt' }]
      if (value.key === 'X-COM-KANMAI-CUE') {
        const at = places.get(`${id} ${start}`)
        return [{ id, start, end, payload: String(value.data), ours: true, kind: 'range', ...(at && { at }) }]
      }
      const payload = id3Payload(value as Id3Frame)
      return payload === undefined ? [] : [{ id: '', start, end: undefined, payload, ours: true, kind: 'id3' }]
    })
  })
}
