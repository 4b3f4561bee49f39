import { LiveCue, RoomState } from '../contract/cue.ts'
import { parse, type Parsed } from '../contract/parse.ts'
import type { Read, Schema } from '../contract/read.ts'
import type { Http } from './http.ts'

/** One message of a live room. */
export interface LiveMessage {
  type: 'cue' | 'room'
  /**
   * Of a cue: its number. What to ask for next time is everything after it. Of the first word on the room since the stream
   * was opened: the number after which it was asked for.
   */
  id: string
  /** A live cue, or how the room stands, as JSON. */
  data: string
}

export interface LiveListener {
  /** The stream is open, for the first time or again. */
  open(): void
  message(message: LiveMessage): void
  /** The endpoint has closed it for good: this stream does not come back by itself. */
  closed(): void
}

/** Follows a live room from after the message `after`, until the returned function is called. */
export function openLive({ base, wire }: Http, room: string, after: string, listener: LiveListener): () => void {
  const stream = wire.stream(`${base}/live/${encodeURIComponent(room)}${after && `?after=${encodeURIComponent(after)}`}`)
  let isFirst = true
  let left = false
  stream.addEventListener('open', () => {
    // WebKit opens it again, though it was closed, when its page comes back from the back/forward cache.
    if (left) return stream.close()
    isFirst = true
    listener.open()
  })
  stream.addEventListener('cue', ({ data, lastEventId: id }: MessageEvent<string>) => listener.message({ type: 'cue', id, data }))
  stream.addEventListener('room', ({ data, lastEventId }: MessageEvent<string>) => {
    listener.message({ type: 'room', id: isFirst ? lastEventId || after : '', data })
    isFirst = false
  })
  stream.addEventListener('error', () => {
    // Readable state 2 is CLOSED; until then the browser tries again by itself.
    if (stream.readyState === 2) listener.closed()
  })
  return () => {
    left = true
    stream.close()
  }
}

export const parseLiveCue = (data: string): Parsed<LiveCue> => parseEvent(LiveCue, data, 'live cue')

export const parseRoomState = (data: string): Parsed<RoomState> => parseEvent(RoomState, data, 'live room')

function parseEvent<S extends Schema>(schema: S, data: string, name: string): Parsed<Read<S>> {
  try {
    return parse(schema, JSON.parse(data), name)
  } catch {
    return { value: undefined, issues: [`${name}: expected JSON`] }
  }
}
