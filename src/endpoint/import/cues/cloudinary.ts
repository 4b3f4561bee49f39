import { UnreadableFile, type CueReader, type NamedCue } from './cue-import.ts'
import { nameOf, numberOf, readJsonText, recordOf, recordsOf, type Json } from './json-value.ts'
import { readPercent, readSeconds } from './percent.ts'

/** Seconds that a hotspot stays: theirs is tied to one moment at which the film stands still. */
const hotspotSeconds = 3

/**
 * A Cloudinary shoppable source. A product is listed beside the film in its span, or all the time when it has none; each
 * of its hotspots is a cue of its own with a place on the picture.
 */
export const readCloudinary: CueReader = (text, _options, say) => {
  const file = recordOf(readJsonText(text))
  const products = (recordOf(file?.['shoppable']) ?? file)?.['products']
  if (!Array.isArray(products)) throw new UnreadableFile('expected an object with shoppable.products')
  const cues = products.flatMap((it, index): NamedCue[] => {
    const product = recordOf(it)
    const place = `products[${index}]`
    if (!product) {
      say(place, 'is no object')
      return []
    }
    const id = nameOf(product['productId']) ?? String(index + 1)
    const names = [`#${id}`, ...[product['productName'], lastPart(product['publicId'])].flatMap((name) => nameOf(name) ?? [])]
    const common = { ...(nameOf(product['title']) && { title: nameOf(product['title']) }), ...pressOf(product) }
    const hasSpan = product['startTime'] !== undefined
    const span = {
      id: `product-${id}`,
      start: hasSpan ? numberOf(product['startTime']) : 0,
      ...(hasSpan && product['endTime'] !== undefined && { end: numberOf(product['endTime']) }),
      ...common,
    }
    const hotspots = recordsOf(product['hotspots']).map((hotspot, number) => {
      const start = readSeconds(hotspot['time'])
      return {
        place: `${place}.hotspots[${number}]`,
        names,
        cue: { id: `product-${id}-hotspot-${number + 1}`, start, end: start + hotspotSeconds, at: { x: readPercent(hotspot['x']), y: readPercent(hotspot['y']) }, ...common },
      }
    })
    // A product that only stands on the picture is listed then, not all the time.
    return hasSpan || !hotspots.length ? [{ place, names, cue: span }, ...hotspots] : hotspots
  })
  return { media: {}, objects: [], cues }
}

/** What a press does there, as far as a cue can say it. */
function pressOf(product: Json): Json {
  const press = recordOf(product['onClick'])
  const args = recordOf(press?.['args'])
  const second = press?.['action'] === 'seek' ? readSeconds(args?.['time']) : NaN
  return {
    ...(second >= 0 && { seek: second }),
    ...(press?.['action'] === 'goto' && { follow: true }),
    ...((press?.['pause'] === true || numberOf(press?.['pause']) > 0) && { pause: true }),
  }
}

const lastPart = (path: unknown): unknown => (typeof path === 'string' ? path.replace(/^.*\//, '') : undefined)
