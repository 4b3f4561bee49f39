import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readLoop, recordedPlaylist, rollingPlaylist } from './rolling-playlist.ts'

// A recording that was asked for by mistake must not become a list of millions.
const longestRecording = 2 * 3_600_000

/**
 * Answers the demo's live stream, made of the segments in `folder`: `stream.m3u8` as it rolls, and
 * `recording.m3u8?from=&to=` (moments) as it was. Undefined when there are no segments, or for another name.
 */
export async function demoStream(request: Request, folder: string, name: string, now: number): Promise<Response | undefined> {
  if (name !== 'stream.m3u8' && name !== 'recording.m3u8') return undefined
  const loop = readLoop(await readFile(join(folder, 'segments.m3u8'), 'utf8').catch(() => ''))
  if (!loop) return undefined
  if (name === 'stream.m3u8') return answer(request, rollingPlaylist(loop, now), 'public, max-age=1')

  const { searchParams } = new URL(request.url)
  const from = Date.parse(searchParams.get('from') ?? '')
  const to = Math.min(Date.parse(searchParams.get('to') ?? '') || now, now)
  if (!(to - from >= 0 && to - from <= longestRecording)) {
    const words = 'Say from= and to= as moments, at most two hours apart: recording.m3u8?from=2026-11-23T14:00:00Z&to=2026-11-23T14:10:00Z\n'
    return new Response(words, { status: 400, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  }
  return answer(request, recordedPlaylist(loop, from, to), 'public, max-age=300')
}

function answer(request: Request, playlist: string, cache: string): Response {
  const headers = {
    'content-type': 'application/vnd.apple.mpegurl',
    'cache-control': cache,
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'Date, Age',
    'x-content-type-options': 'nosniff',
  }
  return new Response(request.method === 'HEAD' ? null : playlist, { headers })
}
