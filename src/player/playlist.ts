import { dateRangeCues, type DateRangeAttributes } from '../core/date-range.ts'
import { secondOf, type Dated } from '../core/programme-time.ts'
import type { StreamCue } from '../core/stream-cue.ts'

/** The playlist that an engine plays now, as far as its dates and date ranges go. */
export interface Playlist {
  /** What the engine keeps; while nothing of it is replaced and no piece is moved, the playlist says the same. */
  readonly kept: readonly unknown[]
  /** The engine's pieces; those that it has not loaded may be without a start. */
  readonly segments: readonly { readonly start?: number }[]
  /** The pieces with the seconds of the player at which they stand, in order. */
  pieces(): readonly Dated[]
  ranges(): readonly DateRangeAttributes[]
}

/** Equal as long as the playlist says the same: cheap enough to be asked all the time. */
export function versionOf({ kept, segments }: Playlist): readonly unknown[] {
  let starts = 0
  for (const { start } of segments) starts += start ?? 0
  return [...kept, segments, segments.length, starts]
}

/** The cues of a playlist's date ranges, at the seconds where its pieces have their moments. */
export function playlistCues(playlist: Playlist): { cues: StreamCue[]; issues: string[] } {
  const pieces = playlist.pieces()
  const { cues, issues } = dateRangeCues(playlist.ranges())
  const instant = (moment: number): StreamCue['start'] => ({ second: secondOf(pieces, moment) ?? 0, moment })
  return { cues: cues.map(({ start, end, ...cue }) => ({ ...cue, start: instant(start), end: end === undefined ? end : instant(end) })), issues }
}
