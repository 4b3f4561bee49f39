import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { film, type Lane } from './film.ts'

/** Where on one captured picture the object, its burnt-in twin and the markers stand, in pixels from the left. */
export interface Spots {
  object: number
  twin: number
  marker: number
}

/** Brighter than the film's ground and what a picture's compression adds to it. */
const ground = film.ground + 0x10

/** Middle of what is bright on the rows around `height`; undefined when nothing is. */
function middleOf(pixels: Buffer, height: number): number | undefined {
  let weight = 0
  let sum = 0
  for (let y = height - 4; y <= height + 4; y++) {
    for (let x = 0; x < film.width; x++) {
      const light = Math.max(0, pixels[y * film.width + x]! - ground)
      weight += light
      sum += light * (x + 0.5)
    }
  }
  return weight > 9 * 8 * 100 ? sum / weight : undefined
}

export function spotsOf(pixels: Buffer, lane: Lane): Spots | undefined {
  const [object, twin, marker] = [lane.object, lane.twin, lane.marker].map((height) => middleOf(pixels, height))
  return object === undefined || twin === undefined || marker === undefined ? undefined : { object, twin, marker }
}

/** Runs ffmpeg, which answers with grey pictures of `size` bytes, and hands each on. `feed` is what it reads from its standard input. */
export async function framesOf(input: readonly string[], size: number, take: (pixels: Buffer) => void, feed: readonly Buffer[] = []): Promise<void> {
  const ffmpeg = spawn('ffmpeg', ['-v', 'error', ...input, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'gray', '-'], { stdio: ['pipe', 'pipe', 'pipe'] })
  const complaint: string[] = []
  ffmpeg.stderr.on('data', (words: Buffer) => complaint.push(String(words)))
  const ended = once(ffmpeg, 'close')
  let chunks: Buffer[] = []
  let held = 0
  ffmpeg.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    held += chunk.length
    if (held < size) return
    let rest = Buffer.concat(chunks)
    for (; rest.length >= size; rest = rest.subarray(size)) take(rest.subarray(0, size))
    chunks = [rest]
    held = rest.length
  })
  for (const picture of feed) if (!ffmpeg.stdin.write(picture)) await once(ffmpeg.stdin, 'drain')
  ffmpeg.stdin.end()
  const [code] = (await ended) as [number]
  if (code) throw new Error(`ffmpeg: ${complaint.join('').split('\n')[0]}`)
}

/** The spots on each picture of the film that ffmpeg reads. */
export async function readSpots(input: readonly string[], lane: Lane, feed: readonly Buffer[] = []): Promise<Spots[]> {
  const spots: Spots[] = []
  const take = (pixels: Buffer): void => {
    const found = spotsOf(pixels, lane)
    if (found) spots.push(found)
  }
  await framesOf(input, film.width * film.height, take, feed)
  return spots
}

/** The spots on JPEG pictures. */
export const readJpegs = (pictures: readonly Buffer[], lane: Lane): Promise<Spots[]> => readSpots(['-f', 'image2pipe', '-c:v', 'mjpeg', '-i', '-'], lane, pictures)
