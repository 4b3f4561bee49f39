import { UnreadableFile, type CueReader, type NamedCue } from './cue-import.ts'
import { isSet, listOf, nameOf, numberOf, readJsonText, recordOf, recordsOf, type Json } from './json-value.ts'
import { readPercent } from './percent.ts'

/** The configuration of js-cloudimage-video-hotspot: hotspots in percent, their keyframes straight or Catmull–Rom. */
export const readScaleflex: CueReader = (text, _options, say) => {
  const file = recordOf(readJsonText(text))
  if (!Array.isArray(file?.['hotspots'])) throw new UnreadableFile('expected an object with hotspots')
  const cues = file['hotspots'].flatMap((it, index): NamedCue[] => {
    const hotspot = recordOf(it)
    const place = `hotspots[${index}]${nameOf(hotspot?.['id']) ? ` (${nameOf(hotspot?.['id'])})` : ''}`
    if (!hotspot) {
      say(place, 'is no object')
      return []
    }
    if (hotspot['startTime'] === undefined) {
      say(place, 'has no startTime: it was left out')
      return []
    }
    if (nameOf(hotspot['easing']) && hotspot['easing'] !== 'linear') say(place, `its way is even instead of ${nameOf(hotspot['easing'])}`)
    const data = recordOf(hotspot['data'])
    const id = nameOf(hotspot['id']) ?? `hotspot-${index + 1}`
    const names = [`#${id}`, ...[data?.['sku'], hotspot['label'], data?.['title']].flatMap((name) => nameOf(name) ?? [])]
    const at = { x: readPercent(hotspot['x']), y: readPercent(hotspot['y']) }
    const isPlaced = hotspot['x'] !== undefined || hotspot['y'] !== undefined
    const keyframes = keyframesOf(hotspot)
    const pauses = isSet(hotspot['pauseOnInteract']) || isSet(hotspot['pauseOnShow'])
    const cue = {
      id,
      start: numberOf(hotspot['startTime']),
      ...(hotspot['endTime'] !== undefined && { end: numberOf(hotspot['endTime']) }),
      ...(isPlaced && { at }),
      ...(keyframes.length && { track: { interpolation: hotspot['interpolation'] === 'catmull-rom' ? 'spline' : 'linear', keyframes } }),
      ...(nameOf(hotspot['label']) && { title: nameOf(hotspot['label']) }),
      ...(pauses && { pause: true }),
    }
    return [{ place, names, cue }]
  })
  const chapters = recordsOf(file['chapters']).map((it) => ({ start: numberOf(it['startTime']), title: nameOf(it['title']) }))
  return { media: { ...(chapters.length && { chapters }) }, objects: [], cues }
}

const keyframesOf = (hotspot: Json): unknown[] =>
  listOf(hotspot['keyframes']).map((it) => {
    const key = recordOf(it)
    return { t: numberOf(key?.['time']), x: readPercent(key?.['x']), y: readPercent(key?.['y']) }
  })
