import type { DateRangeAttributes } from '../core/date-range.ts'
import type { Dated } from '../core/programme-time.ts'
import type { Playlist } from './playlist.ts'

/** A piece as http-streaming keeps it: `start` is known once it was loaded. */
interface Segment {
  readonly start?: number
  readonly duration?: number
  readonly programDateTime?: number
  readonly dateTimeObject?: Date
}

interface Media {
  readonly segments?: readonly Segment[]
  readonly dateRanges?: readonly Readonly<Record<string, unknown>>[]
  readonly mediaSequence?: number
  readonly endList?: boolean
  readonly syncInfo?: { readonly mediaSequence: number; readonly time: number }
}

interface VideoJs {
  tech?(safely: object): { vhs?: { playlists?: { media?(): Media | undefined } } } | undefined
}

const nothing: readonly never[] = []

/** A name of http-streaming (`xComKanmaiCue`) as the playlist writes it. */
const written = (name: string): string => name.replace(/[A-Z]/g, '-$&').toUpperCase()

/** Every piece with its start, counted on and back from the nearest one that was loaded. */
function pieces({ segments = nothing, mediaSequence = 0, endList, syncInfo }: Media): readonly Dated[] {
  const lasts = (index: number): number => segments[index]?.duration ?? 0
  let anchor = segments.findIndex(({ start }) => start !== undefined)
  let start = segments[anchor]?.start
  if (start === undefined && syncInfo && segments.length) {
    anchor = Math.min(Math.max(0, syncInfo.mediaSequence - mediaSequence), segments.length - 1)
    start = syncInfo.time
  }
  // A recording begins at second 0; where a live playlist stands nobody knows before it plays.
  if (start === undefined && endList) anchor = start = 0
  if (start === undefined) return nothing
  for (let index = anchor - 1; index >= 0; index--) start -= lasts(index)
  return segments.map(({ start: own, duration = 0, programDateTime, dateTimeObject }) => {
    const from = own ?? start!
    start = from + duration
    return { start: from, duration, programDateTime: programDateTime ?? dateTimeObject?.getTime() ?? null }
  })
}

/** The playlist that the http-streaming of a video.js player plays now. */
export function vhsPlaylist(engine: object | undefined): Playlist | undefined {
  const { tech } = (engine ?? {}) as VideoJs
  // video.js warns of everybody who asks for its tech without an argument.
  const media = typeof tech === 'function' ? tech.call(engine, {})?.vhs?.playlists?.media?.() : undefined
  if (!media) return undefined
  const { segments = nothing, dateRanges = nothing } = media
  return {
    kept: [media, dateRanges, dateRanges.length],
    segments,
    pieces: () => pieces(media),
    ranges: () => dateRanges.map((it) => Object.fromEntries(Object.entries(it).map(([name, value]) => [written(name), value])) as DateRangeAttributes),
  }
}
