/** Segments that are played over and over, as a stream that never ends. */
export interface Loop {
  /** What the segments have in common (EXT-X-MAP). */
  map?: string
  segments: readonly LoopSegment[]
}

export interface LoopSegment {
  uri: string
  /** Length in seconds, above 0 and below a day. */
  seconds: number
}

// Players keep arrays by discontinuity number, so the first round is not that of 1970.
const firstRound = Date.UTC(2026, 10, 1)

/** Reads an HLS playlist of whole segments. Undefined when it holds none, or something that cannot be played in a loop. */
export function readLoop(playlist: string): Loop | undefined {
  const segments: LoopSegment[] = []
  let map: string | undefined
  let seconds = NaN
  for (const line of playlist.split(/\r?\n/)) {
    if (line.startsWith('#EXTINF:')) seconds = parseFloat(line.slice('#EXTINF:'.length))
    else if (line.startsWith('#EXT-X-MAP:')) map = /URI="([^"]+)"/.exec(line)?.[1]
    else if (line && !line.startsWith('#')) {
      if (!(seconds > 0 && seconds < 86_400)) return undefined
      segments.push({ uri: line, seconds })
      seconds = NaN
    }
  }
  return segments.length ? { ...(map && { map }), segments } : undefined
}

/**
 * The stream's playlist at `now` (milliseconds since 1970): the whole segments that were over by then, of the last
 * `window` seconds. It follows from the clock alone, so every process says the same and none keeps anything.
 */
export function rollingPlaylist(loop: Loop, now: number, window = 60): string {
  const { numberAt } = clockOf(loop)
  const last = numberAt(now) - 1
  return write(loop, Math.min(numberAt(now - window * 1000), last), last, [])
}

/** What the stream showed from one moment to another (milliseconds since 1970), as a playlist that has ended. */
export function recordedPlaylist(loop: Loop, from: number, to: number): string {
  const { numberAt } = clockOf(loop)
  return write(loop, numberAt(from), Math.max(numberAt(from), numberAt(to)), ['#EXT-X-PLAYLIST-TYPE:VOD'])
}

/** Segments are numbered through all rounds of the loop. */
function clockOf({ segments }: Loop) {
  const starts: number[] = []
  let length = 0
  for (const { seconds } of segments) {
    starts.push(length)
    length += seconds * 1000
  }
  return {
    /** Number of the segment that is on at a moment. */
    numberAt(moment: number): number {
      // A clock that stands before it all waits there.
      const since = Math.max(length, moment - firstRound)
      const round = Math.floor(since / length)
      const into = since - round * length
      const next = starts.findIndex((start) => start > into)
      return round * segments.length + (next < 0 ? segments.length : next) - 1
    },
    startOf: (round: number, index: number): number => firstRound + round * length + starts[index]!,
  }
}

function write(loop: Loop, first: number, last: number, head: string[]): string {
  const { map, segments } = loop
  const { startOf } = clockOf(loop)
  const count = segments.length
  const seams = Math.floor(first / count)
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.max(1, ...segments.map(({ seconds }) => Math.round(seconds)))}`,
    `#EXT-X-MEDIA-SEQUENCE:${first}`,
    // Counts the seams that have left the list: one that its first segment still carries is not among them.
    `#EXT-X-DISCONTINUITY-SEQUENCE:${first % count === 0 ? seams - 1 : seams}`,
    ...head,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...(map ? [`#EXT-X-MAP:URI="${map}"`] : []),
  ]
  for (let number = first; number <= last; number++) {
    const index = number % count
    const { uri, seconds } = segments[index]!
    if (index === 0) lines.push('#EXT-X-DISCONTINUITY')
    lines.push(
      `#EXT-X-PROGRAM-DATE-TIME:${new Date(startOf(Math.floor(number / count), index)).toISOString()}`,
      `#EXTINF:${seconds.toFixed(6)},`,
      uri,
    )
  }
  if (head.length) lines.push('#EXT-X-ENDLIST')
  return `${lines.join('\n')}\n`
}
