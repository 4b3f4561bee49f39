import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { readFrameRate } from '../../endpoint/import/cues/frame-rate.ts'

const run = promisify(execFile)

export interface FilmFile {
  width: number
  height: number
  /** Frames a second. */
  fps: number
  /** Seconds; undefined when the file does not say. */
  duration: number | undefined
}

/** What a film file is. Throws a sentence when ffprobe is missing or cannot read it. */
export async function probeFilm(file: string): Promise<FilmFile> {
  const entries = 'stream=width,height,avg_frame_rate,duration:format=duration'
  const { stdout } = await call('ffprobe', ['-v', 'error', '-select_streams', 'v:0', '-show_entries', entries, '-of', 'json', file])
  const { streams: [stream] = [], format } = JSON.parse(stdout) as { streams?: Record<string, string>[]; format?: { duration?: string } }
  const fps = readFrameRate(stream?.['avg_frame_rate'])
  if (!stream || !fps) throw new Error(`${file} has no moving picture in it.`)
  const duration = Number(stream['duration'] ?? format?.duration)
  return { width: Number(stream['width']), height: Number(stream['height']), fps, duration: duration > 0 ? duration : undefined }
}

/** Writes the frame that stands at a second, `width` pixels wide. */
export async function writeFrame(file: string, second: number, fps: number, width: number, out: string): Promise<void> {
  // Half a frame early, so that the first frame found is the one meant and not the next.
  const from = Math.max(0, Math.floor(second * fps + 1e-6) / fps - 0.5 / fps)
  await call('ffmpeg', ['-v', 'error', '-y', '-ss', from.toFixed(5), '-i', file, '-frames:v', '1', '-vf', `scale=${width}:-2`, '-q:v', '2', out])
}

async function call(command: string, args: string[]): Promise<{ stdout: string }> {
  try {
    return await run(command, args, { maxBuffer: 16_000_000 })
  } catch (error) {
    const { code, stderr = '' } = error as { code?: string; stderr?: string }
    if (code === 'ENOENT') throw new Error(`${command} is not installed, and without it a film cannot be looked into: install ffmpeg, or leave out --file.`, { cause: error })
    throw new Error(stderr.trim().split('\n').at(-1) || `${command} cannot read the film.`, { cause: error })
  }
}
