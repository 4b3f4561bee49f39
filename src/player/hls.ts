import type { DateRangeAttributes } from '../core/date-range.ts'
import type { Dated } from '../core/programme-time.ts'
import type { Playlist } from './playlist.ts'

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

const nothing: readonly never[] = []

export function isHls(engine: object | undefined): engine is Hls {
  return !!engine && 'on' in engine && ('latestLevelDetails' in engine || 'levels' in engine) && 'currentLevel' in engine
}

/** The playlist that an instance of hls.js plays now; its map of date ranges says more than the cues that it makes of it. */
export function hlsPlaylist(hls: Hls): Playlist {
  const details = hls.latestLevelDetails ?? hls.levels?.[hls.currentLevel ?? -1]?.details
  const { fragments = nothing, dateRanges } = details ?? {}
  return {
    kept: [details, dateRanges],
    segments: fragments,
    pieces: () => fragments,
    ranges: () => Object.values(dateRanges ?? {}).map((it) => it?.attr ?? {}),
  }
}
