// Cuts the film into the segments of the live demo: demo/public/live/{init.mp4, 00.m4s …, segments.m3u8}. Needs ffmpeg.
//
//     node demo/studio/segments.mjs [FILM]
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

const home = fileURLToPath(new URL('..', import.meta.url))
const film = process.argv[2] ?? join(home, 'public/film/film-01.mp4')
const out = join(home, 'public/live')
const seconds = 2
const frameRate = 30
const mostBytes = 5_000_000

mkdirSync(out, { recursive: true })
for (const name of readdirSync(out)) if (/\.(m4s|mp4|m3u8)$/.test(name)) rmSync(join(out, name))

const group = String(seconds * frameRate)
const { status } = spawnSync(
  'ffmpeg',
  [
    '-hide_banner', '-loglevel', 'error', '-y', '-i', film,
    '-map', '0:v:0', '-map', '0:a:0?', '-vf', 'scale=960:540:flags=lanczos', '-r', String(frameRate), '-pix_fmt', 'yuv420p',
    // Closed groups of exactly one segment, and no picture out of order: nothing hangs over the seam where the film begins again.
    '-c:v', 'libx264', '-profile:v', 'main', '-preset', 'slow', '-crf', '25', '-maxrate', '560k', '-bufsize', '1120k', '-bf', '0',
    '-g', group, '-keyint_min', group, '-sc_threshold', '0', '-flags', '+cgop',
    '-c:a', 'aac', '-b:a', '64k', '-ac', '2', '-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact',
    '-f', 'hls', '-hls_time', String(seconds), '-hls_playlist_type', 'vod', '-hls_flags', 'independent_segments',
    '-hls_segment_type', 'fmp4', '-hls_fmp4_init_filename', 'init.mp4', '-hls_segment_filename', join(out, '%02d.m4s'),
    join(out, 'segments.m3u8'),
  ],
  { stdio: ['ignore', 'inherit', 'inherit'] },
)
if (status !== 0) process.exit(status ?? 1)

const bytes = readdirSync(out).reduce((sum, name) => sum + statSync(join(out, name)).size, 0)
console.log(`${readdirSync(out).length} files, ${bytes} bytes`)
if (bytes > mostBytes) {
  console.error(`more than ${mostBytes} bytes: lower -maxrate`)
  process.exit(1)
}
