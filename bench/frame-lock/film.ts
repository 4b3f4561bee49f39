import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One measurement's rows on the picture: an object at `speed` film pixels a second, its twin, and where markers for it are drawn. */
export interface Lane {
  speed: number
  twin: number
  object: number
  marker: number
}

/** Both lanes run at 300 px/s on the screen: the first at rate 1, the second at rate 2. Their rows are heights in pixels. */
export const lanes = {
  1: { speed: 300, twin: 62, object: 102, marker: 142 },
  2: { speed: 150, twin: 338, object: 298, marker: 258 },
} as const satisfies Record<number, Lane>

/** Whole to-and-fro runs of both lanes, so that a loop goes on where it ends. `ground` is how bright it is where nothing runs, of 255. */
export const film = { width: 640, height: 360, seconds: 25.6, left: 60, way: 480, box: 32, ground: 0x20 }

export const frameRates = { '24': 24, '25': 25, '29.97': 30000 / 1001, '30': 30, '50': 50, '60': 60 } as const
export type FrameRate = keyof typeof frameRates
/** In order, which an object's own keys have not. */
export const everyFrameRate: readonly FrameRate[] = ['24', '25', '29.97', '30', '50', '60']

/** Where the middle of an object stands at a second, in pixels from the left. */
export function middleAt(second: number, speed: number): number {
  const { left, way, box } = film
  return left + box / 2 + way - Math.abs(way - ((speed * second) % (2 * way)))
}

/** The film of one frame rate, made once and kept in the temporary directory. Drawn to fractions of a pixel: the marker's place is not rounded either. */
export async function testFilm(rate: FrameRate): Promise<string> {
  const home = join(tmpdir(), 'kanmai-bench-films')
  const path = join(home, `runs-3-${rate}.mp4`)
  if (existsSync(path)) return path
  mkdirSync(home, { recursive: true })
  const unfinished = `${path}.${process.pid}.mp4`
  const { width, height, seconds } = film
  const fps = rate === '29.97' ? '30000/1001' : rate
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'gray', '-s', `${width}x${height}`, '-r', fps, '-i', '-']
  const code = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '12', '-pix_fmt', 'yuv420p', '-g', '60', '-movflags', '+faststart']
  const ffmpeg = spawn('ffmpeg', ['-v', 'error', '-y', ...raw, ...code, unfinished], { stdio: ['pipe', 'ignore', 'pipe'] })
  const complaint: string[] = []
  ffmpeg.stderr.on('data', (words: Buffer) => complaint.push(String(words)))
  const ended = once(ffmpeg, 'close')
  const count = Math.round(seconds * frameRates[rate])
  for (let frame = 0; frame < count; frame++) {
    if (!ffmpeg.stdin.write(picture(frame / frameRates[rate]))) await once(ffmpeg.stdin, 'drain')
  }
  ffmpeg.stdin.end()
  const [failed] = (await ended) as [number]
  if (failed) throw new Error(complaint.join('').split('\n')[0])
  renameSync(unfinished, path)
  return path
}

function picture(second: number): Buffer {
  const { width, height, box, ground } = film
  const pixels = Buffer.alloc(width * height, ground)
  for (const { speed, twin, object } of Object.values(lanes)) {
    const left = middleAt(second, speed) - box / 2
    const row = Buffer.alloc(width, ground)
    for (let x = Math.floor(left); x < left + box; x++) {
      const covered = Math.min(x + 1, left + box) - Math.max(x, left)
      row[x] = Math.round(ground + covered * 0xc0)
    }
    for (const middle of [twin, object]) {
      for (let y = middle - box / 2; y < middle + box / 2; y++) row.copy(pixels, y * width)
    }
  }
  return pixels
}
