import { open, type FileHandle } from 'node:fs/promises'
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.xml': 'application/xml; charset=utf-8',
  '.tsv': 'text/tab-separated-values; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.vtt': 'text/vtt; charset=utf-8',
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.ts': 'video/mp2t',
  '.mp4': 'video/mp4',
  '.m4s': 'video/iso.segment',
  '.webm': 'video/webm',
  '.mp3': 'audio/mpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

const compress = promisify(gzip)
const compressible = /^text\/|json|xml|javascript/
const mostCompressed = 2_000_000
/** Compressed bodies by path; the tag says of which state of the file. */
const compressed = new Map<string, { tag: string; body: Buffer }>()

/**
 * Answers GET and HEAD with a file: types, validators, one byte range (players seek by them), gzip for text. Undefined
 * when there is no such file. The path must be safe already.
 */
export async function staticFile(request: Request, path: string, headers: Record<string, string>): Promise<Response | undefined> {
  let file: FileHandle
  try {
    file = await open(path)
  } catch {
    return undefined
  }
  let passedOn = false
  try {
    const stat = await file.stat()
    if (!stat.isFile()) return undefined
    const type = types[extname(path).toLowerCase()] ?? 'application/octet-stream'
    const range = request.headers.get('range')
    const small = compressible.test(type) && stat.size <= mostCompressed
    const zipped = small && !range && /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')
    const tag = `${stat.size.toString(36)}-${Math.floor(stat.mtimeMs).toString(36)}`
    const etag = zipped ? `"${tag}-gz"` : `"${tag}"`
    const modified = new Date(Math.floor(stat.mtimeMs / 1000) * 1000)
    const common: Record<string, string> = {
      ...headers,
      'content-type': type,
      etag,
      'last-modified': modified.toUTCString(),
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      ...(small && { vary: 'Accept-Encoding' }),
    }
    if (isUnchanged(request, etag, modified)) return new Response(null, { status: 304, headers: common })

    const head = request.method === 'HEAD'
    if (zipped) {
      let kept = compressed.get(path)
      if (kept?.tag !== tag) {
        kept = { tag, body: await compress(await file.readFile(), { level: 9 }) }
        compressed.set(path, kept)
      }
      const sized = { ...common, 'content-encoding': 'gzip', 'content-length': `${kept.body.length}` }
      return new Response(head ? null : new Uint8Array(kept.body), { headers: sized })
    }

    const asked = range && isRangeValid(request, etag, modified) ? readRange(range, stat.size) : undefined
    if (asked === 'none') return new Response(null, { status: 416, headers: { ...common, 'content-range': `bytes */${stat.size}` } })
    const { start, end } = asked ?? { start: 0, end: stat.size - 1 }
    const status = asked ? 206 : 200
    if (asked) common['content-range'] = `bytes ${start}-${end}/${stat.size}`
    common['content-length'] = `${end - start + 1}`
    if (head || end < start) return new Response(null, { status, headers: common })
    passedOn = true
    return new Response(Readable.toWeb(file.createReadStream({ start, end })) as ReadableStream, { status, headers: common })
  } finally {
    // A stream closes its file itself, also when the client leaves.
    if (!passedOn) await file.close()
  }
}

function isUnchanged(request: Request, etag: string, modified: Date): boolean {
  const tags = request.headers.get('if-none-match')
  if (tags) return tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*')
  const since = request.headers.get('if-modified-since')
  return since !== null && modified.getTime() <= Date.parse(since)
}

/** A range of a file that has changed meanwhile would be a piece of another one. */
function isRangeValid(request: Request, etag: string, modified: Date): boolean {
  const condition = request.headers.get('if-range')
  return condition === null || condition === etag || Date.parse(condition) === modified.getTime()
}

/** Undefined for what a server may ignore: other units, several ranges. `none` when it lies outside the file. */
export function readRange(header: string, size: number): { start: number; end: number } | 'none' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim())
  if (!match || (!match[1] && !match[2])) return undefined
  const first = match[1] ? Number(match[1]) : Math.max(0, size - Number(match[2]))
  const last = match[1] && match[2] ? Math.min(Number(match[2]), size - 1) : size - 1
  if (match[1] && match[2] && Number(match[2]) < first) return undefined
  return first >= size ? 'none' : { start: first, end: last }
}
