import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { film, type Lane } from '../frame-lock/film.ts'
import { framesOf, readSpots, type Spots } from '../frame-lock/spots.ts'

const width = 1280
const height = 900

/** A point of the screen, in pixels from its upper left corner. */
export interface Place {
  x: number
  y: number
}

/** A screen in memory, and what ffmpeg reads from it. */
export interface Screen {
  /** Its name for programs that draw on it. */
  display: string
  /** Where the film's picture is; undefined when it is not seen. */
  findFilm(): Promise<Place | undefined>
  /** The spots on the film at each sixtieth of a second. */
  watch(place: Place, lane: Lane, seconds: number): Promise<Spots[]>
  close(): void
}

export async function openScreen(): Promise<Screen> {
  // It takes a number that is free, and tells it when it is ready.
  const server = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const close = (): void => void server.kill()
  process.once('exit', close)
  const [number] = (await Promise.race([once(server.stdout, 'data'), once(server, 'exit').then(() => [])])) as [Buffer?]
  if (!number) throw new Error('Xvfb did not start')
  const display = `:${String(number).trim()}`
  const grab = (size: string, from: string, ...more: string[]): string[] => ['-f', 'x11grab', '-draw_mouse', '0', '-framerate', '60', '-video_size', size, ...more, '-i', `${display}${from}`]
  return {
    display,
    async findFilm() {
      let place: Place | undefined
      await framesOf([...grab(`${width}x${height}`, ''), '-frames:v', '1'], width * height, (pixels) => (place = filmOn(pixels)))
      return place
    },
    watch: ({ x, y }, lane, seconds) => readSpots(grab(`${film.width}x${film.height}`, `+${x},${y}`, '-t', String(seconds)), lane),
    close() {
      process.off('exit', close)
      close()
    },
  }
}

/** Where the film's first row of plain ground is on a grey picture of the screen. */
export function filmOn(pixels: Buffer): Place | undefined {
  for (let y = 0; y <= height - film.height; y++) {
    let row = 0
    for (let x = 0; x < width; x++) {
      row = Math.abs(pixels[y * width + x]! - film.ground) < 8 ? row + 1 : 0
      // The page beside it is black.
      if (row === film.width) return { x: x + 1 - film.width, y }
    }
  }
  return undefined
}
