import { CueSheet, LiveCue } from '../contract/cue.ts'
import { parse, type Parsed } from '../contract/parse.ts'
import type { Http, Result } from './http.ts'

/** The cues of a media and their items; `fresh` asks the endpoint even when a cached answer would do. */
export function getCues(http: Http, media: string, fresh = false): Promise<Result<CueSheet>> {
  return http.request(`/media/${encodeURIComponent(media)}/cues`, CueSheet, fresh ? { cache: 'no-cache' } : {})
}

/** One message of a live room. */
export interface LiveMessage {
  /** What to ask for next time: everything after it. */
  id: string
  /** A live cue as JSON. */
  data: string
}

export interface LiveListener {
  /** The stream is open, for the first time or again. */
  open(): void
  cue(message: LiveMessage): void
  /** The endpoint has closed it for good: this stream does not come back by itself. */
  closed(): void
}

/** Follows a live room from after the message `after`, until the returned function is called. */
export function openLive({ base, wire }: Http, room: string, after: string, listener: LiveListener): () => void {
  const stream = wire.stream(`${base}/live/${encodeURIComponent(room)}${after && `?after=${encodeURIComponent(after)}`}`)
  stream.addEventListener('open', () => listener.open())
  stream.addEventListener('cue', ({ data, lastEventId }: MessageEvent<string>) => listener.cue({ id: lastEventId, data }))
  stream.addEventListener('error', () => {
    // Readable state 2 is CLOSED; until then the browser tries again by itself.
    if (stream.readyState === 2) listener.closed()
  })
  return () => stream.close()
}

export function parseLiveCue(data: string): Parsed<LiveCue> {
  try {
    return parse(LiveCue, JSON.parse(data), 'live cue')
  } catch {
    return { value: undefined, issues: ['live cue: expected JSON'] }
  }
}
