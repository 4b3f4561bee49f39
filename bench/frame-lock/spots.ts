import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { film, type Lane } from './film.ts'

/** Where on one captured picture the object, its burnt-in twin and the markers stand, in pixels from the left. */
export interface Spots {
  object: number
  twin: number
  marker: number
}

const frameBytes = film.width * film.height
/** Brighter than the film's ground and what a picture's compression adds to it. */
const ground = 0x30

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

/** Runs ffmpeg, which answers with grey pictures of the film's size, and finds the spots on each. */
export async function readSpots(input: readonly string[], lane: Lane, feed: readonly Buffer[] = []): Promise<Spots[]> {
  const ffmpeg = spawn('ffmpeg', ['-v', 'error', ...input, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'gray', '-'], { stdio: ['pipe', 'pipe', 'pipe'] })
  const complaint: string[] = []
  ffmpeg.stderr.on('data', (words: Buffer) => complaint.push(String(words)))
  const ended = once(ffmpeg, 'close')
  const spots: Spots[] = []
  let chunks: Buffer[] = []
  let held = 0
  ffmpeg.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    held += chunk.length
    if (held < frameBytes) return
    let rest = Buffer.concat(chunks)
    for (; rest.length >= frameBytes; rest = rest.subarray(frameBytes)) {
      const found = spotsOf(rest, lane)
      if (found) spots.push(found)
    }
    chunks = [rest]
    held = rest.length
  })
  for (const picture of feed) if (!ffmpeg.stdin.write(picture)) await once(ffmpeg.stdin, 'drain')
  ffmpeg.stdin.end()
  const [code] = (await ended) as [number]
  if (code) throw new Error(`ffmpeg: ${complaint.join('').split('\n')[0]}`)
  return spots
}

/** The spots on JPEG pictures. */
export const readJpegs = (pictures: readonly Buffer[], lane: Lane): Promise<Spots[]> => readSpots(['-f', 'image2pipe', '-c:v', 'mjpeg', '-i', '-'], lane, pictures)
