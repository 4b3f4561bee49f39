import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import type { Size } from '../core/picture-geometry.ts'
import { cueFormats, type CueFormat, type CueImport, type CueImportOptions } from '../endpoint/import/cues/cue-import.ts'
import { readFrameRate } from '../endpoint/import/cues/frame-rate.ts'
import { importCues } from '../endpoint/import/cues/import-cues.ts'
import { textOf as textOfFile } from '../endpoint/import/text-of.ts'
import { catalogueItems } from './catalogue-items.ts'
import { textOf, UsageError, type CommandIo, type OptionSpecs, type Values } from './command.ts'
import { connect } from './connect.ts'
import type { Endpoint } from './endpoint.ts'
import { itemFinder, readItemNames } from './item-names.ts'

/** As far as a catalogue is looked through for titles. */
const mostItems = 20_000
const mostBytes = 400_000_000

export const cueOptions = {
  media: { type: 'string' },
  fps: { type: 'string' },
  size: { type: 'string' },
  items: { type: 'string' },
  tolerance: { type: 'string' },
  gap: { type: 'string' },
  shortest: { type: 'string' },
} as const satisfies OptionSpecs

export const cueHelp = `Cues of a film, from annotations or other players’ hotspots, are read with --media:

  --media ID        whose cues they become; they take the place of those it has
  --format F        ${cueFormats.join(', ')} (default: seen from the file)
  --items A=B,…     which item a label or object number means, as in lamp=arc-lamp,#7=vase; or a CSV file with a
                    label and an item a line. Without it: the item with that id, or that title
  --fps N           frames a second, as in 25 or 30000/1001: needed by cvat and mot
  --size WxH        the frame in pixels, as in 1280x720: needed by mot
  --tolerance N     how far a simplified track may be off, as a fraction of the frame (default: 0.005)
  --gap N           seconds for which an object may be hidden within one cue (default: 0.5)
  --shortest N      seconds below which an object’s stay makes no cue (default: 0)`

export const isCueImport = (values: Values): boolean =>
  values['media'] !== undefined || cueFormats.some((format) => format === values['format'])

/** `kanmai import FILE --media ID`: resolves to the exit code. */
export async function importCuesCommand([file, ...more]: string[], values: Values, io: CommandIo): Promise<number> {
  if (!file || more.length) throw new UsageError('Cues are read from one FILE at a time, or - for stdin.')
  const options = readOptions(values)
  const names = readItemNames(textOf(values, 'items'))
  const isDry = values['dry-run'] === true
  const endpoint = await connect(values, io.env).catch((error: Error) => {
    if (!isDry) throw error
    io.note(`${error.message} No catalogue was asked: labels count as ids of items.`)
    return undefined
  })
  try {
    const { text, issues } = await readText(file)
    const itemOf = endpoint ? itemFinder(names, await catalogueItems(endpoint, mostItems)) : saidOr(names)
    const read = importCues(text, { ...options, itemOf })
    const result: CueImport = { ...read, issues: [...issues, ...read.issues] }
    const id = result.media.id
    const name = file === '-' ? 'stdin' : basename(file)
    if (id === undefined && result.cues.length) throw new UsageError('--media says whose cues they are: the file does not.')
    if (endpoint && id !== undefined && result.cues.length && !isDry) result.issues.push(...(await endpoint.putCues(id, result.media, result.cues)))
    for (const issue of result.issues) io.note(`${name}: ${issue}`)
    report(result, name, isDry || !endpoint, endpoint, io)
    if (values['json']) io.say(JSON.stringify({ ...(endpoint && { publisher: endpoint.publisher }), dryRun: isDry, ...result }, null, 2))
    return result.cues.length ? 0 : 1
  } finally {
    await endpoint?.close()
  }
}

function report({ format, media, cues, stats }: CueImport, name: string, isDry: boolean, endpoint: Endpoint | undefined, io: CommandIo): void {
  const { keyframesIn, keyframesOut, largestError } = stats
  const tracks = keyframesIn ? `, ${keyframesIn} keyframes → ${keyframesOut}, at most ${(largestError * 100).toFixed(2)} % of the frame off` : ''
  const kept = isDry ? 'would be put' : cues.length ? 'put' : 'nothing was put'
  io.note(`${name}: ${format}, ${cues.length} cues ${kept}${tracks} → ${endpoint?.publisher ?? '–'}/${media.id ?? ''}`)
}

/** Without a catalogue: what was said, else the label itself. */
const saidOr = (said: ReadonlyMap<string, string>) => (names: readonly string[]) =>
  said.get(names.find((name) => said.has(name)) ?? '') ?? names.find((name) => !name.startsWith('#')) ?? names[0]?.slice(1)

async function readText(file: string): Promise<{ text: string; issues: string[] }> {
  const issues: string[] = []
  const pieces: string[] = []
  let bytes = 0
  const source: AsyncIterable<Uint8Array> = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1024 * 1024 })
  const count = (more: number): void => {
    bytes += more
    if (bytes > mostBytes) throw new Error(`${file} is larger than ${mostBytes / 1e6} MB: split it by its objects.`)
  }
  try {
    for await (const piece of textOfFile(source, count, (issue) => issues.push(`file: ${issue}`))) pieces.push(piece)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new UsageError(`There is no file ${file}.`)
    if (code === 'EISDIR') throw new UsageError(`${file} is a folder; name a file.`)
    throw error
  }
  return { text: pieces.join(''), issues }
}

function readOptions(values: Values): CueImportOptions {
  const format = textOf(values, 'format') as CueFormat | undefined
  if (format && !cueFormats.includes(format)) throw new UsageError(`Cues have no format ${format}: take one of ${cueFormats.join(', ')}.`)
  const rate = textOf(values, 'fps')
  const fps = rate === undefined ? undefined : readFrameRate(rate)
  if (rate !== undefined && !fps) throw new UsageError(`--fps is ${rate}; it must be frames a second, as in 25 or 30000/1001.`)
  return {
    format,
    fps,
    media: textOf(values, 'media'),
    size: readSize(textOf(values, 'size')),
    tolerance: readNumber(values, 'tolerance', 0.5),
    gap: readNumber(values, 'gap', 3600),
    shortest: readNumber(values, 'shortest', 3600),
  }
}

function readSize(text: string | undefined): Size | undefined {
  if (text === undefined) return undefined
  const [, width, height] = /^(\d{1,5})[x×](\d{1,5})$/i.exec(text) ?? []
  if (!Number(width) || !Number(height)) throw new UsageError(`--size is ${text}; it must be width and height in pixels, as in 1280x720.`)
  return { width: Number(width), height: Number(height) }
}

function readNumber(values: Values, name: string, most: number): number | undefined {
  const text = textOf(values, name)
  if (text === undefined) return undefined
  const value = Number(text)
  if (!text.trim() || !(value >= 0 && value <= most)) throw new UsageError(`--${name} is ${text}; it must be a number from 0 to ${most}.`)
  return value
}
