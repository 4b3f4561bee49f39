import { CueSheet } from '../contract/cue.ts'
import type { Http, Result } from './http.ts'

/** The cues of a media and their items; `fresh` asks the endpoint even when a cached answer would do. */
export function getCues(http: Http, media: string, fresh = false): Promise<Result<CueSheet>> {
  return http.request(`/media/${encodeURIComponent(media)}/cues`, CueSheet, fresh ? { cache: 'no-cache' } : {})
}
