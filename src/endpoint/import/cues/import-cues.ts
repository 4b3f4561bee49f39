import { Cue, Media } from '../../../contract/cue.ts'
import { parse } from '../../../contract/parse.ts'
import { isOnPicture } from '../../../core/on-picture.ts'
import { defaultTolerance } from '../../../core/simplify-track.ts'
import { readCloudinary } from './cloudinary.ts'
import { readCocoVid } from './coco-vid.ts'
import { UnreadableFile, type CueFormat, type CueImport, type CueImportOptions, type CueReader, type Named, type Reading } from './cue-import.ts'
import { readCvat } from './cvat.ts'
import { detectFormat } from './detect-format.ts'
import { createIssueList } from './issue-list.ts'
import { readKanmaiJson } from './kanmai-json.ts'
import { readLabelStudio } from './label-studio.ts'
import { readMot } from './mot.ts'
import { objectCues, simplified, type TrackStats } from './object-cues.ts'
import { readScaleflex } from './scaleflex.ts'
import { readVtt } from './vtt.ts'

const readers: Record<CueFormat, CueReader> = {
  cvat: readCvat,
  mot: readMot,
  'coco-vid': readCocoVid,
  'label-studio': readLabelStudio,
  scaleflex: readScaleflex,
  cloudinary: readCloudinary,
  kanmai: readKanmaiJson,
  vtt: readVtt,
}

/** A hand-written track of no more keyframes than this is kept as it was written. */
const mostByHand = 100
const mostCues = 10_000

/**
 * The cues that a file of annotations or hotspots stands for. Objects become tracks of few keyframes within a stated
 * bound; what cannot be used is left out and named. Never throws.
 */
export function importCues(text: string, options: CueImportOptions = {}): CueImport {
  const { say, list } = createIssueList()
  const stats: TrackStats = { keyframesIn: 0, keyframesOut: 0, largestError: 0 }
  const format = options.format ?? detectFormat(text)
  const named = options.media === undefined ? {} : { id: options.media }
  const result: CueImport = { format: format ?? 'unknown', media: named, cues: [], issues: [], stats }
  let reading: Reading
  try {
    if (!format) throw new UnreadableFile('what the file is cannot be seen from its text: say it by --format')
    reading = readers[format](text, options, say)
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    return { ...result, issues: [`file: ${error.message}`, ...list()] }
  }

  const { id = options.media, ...about } = reading.media
  const media = parse(Media, { ...about, id: options.media ?? id ?? 'media' }, 'media')
  for (const issue of media.issues) say('media', issue)
  if (media.value) {
    const { id: _, ...rest } = media.value
    result.media = { ...((options.media ?? id) !== undefined && { id: options.media ?? id }), ...rest }
  }

  const unknown = new Map<string, string[]>()
  const itemOf = (named: Named): string | undefined => {
    const item = options.itemOf ? options.itemOf(named.names) : nameAsItem(named.names)
    const name = named.names.findLast((it) => it) ?? ''
    if (item === undefined) unknown.set(name, [...(unknown.get(name) ?? []), named.place])
    return item
  }
  const { tolerance = defaultTolerance, gap = 0.5, shortest = 0 } = options
  const cues: Cue[] = []
  for (const object of reading.objects) {
    const item = itemOf(object)
    if (item !== undefined) cues.push(...objectCues(object, item, { tolerance, gap, shortest }, stats, say))
  }
  for (const named of reading.cues) {
    const item = itemOf(named)
    const cue = item !== undefined && checkedCue({ ...named.cue, item }, named.place)
    if (cue) cues.push(cue)
  }
  for (const [name, places] of unknown) {
    const where = places.slice(0, 5).join(', ') + (places.length > 5 ? ` and ${places.length - 5} more` : '')
    say(where, name ? `no item is called “${name}”: say which by --items '${name}=ITEM'` : 'names no item')
  }

  function checkedCue(raw: Record<string, unknown>, place: string): Cue | undefined {
    const { value: cue, issues } = parse(Cue, raw, 'cue')
    for (const issue of issues) say(place, issue)
    if (!cue) return undefined
    const { track, at, ...rest } = cue
    const frames = track?.keyframes ?? []
    if (!isOnPicture(cue)) {
      say(place, 'lies off the picture (places are fractions of it, 0..1): it was left out')
      return undefined
    }
    if (frames.length <= mostByHand && options.tolerance === undefined || track?.interpolation === 'spline') {
      stats.keyframesIn += frames.length
      stats.keyframesOut += frames.length
      return cue
    }
    const inOrder = [...new Map(frames.map((it) => [it.t, it])).values()].sort((a, b) => a.t - b.t)
    return { ...rest, ...(at && { at }), ...(inOrder.length && { track: { interpolation: 'linear', keyframes: simplified(inOrder, tolerance, stats) } }) }
  }

  result.cues = withOwnIds(cues).sort((a, b) => a.start - b.start)
  if (result.cues.length > mostCues) {
    say('file', `${result.cues.length} cues, and a media holds at most ${mostCues}: the later ones were left out (--shortest leaves out the shortest)`)
    result.cues.length = mostCues
  }
  result.issues = list()
  return result
}

/** Without a catalogue the file's own words are the items' ids. */
function nameAsItem(names: readonly string[]): string | undefined {
  return names.find((it) => !it.startsWith('#')) ?? names[0]?.slice(1)
}

/** Cues of one id replace each other, which two objects of one name must not. */
function withOwnIds(cues: readonly Cue[]): Cue[] {
  const taken = new Map<string, number>()
  return cues.map((cue) => {
    let { id } = cue
    for (let count = taken.get(id) ?? 1; taken.has(id); taken.set(cue.id, ++count)) id = `${cue.id.slice(0, 190)}~${count + 1}`
    taken.set(id, 1)
    return id === cue.id ? cue : { ...cue, id }
  })
}
