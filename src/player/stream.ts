import { id3Frames, id3Payload } from '../core/id3.ts'
import type { Player } from '../core/player.ts'
import { readPayload, type Instant, type StreamCue } from '../core/stream-cue.ts'
import { engineOf } from './engine-of.ts'
import { hlsCues, hlsStartedAt, isHls, type Hls, type HlsMetadata } from './hls.ts'
import { trackPayloads, type TrackPayload } from './track-cues.ts'

/** What a stream says beyond what its player does. */
export interface StreamReader {
  cues(): readonly StreamCue[]
  issues(): readonly string[]
  stop(): void
}

interface Parts {
  textTracks?: Iterable<TextTrack> | (() => Iterable<TextTrack>)
  nativeEl?: HTMLElement
}

/**
 * Reads the dates and cues of a player's stream: date ranges and ID3 of an hls.js instance, and metadata tracks. `given`
 * is the engine that the page names, `now` the clock (milliseconds since 1970) for streams without dates; `changed` is
 * called when there are other cues.
 */
export function readStream(player: Player<HTMLElement>, given: () => object | undefined, now: () => number, changed: () => void): StreamReader {
  const { box } = player
  const engine = (): object | undefined => given() ?? engineOf(box)
  let hls: Hls | undefined
  let heard = ''
  let ranges: StreamCue[] = []
  let shown: readonly StreamCue[] = []
  let issues: readonly string[] = []
  // What passed in the stream is kept, for the viewer may go back.
  const kept = new Map<string, StreamCue>()
  const flaws = new Map<string, string[]>()

  player.dates = (second) => {
    const it = engine()
    return isHls(it) ? hlsStartedAt(it, second) : undefined
  }

  const instant = (second: number): Instant => {
    const date = player.startedAt(second)
    return { second, moment: date === undefined ? now() + (second - player.second()) * 1000 : date + second * 1000 }
  }

  const take = ({ id, start, end, payload, ours, kind, at }: TrackPayload): void => {
    const key = `${kind} ${start} ${id} ${payload}`
    const before = kept.get(key)
    if (before) {
      if (end !== before.end?.second) before.end = end === undefined ? undefined : instant(end)
      return
    }
    if (flaws.has(key)) return
    // Nobody vouches for text on a track that is not ours: a cue as JSON speaks for itself.
    if (!ours && !payload.trim().startsWith('{')) return
    // A stream that says one id after the other means one place, where the next takes over from the last.
    const fallback = id || (kind === 'id3' ? 'id3' : `${kind} ${start}`)
    const { said, issues } = readPayload(payload, fallback, `${kind === 'id3' ? 'ID3' : 'track cue'} at ${Number(start.toFixed(3))} s`)
    flaws.set(key, ours ? issues : [])
    if (!said) return
    const [x = NaN, y = NaN] = (at ?? '').split(',').map(Number)
    const point = Number.isFinite(x) && Number.isFinite(y) ? { x, y } : undefined
    kept.set(key, { id: fallback, start: instant(start), end: end === undefined ? end : instant(end), at: point, said })
  }

  const handleMetadata = (_: string, { samples = [] }: HlsMetadata): void => {
    for (const { pts, data } of samples) {
      const { frames, broken } = id3Frames(data)
      if (broken) flaws.set(`id3 ${pts}`, [`ID3 at ${Number(pts.toFixed(3))} s: expected a whole tag`])
      for (const frame of frames) {
        const payload = id3Payload(frame)
        if (payload) take({ id: '', start: pts, end: undefined, payload, ours: true, kind: 'id3' })
      }
    }
    look()
  }

  const forget = (): void => {
    kept.clear()
    flaws.clear()
  }

  const follow = (next: Hls | undefined): void => {
    hls?.off('hlsFragParsingMetadata', handleMetadata)
    hls?.off('hlsManifestLoading', forget)
    if (hls) forget()
    hls = next
    hls?.on('hlsFragParsingMetadata', handleMetadata)
    hls?.on('hlsManifestLoading', forget)
  }

  const look = (): void => {
    const it = engine()
    const next = isHls(it) ? it : undefined
    if (next !== hls) follow(next)
    const found = hls ? hlsCues(hls) : { cues: [], issues: [] }
    ranges = found.cues
    const media = ((box as Parts).nativeEl ?? box) as HTMLElement & Parts
    const around = (it as Parts | undefined)?.textTracks
    const tracks = new Set([...((media.textTracks as Iterable<TextTrack>) ?? []), ...(typeof around === 'function' ? around.call(it) : [])])
    // The map of an hls.js instance says the same better than the cues that it makes of it.
    for (const payload of trackPayloads(tracks, [...media.querySelectorAll('track')])) if (!(hls && payload.kind === 'range')) take(payload)
    const cues = [...ranges, ...kept.values()]
    const named = [...found.issues, ...[...flaws.values()].flat()]
    const now = JSON.stringify([cues, named])
    if (now === heard) return
    heard = now
    shown = cues
    issues = named
    changed()
  }

  const unfollow = player.follow((change) => change !== 'frame' && look())
  look()
  return {
    cues: () => shown,
    issues: () => issues,
    stop() {
      unfollow()
      follow(undefined)
      player.dates = undefined
    },
  }
}
