import type { Cue, Media } from '../contract/cue.ts'
import type { Report } from '../contract/report.ts'
import type { ImportOptions, ImportSummary } from '../endpoint/import/import-feed.ts'
import type { Dimension } from '../endpoint/store/report.ts'

/** A signal as it was kept, with the moments the endpoint has added. */
export interface KeptSignal {
  id: string
  type: string
  occurredAt: string
  receivedAt?: string
  item?: string
  placement?: string
  media?: string
  second?: number
  ref?: string
  page?: string
}

export interface ReportWish {
  from?: string | undefined
  to?: string | undefined
  by?: Dimension[] | undefined
}

/** One publisher's side of an endpoint, for commands: a running one over the network, or the store of a stopped one. */
export interface Endpoint {
  publisher: string
  report(wish: ReportWish): Promise<Report>
  /** Kept signals that carry the ref, newest first. */
  signalsOf(ref: string): Promise<KeptSignal[]>
  importFeed(source: AsyncIterable<Uint8Array>, feed: string, options: ImportOptions): Promise<ImportSummary>
  /** Puts cues in the place of those that the media has; resolves with what was changed or left out. */
  putCues(media: string, about: Omit<Media, 'id'>, cues: readonly Cue[]): Promise<string[]>
  /** Media that have cues, as far as they are known: a running endpoint names those that its signals name. */
  mediaIds(): Promise<string[]>
  /** The public answer to GET of a path below `/v1/{publisher}/`. */
  get(path: string): Promise<Response>
  close(): Promise<void>
}

/** The answer's JSON; throws the sentence of the problem that came instead. */
export async function readAnswer<T>(response: Response): Promise<T> {
  const text = await response.text()
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error(`The endpoint answered ${response.status} without JSON. Is it a Kanmai?`)
  }
  if (response.ok) return json as T
  const { title, detail } = json as { title?: string; detail?: string }
  throw new Error(detail ?? title ?? `The endpoint answered ${response.status}.`)
}
