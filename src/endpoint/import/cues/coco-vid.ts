import type { Size } from '../../../core/picture-geometry.ts'
import { UnreadableFile, type CueReader, type Say } from './cue-import.ts'
import { readFrameRate } from './frame-rate.ts'
import { isSet, listOf, nameOf, numberOf, readJsonText, recordOf, recordsOf, type Json } from './json-value.ts'
import { boxSighting, withHoles, type SeenObject, type Sighting } from './seen-object.ts'

/** An image of the chosen video: which frame it is, counted from 0. */
interface Frame {
  frame: number
  width: number
  height: number
}

/**
 * COCO with videos: `videos`, `images` with `video_id` and `frame_id` (or `frame_index`, or a number in `file_name`), and
 * `annotations` with `bbox` and `track_id` or `instance_id`. Also the form with one annotation a track and a list `bboxes`.
 */
export const readCocoVid: CueReader = (text, options, say) => {
  const file = recordOf(readJsonText(text))
  if (!file || !Array.isArray(file['annotations'])) throw new UnreadableFile('expected an object with images and annotations (COCO)')
  const video = chosenVideo(file, options.media, say)
  const fps = options.fps ?? readFrameRate(video?.['fps'] ?? video?.['frame_rate'] ?? recordOf(file['info'])?.['fps'])
  if (!fps) throw new UnreadableFile('the file names no frame rate: give it by --fps')

  const { frames, step } = framesOf(file, video, say)
  const whole = options.size ?? sizeOf(video)
  const categories = new Map(listOf(file['categories']).map((it) => [nameOf(recordOf(it)?.['id']), nameOf(recordOf(it)?.['name'])]))
  const objects = new Map<string, SeenObject>()

  listOf(file['annotations']).forEach((it, index) => {
    const place = `annotations[${index}]`
    const annotation = recordOf(it)
    if (!annotation) return say(place, 'is no object')
    if (video && annotation['video_id'] !== undefined && nameOf(annotation['video_id']) !== nameOf(video['id'])) return
    const isWhole = Array.isArray(annotation['bboxes'])
    const id = nameOf(annotation['track_id'] ?? annotation['instance_id'] ?? (isWhole ? annotation['id'] : undefined))
    if (id === undefined) return say(place, 'says not which object it is: it needs a track_id or instance_id')
    const label = categories.get(nameOf(annotation['category_id'])) ?? nameOf(annotation['category_id'])
    const object = objects.get(id) ?? { id, place: `object ${id}`, names: label === undefined ? [`#${id}`] : [`#${id}`, label], sightings: [], frame: step / fps }
    objects.set(id, object)
    const add = (frame: number, box: unknown, size: Size | undefined, at: string): void => {
      const sighting = sightingOf(frame / fps, box, size)
      if (typeof sighting === 'string') say(at, sighting)
      else object.sightings.push(isSet(annotation['occluded'] ?? annotation['is_occluded']) ? { ...sighting, state: 'hidden' } : sighting)
    }
    if (isWhole) {
      listOf(annotation['bboxes']).forEach((box, frame) => box !== null && add(frame, box, whole, `${place}.bboxes[${frame}]`))
      return
    }
    const frame = frames.get(nameOf(annotation['image_id']))
    if (frame) add(frame.frame, annotation['bbox'], options.size ?? sizeOf(frame) ?? whole, place)
    else if (annotation['video_id'] !== undefined || !video) say(place, `image ${String(annotation['image_id'])} is not among the images`)
  })
  for (const object of objects.values()) object.sightings = withHoles(object.sightings, object.frame)
  return { media: { title: nameOf(video?.['name']) }, objects: [...objects.values()], cues: [] }
}

function sightingOf(t: number, box: unknown, size: Size | undefined): Sighting | string {
  if (!size) return 'the frame has no size: give it by --size, as in 1280x720'
  const [left = NaN, top = NaN, width = NaN, height = NaN] = listOf(box).map(numberOf)
  return boxSighting(t, { left, top, width, height }, size) ?? 'expected a bbox of four numbers [left, top, width, height]'
}

function sizeOf(it: { width?: unknown; height?: unknown } | undefined): Size | undefined {
  const [width, height] = [numberOf(it?.width), numberOf(it?.height)]
  return width > 0 && height > 0 ? { width, height } : undefined
}

/** The only video, or the one that is called as the media is. */
function chosenVideo(file: Json, media: string | undefined, say: Say): Json | undefined {
  const videos = recordsOf(file['videos'])
  if (videos.length < 2) return videos[0]
  const namesOf = (video: Json): (string | undefined)[] => [video['id'], video['name'], video['file_name']].map(nameOf)
  const bare = (name: string | undefined): string | undefined => name?.replace(/^.*\//, '').replace(/\.\w+$/, '')
  const found = videos.find((video) => media !== undefined && namesOf(video).some((name) => name === media || bare(name) === media))
  if (found) return found
  const names = videos.map((video) => namesOf(video).findLast((name) => name !== undefined)).join(', ')
  say('videos', `${videos.length} of them, and none is called as the media is: the first was read of ${names.slice(0, 200)}`)
  return videos[0]
}

function framesOf(file: Json, video: Json | undefined, say: Say): { frames: Map<string | undefined, Frame>; step: number } {
  const frames = new Map<string | undefined, Frame>()
  const numbers: number[] = []
  listOf(file['images']).forEach((it, index) => {
    const image = recordOf(it)
    if (!image || (video && image['video_id'] !== undefined && nameOf(image['video_id']) !== nameOf(video['id']))) return
    const frame = [image['frame_id'], image['frame_index'], numberIn(image['file_name'])].map(numberOf).find((n) => n >= 0 && n < 1e9)
    if (frame === undefined) return say(`images[${index}]`, 'says not which frame it is: it needs a frame_id')
    numbers.push(frame)
    frames.set(nameOf(image['id']), { frame, width: numberOf(image['width']), height: numberOf(image['height']) })
  })
  numbers.sort((a, b) => a - b)
  // Some count from 0, some from 1; the first frame of the film is among the images.
  if (numbers[0] === 1) for (const frame of frames.values()) frame.frame--
  let step = Infinity
  numbers.forEach((n, index) => {
    if (index && n > numbers[index - 1]!) step = Math.min(step, n - numbers[index - 1]!)
  })
  return { frames, step: step < Infinity ? step : 1 }
}

/** The last number in a file's name: `shot/000123.jpg` is frame 123. */
function numberIn(name: unknown): string | undefined {
  return typeof name === 'string' ? /(\d+)\D*$/.exec(name.replace(/\.\w+$/, ''))?.[1] : undefined
}
