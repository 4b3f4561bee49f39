import { UnreadableFile, type CueImportOptions, type CueReader, type Say } from './cue-import.ts'
import { isSet, listOf, nameOf, numberOf, readJsonText, recordOf, recordsOf, type Json } from './json-value.ts'
import { sightingAt, type SeenObject, type Sighting } from './seen-object.ts'

/**
 * Label Studio's JSON (full or minimal) with `videorectangle` regions: keyframes in percent, frames counted from 1. A
 * keyframe that is not `enabled` is the last one of a stay; without one the region stays to the film's end.
 */
export const readLabelStudio: CueReader = (text, options, say) => {
  const json = readJsonText(text)
  const tasks = Array.isArray(json) ? recordsOf(json) : recordsOf([json])
  const task = chosenTask(tasks, options.media, say)
  if (!task) throw new UnreadableFile('expected a task of Label Studio, or a list of them')

  const objects: SeenObject[] = []
  let duration: number | undefined
  regionsOf(task, say).forEach(({ region, value }, index) => {
    if (!Array.isArray(value['sequence'])) return
    const place = `region ${nameOf(region['id']) ?? index + 1}`
    const rate = rateOf(value, options)
    if (!rate) return say(place, 'has no framesCount and duration that would give the frame rate: give it by --fps')
    const seconds = numberOf(value['duration'])
    if (seconds > 0 && seconds < 1e7) duration = Math.max(duration ?? 0, seconds)
    const labels = [...listOf(value['labels']), ...listOf(value['rectanglelabels'])].flatMap((it) => nameOf(it) ?? [])
    objects.push({
      id: nameOf(region['id']) ?? String(index + 1),
      place,
      names: [`#${nameOf(region['id']) ?? index + 1}`, ...labels],
      frame: 1 / rate,
      sightings: sightingsOf(listOf(value['sequence']), rate, seconds, ratioOf(region, options), place, say),
    })
  })
  if (!objects.length) say('file', 'no region of the task is a rectangle of a video (videorectangle)')
  return { media: { duration }, objects, cues: [] }
}

function sightingsOf(sequence: readonly unknown[], rate: number, duration: number, ratio: number | undefined, place: string, say: Say): Sighting[] {
  const frame = 1 / rate
  let last: { sighting: Sighting; isEnabled: boolean } | undefined
  const sightings = sequence.flatMap((it, index) => {
    const key = recordOf(it) ?? {}
    const number = numberOf(key['frame'])
    const [x, y, w, h] = ['x', 'y', 'width', 'height'].map((name) => numberOf(key[name]) / 100) as [number, number, number, number]
    const angle = ((numberOf(key['rotation']) || 0) * Math.PI) / 180
    if (angle && !ratio) say(`${place}.sequence[${index}]`, 'is turned, and how wide the frame is to its height is not known: --size makes it exact')
    const box = turned({ x, y, w, h }, angle, ratio ?? 16 / 9)
    const sighting = number >= 1 ? sightingAt((number - 1) / rate, box.x, box.y, box.w, box.h) : undefined
    if (!sighting) {
      say(`${place}.sequence[${index}]`, 'expected a frame of 1 or more, x, y, width and height in percent')
      return []
    }
    const isEnabled = key['enabled'] === undefined || isSet(key['enabled'])
    if (!last || sighting.t >= last.sighting.t) last = { sighting, isEnabled }
    return isEnabled ? [sighting] : [sighting, { ...sighting, t: sighting.t + frame, state: 'gone' as const }]
  })
  if (last?.isEnabled && duration > last.sighting.t + frame) sightings.push({ ...last.sighting, t: duration, state: 'gone' })
  return sightings
}

/** Centre and upright size of a box that is turned about its upper left corner; `ratio` is the frame's width to its height. */
function turned(box: { x: number; y: number; w: number; h: number }, angle: number, ratio: number): { x: number; y: number; w: number; h: number } {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [across, down] = [box.w * ratio, box.h]
  return {
    x: box.x + (across * cos - down * sin) / 2 / ratio,
    y: box.y + (across * sin + down * cos) / 2,
    w: (Math.abs(across * cos) + Math.abs(down * sin)) / ratio,
    h: Math.abs(across * sin) + Math.abs(down * cos),
  }
}

function rateOf(value: Json, { fps }: CueImportOptions): number | undefined {
  const rate = fps ?? numberOf(value['framesCount']) / numberOf(value['duration'])
  return rate > 0 && rate <= 1000 ? rate : undefined
}

function ratioOf(region: Json, { size }: CueImportOptions): number | undefined {
  const ratio = size ? size.width / size.height : numberOf(region['original_width']) / numberOf(region['original_height'])
  return ratio > 0 && ratio < 100 ? ratio : undefined
}

/** The only task, or the one whose film is called as the media is. */
function chosenTask(tasks: readonly Json[], media: string | undefined, say: Say): Json | undefined {
  if (tasks.length < 2 || media === undefined) {
    if (tasks.length > 1) say('file', `${tasks.length} tasks: the first was read`)
    return tasks[0]
  }
  const found = tasks.find((task) => {
    const texts = Object.values(recordOf(task['data']) ?? task).filter((it) => typeof it === 'string')
    return nameOf(task['id']) === media || texts.some((it) => it.replace(/^.*\//, '').replace(/\.\w+$/, '') === media)
  })
  if (!found) say('file', `${tasks.length} tasks, and none is of a film called as the media is: the first was read`)
  return found ?? tasks[0]
}

/** The regions of the task's first annotation that was not cancelled, else of its first prediction; or of its minimal form. */
function regionsOf(task: Json, say: Say): { region: Json; value: Json }[] {
  const annotations = recordsOf(task['annotations'])
  const kept = annotations.filter((it) => !isSet(it['was_cancelled']))
  if (kept.length > 1) say('annotations', `${kept.length} of them: the first was read`)
  const chosen = kept[0] ?? recordsOf(task['predictions'])[0]
  if (chosen) return recordsOf(chosen['result']).map((region) => ({ region, value: recordOf(region['value']) ?? {} }))
  return Object.values(task).flatMap((it) => recordsOf(it)).map((value) => ({ region: value, value }))
}
