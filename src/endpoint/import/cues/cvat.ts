import type { Size } from '../../../core/picture-geometry.ts'
import { UnreadableFile, type CueReader } from './cue-import.ts'
import { readFrameRate } from './frame-rate.ts'
import { isSet, numberOf } from './json-value.ts'
import { boxSighting, type SeenObject, type Sighting } from './seen-object.ts'
import { readXmlElements } from './xml-elements.ts'

type Attributes = Readonly<Record<string, string>>
interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** A shape of a track before the frame's size is known for sure. */
interface Shape {
  frame: number
  box: Box
  isOutside: boolean
  isOccluded: boolean
  line: number
}

const shapes = new Set(['box', 'polygon', 'polyline', 'points', 'ellipse', 'mask', 'skeleton'])

/**
 * “CVAT for video” 1.1: tracks of boxes; of other shapes the box around them. An occluded object is hidden, an outside one
 * is gone. Frames are counted in the film, whatever the task's frame filter left out.
 */
export const readCvat: CueReader = (text, options, say) => {
  const tracks: { id: string; label: string; line: number; shapes: Shape[] }[] = []
  const meta: Record<string, string> = {}
  const way: string[] = []
  let root = ''
  let images = 0
  let skeleton: { frame: Attributes; line: number; points: [number, number][]; isOccluded: boolean } | undefined

  const keep = (attributes: Attributes, box: Box | undefined, line: number, isOccluded: boolean): void => {
    const track = tracks.at(-1)!
    const frame = numberOf(attributes['frame'])
    if (!(Number.isSafeInteger(frame) && frame >= 0)) return say(`track ${track.id} (line ${line})`, 'a shape names no frame')
    const isOutside = isSet(attributes['outside'])
    if (!box || Object.values(box).some(Number.isNaN)) return say(`track ${track.id} (line ${line})`, `frame ${frame} has a shape without numbers`)
    track.shapes.push({ frame, box, isOutside, isOccluded, line })
  }

  const broken = readXmlElements(text, {
    open(name, attributes, line) {
      root ||= name
      const parent = way.at(-1)
      // A track that stands elsewhere is none of the file's.
      const inTrack = parent === 'track' && way.at(-2) === 'annotations'
      way.push(name)
      if (name === 'track' && parent === 'annotations') {
        tracks.push({ id: attributes['id'] ?? String(tracks.length), label: attributes['label'] ?? '', line, shapes: [] })
      } else if (name === 'image' && parent === 'annotations') images++
      else if (skeleton && name === 'points') {
        if (!isSet(attributes['outside'])) skeleton.points.push(...pointsOf(attributes['points']))
      } else if (inTrack && name === 'skeleton') {
        skeleton = { frame: attributes, line, points: [], isOccluded: isSet(attributes['occluded']) }
      } else if (inTrack && shapes.has(name)) keep(attributes, boxOf(name, attributes), line, isSet(attributes['occluded']))
    },
    close(name, content) {
      way.pop()
      if (way.includes('meta') && content && !/^(?:attribute|label|segment)$/.test(way.at(-1)!)) meta[`${way.at(-1)} ${name}`] ??= content
      if (name !== 'skeleton' || !skeleton) return
      // Of a skeleton that is nowhere, where its points were does not matter.
      keep({ ...skeleton.frame, ...(!skeleton.points.length && { outside: '1' }) }, around(skeleton.points) ?? nowhere, skeleton.line, skeleton.isOccluded)
      skeleton = undefined
    },
  })
  if (broken && !tracks.length) throw new UnreadableFile(broken)
  if (broken) say('file', `${broken}; what came before it was read`)
  if (root !== 'annotations') throw new UnreadableFile(`the file begins with <${root.slice(0, 50)}>: expected <annotations> of CVAT`)
  if (!tracks.length && images) throw new UnreadableFile('these are annotations of images: export the task from CVAT as “CVAT for video 1.1”')

  const size: Size | undefined = options.size ?? sizeOf(meta['original_size width'], meta['original_size height'])
  if (!size) throw new UnreadableFile('the file does not say how large the frame is: give it by --size, as in 1280x720')
  const fps = options.fps ?? readFrameRate(meta['task fps'] ?? meta['task frame_rate'])
  if (!fps) throw new UnreadableFile('CVAT does not write the frame rate: give it by --fps, as in 30 or 30000/1001')
  const step = Math.max(1, numberOf(/step\s*=\s*(\d+)/.exec(meta['task frame_filter'] ?? '')?.[1]) || 1)

  const objects = tracks.map((track): SeenObject => ({
    id: track.id,
    place: `track ${track.id} (line ${track.line})`,
    names: [`#${track.id}`, ...(track.label ? [track.label] : [])],
    frame: step / fps,
    sightings: track.shapes.flatMap(({ frame, box, isOutside, isOccluded, line }) => {
      const sighting = boxSighting(frame / fps, box, size)
      if (!sighting) say(`track ${track.id} (line ${line})`, `frame ${frame} has a box that is none`)
      const state: Sighting['state'] = isOutside ? 'gone' : isOccluded ? 'hidden' : sighting?.state
      return sighting ? [{ ...sighting, ...(state && { state }) }] : []
    }),
  }))
  return { media: {}, objects, cues: [] }
}

const nowhere: Box = { left: 0, top: 0, width: 0, height: 0 }

function sizeOf(width: string | undefined, height: string | undefined): Size | undefined {
  const size = { width: numberOf(width), height: numberOf(height) }
  return size.width > 0 && size.height > 0 ? size : undefined
}

/** The upright box around a shape. */
function boxOf(shape: string, attributes: Attributes): Box | undefined {
  const at = (name: string): number => numberOf(attributes[name])
  if (shape === 'box') {
    return turned({ left: at('xtl'), top: at('ytl'), width: at('xbr') - at('xtl'), height: at('ybr') - at('ytl') }, at('rotation'))
  }
  if (shape === 'ellipse') {
    return turned({ left: at('cx') - at('rx'), top: at('cy') - at('ry'), width: 2 * at('rx'), height: 2 * at('ry') }, at('rotation'))
  }
  if (shape === 'mask') return { left: at('left'), top: at('top'), width: at('width'), height: at('height') }
  return around(pointsOf(attributes['points']))
}

/** The upright box around a box that is turned about its centre. */
function turned({ left, top, width, height }: Box, degrees: number): Box {
  const angle = ((degrees || 0) * Math.PI) / 180
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))]
  const [across, down] = [width * cos + height * sin, width * sin + height * cos]
  return { left: left + (width - across) / 2, top: top + (height - down) / 2, width: across, height: down }
}

/** Points as in `12.5,40;80,41`. */
function pointsOf(text = ''): [number, number][] {
  return text.split(';').filter(Boolean).map((pair) => {
    const [x, y] = pair.split(',')
    return [numberOf(x), numberOf(y)]
  })
}

function around(points: readonly [number, number][]): Box | undefined {
  if (!points.length) return undefined
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    ;[left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)]
  }
  return { left, top, width: right - left, height: bottom - top }
}
