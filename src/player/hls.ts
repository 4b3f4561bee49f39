import { dateRangeCues, type DateRangeAttributes } from '../core/date-range.ts'
import { secondOf, startedAt, type Dated } from '../core/programme-time.ts'
import type { StreamCue } from '../core/stream-cue.ts'

/** What is read of an instance of hls.js. */
export interface Hls {
  on(event: string, listener: (event: string, data: never) => void): void
  off(event: string, listener: (event: string, data: never) => void): void
  readonly latestLevelDetails?: Details | null
  readonly levels?: readonly { details?: Details | undefined }[]
  readonly currentLevel?: number
}

interface Details {
  readonly fragments?: readonly Dated[]
  readonly dateRanges?: Readonly<Record<string, { attr?: DateRangeAttributes } | undefined>>
}

/** What hls.js hands on of a piece's ID3 tags. */
export interface HlsMetadata {
  samples?: readonly { pts: number; data: Uint8Array; type?: string }[]
}

export function isHls(engine: object | undefined): engine is Hls {
  return !!engine && 'on' in engine && ('latestLevelDetails' in engine || 'levels' in engine) && 'currentLevel' in engine
}

/** The playlist that is played now, with the seconds at which its pieces stand. */
function detailsOf(hls: Hls): Details | undefined {
  return hls.latestLevelDetails ?? hls.levels?.[hls.currentLevel ?? -1]?.details
}

/** Moment of second 0, as an instance of hls.js knows it. */
export function hlsStartedAt(hls: Hls, second: number): number | undefined {
  return startedAt(detailsOf(hls)?.fragments ?? [], second)
}

/** The cues of a playlist's date ranges; its map of them is more complete than the cues that hls.js makes of it. */
export function hlsCues(hls: Hls): { cues: StreamCue[]; issues: string[] } {
  const { fragments = [], dateRanges = {} } = detailsOf(hls) ?? {}
  const { cues, issues } = dateRangeCues(Object.values(dateRanges).map((it) => it?.attr ?? {}))
  const instant = (moment: number): StreamCue['start'] => ({ second: secondOf(fragments, moment) ?? 0, moment })
  return { cues: cues.map(({ start, end, ...cue }) => ({ ...cue, start: instant(start), end: end === undefined ? end : instant(end) })), issues }
}
