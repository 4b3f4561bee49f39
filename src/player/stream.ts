import { toJson } from '../contract/to-json.ts'
import { id3Frames, id3Payload } from '../core/id3.ts'
import type { Player } from '../core/player.ts'
import { startedAt } from '../core/programme-time.ts'
import { readPayload, type Instant, type StreamCue } from '../core/stream-cue.ts'
import { engineOf } from './engine-of.ts'
import { hlsPlaylist, isHls, type Hls, type HlsMetadata } from './hls.ts'
import { playlistCues, versionOf, type Playlist } from './playlist.ts'
import { trackPayloads, type TrackMark, type TrackPayload } from './track-cues.ts'
import { vhsPlaylist } from './vhs.ts'

/** What a stream says beyond what its player does. */
export interface StreamReader {
  cues(): readonly StreamCue[]
  issues(): readonly string[]
  stop(): void
}

/** So many flaws of a stream are named: a track that was meant for somebody else has one in every cue. */
const named = 20

interface Parts {
  textTracks?: ArrayLike<TextTrack> | (() => ArrayLike<TextTrack>)
  nativeEl?: HTMLElement
}

/**
 * Reads the dates and cues of a player's stream: date ranges and ID3 of hls.js and of video.js, and
 * metadata tracks. `given`
 * is the engine that the page names, `now` the clock (milliseconds since 1970) for streams without dates; `changed` is
 * called when there are other cues.
 */
export function readStream(player: Player<HTMLElement>, given: () => object | undefined, now: () => number, changed: () => void): StreamReader {
  const { box } = player
  const engine = (): object | undefined => given() ?? engineOf(box)
  const playlistOf = (it: object | undefined): Playlist | undefined => (isHls(it) ? hlsPlaylist(it) : vhsPlaylist(it))
  let hls: Hls | undefined
  let version: readonly unknown[] = []
  let found: ReturnType<typeof playlistCues> = { cues: [], issues: [] }
  let heard = ''
  // Whether something else than the playlist said more since it was told.
  let fresh = false
  let marks = new WeakMap<TextTrack, TrackMark>()
  let shown: readonly StreamCue[] = []
  let issues: readonly string[] = []
  // What passed in the stream is kept, for the viewer may go back.
  const kept = new Map<string, StreamCue>()
  const flaws = new Map<string, string[]>()

  player.dates = (second) => {
    const playlist = playlistOf(engine())
    return playlist && startedAt(playlist.pieces(), second)
  }

  const instant = (second: number): Instant => {
    const date = player.startedAt(second)
    return { second, moment: date === undefined ? now() + (second - player.second()) * 1000 : date + second * 1000 }
  }

  const take = ({ id, start, end, payload, ours, kind, at }: TrackPayload): void => {
    const key = `${kind} ${start} ${id} ${payload}`
    const before = kept.get(key)
    if (before) {
      if (end === before.end?.second) return
      before.end = end === undefined ? undefined : instant(end)
      fresh = true
      return
    }
    if (flaws.has(key)) return
    // Nobody vouches for text on a track that is not ours: a cue as JSON speaks for itself.
    if (!ours && !payload.trim().startsWith('{')) return
    // A stream that says one id after the other means one place, where the next takes over from the last.
    const fallback = id || (kind === 'id3' ? 'id3' : kind === 'range' ? `${kind} ${start} ${payload}` : `${kind} ${start}`)
    const { said, issues } = readPayload(payload, fallback, `${kind === 'id3' ? 'ID3' : 'track cue'} at ${Number(start.toFixed(3))} s`)
    flaws.set(key, ours ? issues : [])
    fresh = true
    if (!said) return
    const [x = NaN, y = NaN] = (at ?? '').split(',').map(Number)
    const point = Number.isFinite(x) && Number.isFinite(y) ? { x, y } : undefined
    kept.set(key, { id: fallback, start: instant(start), end: end === undefined ? end : instant(end), at: point, said })
  }

  const handleMetadata = (_: string, { samples = [] }: HlsMetadata): void => {
    for (const { pts, data } of samples) {
      const { frames, broken } = id3Frames(data)
      if (broken) {
        flaws.set(`id3 ${pts}`, [`ID3 at ${Number(pts.toFixed(3))} s: expected a whole tag`])
        fresh = true
      }
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
    marks = new WeakMap()
    fresh = true
  }

  const follow = (next: Hls | undefined): void => {
    hls?.off('hlsFragParsingMetadata', handleMetadata)
    hls?.off('hlsManifestLoading', forget)
    if (hls) forget()
    hls = next
    hls?.on('hlsFragParsingMetadata', handleMetadata)
    hls?.on('hlsManifestLoading', forget)
  }

  // Asked a few times a second, with thousands of cues: what nobody touched is not looked into.
  const look = (): void => {
    const it = engine()
    const next = isHls(it) ? it : undefined
    if (next !== hls) follow(next)
    const playlist = playlistOf(it)
    const now = playlist ? versionOf(playlist) : []
    if (now.length !== version.length || now.some((part, index) => part !== version[index])) {
      version = now
      found = playlist ? playlistCues(playlist) : { cues: [], issues: [] }
      // A live playlist is replaced every few seconds and mostly says the same.
      const said = toJson(found)
      fresh ||= said !== heard
      heard = said
    }
    const media = ((box as Parts).nativeEl ?? box) as HTMLElement & Parts
    const around = (it as Parts | undefined)?.textTracks
    // The list of video.js has a length and no iterator.
    const tracks = new Set([media.textTracks, typeof around === 'function' ? around.call(it) : around].flatMap((list) => Array.from((list ?? []) as ArrayLike<TextTrack>)))
    // A playlist says the same better than the cues that players make of it.
    for (const payload of trackPayloads(tracks, [...media.querySelectorAll('track')], marks)) if (!(playlist && payload.kind === 'range')) take(payload)
    if (!fresh) return
    fresh = false
    shown = [...found.cues, ...kept.values()]
    const all = [...found.issues, ...[...flaws.values()].flat()]
    issues = all.length > named ? [...all.slice(0, named), `stream: more than ${named} cues are wrong, only the first are named`] : all
    changed()
  }

  const unfollow = player.follow((change) => change !== 'frame' && look())
  // A track may come when the player rests; its event does not bubble.
  box.addEventListener('load', look, true)
  look()
  return {
    cues: () => shown,
    issues: () => issues,
    stop() {
      unfollow()
      box.removeEventListener('load', look, true)
      follow(undefined)
      player.dates = undefined
    },
  }
}
