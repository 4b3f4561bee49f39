import { UnreadableFile, type CueReader } from './cue-import.ts'
import { boxSighting, withHoles, type SeenObject } from './seen-object.ts'

/** Below it most of an object is behind others: MOT challenges do not count it either. */
const leastVisible = 0.25
/** Two columns of a file with the truth in it follow the confidence: class and visibility. */
const truthColumns = 9

/**
 * MOTChallenge text: `frame, id, left, top, width, height, confidence, …` a line, frames and pixels counted from 1. In a
 * file with the truth (9 columns) confidence 0 means “do not count”, the 8th column is the class, the 9th how much is visible.
 */
export const readMot: CueReader = (text, { size, fps }, say) => {
  if (!size) throw new UnreadableFile('the file does not say how large the frame is: give imWidth and imHeight of seqinfo.ini by --size, as in 1920x1080')
  if (!fps) throw new UnreadableFile('the file names no frame rate: give frameRate of seqinfo.ini by --fps, as in 30')
  const objects = new Map<string, SeenObject>()
  let ignored = 0
  let line = 0
  for (let from = 0; from < text.length; ) {
    const to = text.indexOf('\n', from)
    const row = text.slice(from, to < 0 ? text.length : to).trim()
    from = to < 0 ? text.length : to + 1
    line++
    if (!row || row.startsWith('#')) continue
    const cells = row.split(/[,;\s]+/, 12).map((cell) => (cell ? Number(cell) : NaN))
    const [frame = NaN, id = NaN, left = NaN, top = NaN, width = NaN, height = NaN, confidence = 1, kind = NaN, visible = 1] = cells
    // Some put a line of names above the numbers.
    if (line === 1 && Number.isNaN(frame) && Number.isNaN(id)) continue
    const place = `line ${line}`
    if (!(Number.isInteger(frame) && frame >= 1 && Number.isInteger(id))) {
      say(place, 'expected a frame of 1 or more and the number of an object')
      continue
    }
    const isTruth = cells.length === truthColumns
    if (isTruth && confidence === 0) {
      ignored++
      continue
    }
    const sighting = boxSighting((frame - 1) / fps, { left: left - 1, top: top - 1, width, height }, size)
    if (!sighting) {
      say(place, 'expected left, top, width and height in pixels')
      continue
    }
    const names = isTruth && Number.isInteger(kind) ? [`#${id}`, `class ${kind}`] : [`#${id}`]
    const object = objects.get(String(id)) ?? { id: String(id), place: `object ${id}`, names, sightings: [], frame: 1 / fps }
    objects.set(object.id, object)
    object.sightings.push(isTruth && visible < leastVisible ? { ...sighting, state: 'hidden' } : sighting)
  }
  if (ignored) say('file', `${ignored} boxes of confidence 0 were left out, as the format wants it`)
  for (const object of objects.values()) object.sightings = withHoles(object.sightings, object.frame)
  return { media: {}, objects: [...objects.values()], cues: [] }
}
