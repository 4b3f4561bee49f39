import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Cue } from '../../src/contract/cue.ts'
import { Item } from '../../src/contract/item.ts'
import { parse } from '../../src/contract/parse.ts'
import { dateRangeCues } from '../../src/core/date-range.ts'
import { id3Frames, id3Payload } from '../../src/core/id3.ts'
import { readPayload } from '../../src/core/stream-cue.ts'
import type { CueFormat } from '../../src/endpoint/import/cues/cue-import.ts'
import { importCues } from '../../src/endpoint/import/cues/import-cues.ts'
import { importFeed, type FeedFormat } from '../../src/endpoint/import/import-feed.ts'
import { readLoop, recordedPlaylist } from '../../src/endpoint/serve/rolling-playlist.ts'
import { consentReaders } from './consent-readers.ts'

/** A parser of what comes from others: what it is fed with, and what must hold of what it makes of them. */
export interface FuzzedParser {
  name: string
  seeds: readonly string[]
  /** Words of its format. */
  words: readonly string[]
  /** Throws when the parser does, or when it lets something out that it must not. */
  read(text: string): void | Promise<void>
}

/** Real files, where they are: never a part of this project. */
const real = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/** The beginnings of real files below a folder, by the end of their names. */
export function realFiles(folder: string, ending: RegExp, most = 4000): string[] {
  const path = join(real, folder)
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return ending.test(path) ? [readFileSync(path, 'utf8').slice(0, most)] : []
  return readdirSync(path).flatMap((name) => realFiles(join(folder, name), ending, most))
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what)
}

function cuesHold(text: string, format: CueFormat): void {
  const { cues } = importCues(text, { format, size: { width: 1000, height: 500 }, fps: 25, media: 'film' })
  for (const cue of cues) must(!parse(Cue, cue).issues.length, `a cue that is none: ${JSON.stringify(cue)}`)
}

async function* whole(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}

async function feedHolds(text: string, format: FeedFormat): Promise<void> {
  const options = { format, base: 'https://shop.example/', currency: 'USD' }
  await importFeed(whole(text), options, {
    put: async (rows) => {
      for (const { item, target } of rows) {
        const { issues } = parse(Item, { ...item, id: 'x', url: target })
        must(!issues.length, `an item that is none: ${issues[0]}`)
      }
      return { added: rows.length, updated: 0 }
    },
    putPromotions: async (rows) => ({ added: rows.length, updated: 0 }),
  })
}

const vtt = `WEBVTT kanmai\n\nNOTE what\n\nlamp\n00:01.000 --> 00:05.500 align:start\n{"id":"c1","item":"lamp","at":{"x":0.5,"y":0.25}}\n\n00:00:06.000 --> 01:00:07.250\narc-lamp\n`
const cvat = `<annotations><meta><task><size>20</size><original_size><width>1000</width><height>500</height></original_size></task></meta><track id="0" label="lamp"><box frame="0" outside="0" occluded="0" keyframe="1" xtl="10" ytl="10" xbr="60" ybr="90"></box><box frame="9" outside="0" occluded="0" keyframe="1" xtl="40.5" ytl="10" xbr="90" ybr="90"/><box frame="10" outside="1" occluded="0" keyframe="1" xtl="0" ytl="0" xbr="9" ybr="9"/></track><image id="1" name="b"><box label="rug" xtl="1" ytl="1" xbr="5" ybr="5"/></image></annotations>`
const mot = '1,1,10,20,50,60,1,1,1\n2,1,12,20,50,60,1,1,1\n3,1,14,20,50,60,1,1,0.5\n1,2,300,20,50,60,1,2,1\n'
const coco = JSON.stringify({ videos: [{ id: 1, name: 'film', width: 1000, height: 500, fps: 25 }], images: [{ id: 1, video_id: 1, frame_id: 0 }, { id: 2, video_id: 1, frame_id: 5 }], categories: [{ id: 3, name: 'lamp' }], annotations: [{ id: 1, image_id: 1, video_id: 1, track_id: 7, category_id: 3, bbox: [10, 20, 30, 40] }, { id: 2, image_id: 2, track_id: 7, category_id: 3, bbox: [15, 20, 30, 40] }] })
const studio = JSON.stringify([{ id: 1, data: { video: 'film.mp4' }, annotations: [{ result: [{ id: 'r', type: 'videorectangle', value: { framesCount: 100, duration: 4, labels: ['lamp'], sequence: [{ frame: 1, time: 0.04, x: 10, y: 10, width: 5, height: 5, enabled: true, rotation: 0 }, { frame: 50, x: 40, y: 10, width: 5, height: 5, enabled: false }] } }] }] }])
const scaleflex = JSON.stringify([{ id: 'h1', startTime: 1, endTime: 5, x: '40%', y: '60%', label: 'lamp', keyframes: [{ time: 1, x: '40%', y: '60%' }, { time: 3, x: '50%', y: '60%' }], data: { title: 'Lamp', price: '$9', url: 'https://shop.example/l' } }])
const cloudinary = JSON.stringify({ products: [{ productId: 'lamp', productName: 'Lamp', startTime: 1, endTime: 5, publicId: 'x', hotspots: [{ time: '00:02', x: '50%', y: '50%', tooltipPosition: 'left', clickUrl: 'https://shop.example' }], onClick: { action: 'seek', pause: 5, args: { time: '00:07' } } }] })
const sheet = JSON.stringify({ media: { id: 'film', duration: 60, chapters: [{ start: 0, title: 'A' }] }, cues: [{ id: 'c1', item: 'lamp', start: 1, end: 9, track: { interpolation: 'linear', keyframes: [{ t: 1, x: 0.1, y: 0.2, w: 0.1, h: 0.1 }, { t: 5, x: 0.5, y: 0.2 }] } }] })
const xml = `<?xml version="1.0"?><rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title><item><g:id>a-1</g:id><title>Lamp &amp; rug</title><description><![CDATA[<b>Warm</b>]]></description><link>https://shop.example/a?x=1&amp;y=2</link><g:image_link>https://shop.example/a.jpg</g:image_link><g:price>19.90 USD</g:price><g:sale_price>9,90 USD</g:sale_price><g:sale_price_effective_date>2026-01-01T00:00+0100/2026-02-01T00:00+0100</g:sale_price_effective_date><g:availability>in stock</g:availability><g:gtin>4006381333931</g:gtin></item></channel></rss>`
const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><entry><g:id>b</g:id><g:title>B</g:title><g:link>/b</g:link><g:price>USD 5</g:price></entry></feed>`
const csv = `id,title,link,image_link,price,availability\r\n1,"Lamp ""arc"", warm",https://shop.example/1,https://shop.example/1.jpg,19.90 USD,in stock\r\n2;Rug;/2;;5,00 EUR;\r\n`
const tsv = `id\ttitle\tlink\timage link\tprice\tsale price\n1\tLamp\thttps://shop.example/1\thttps://shop.example/1.jpg,https://shop.example/2.jpg\t19.90 USD\t9 USD\n`
const promotions = `promotion_id\tproduct_applicability\toffer_type\tlong_title\tpromotion_effective_dates\tgeneric_redemption_code\tpercent_off\nWARM\tall_products\tgeneric_code\tTen off\t2026-01-01T00:00:00Z/2027-01-01T00:00:00Z\tWARM10\t10\n`
const playlist = `#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:2\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:2.000,\n00.m4s\n#EXTINF:2.000,\n01.m4s\n#EXT-X-ENDLIST\n`
const ranges = `ID="a",CLASS="com.kanmai.cue",START-DATE="2026-01-01T00:00:00Z",DURATION=10.5,X-COM-KANMAI-CUE="arc-lamp",X-COM-KANMAI-AT="0.5,0.4"\nID="b",START-DATE="2026-01-01T00:00:20Z",END-ON-NEXT=YES,SCTE35-OUT=0xFC30`

/** A tag of ID3 as the bytes of a text, one character each. */
function id3(version: number, frames: readonly [key: string, body: string][]): string {
  const size = (length: number) => [21, 14, 7, 0].map((shift) => String.fromCharCode((length >> shift) & 127)).join('')
  const body = frames.map(([key, text]) => `${key}${size(text.length)}\0\0${text}`).join('')
  return `ID3${String.fromCharCode(version)}\0\0${size(body.length)}${body}`
}
const tags = [3, 4].flatMap((version) => [id3(version, [['TXXX', '\x03kanmai\0{"id":"c","item":"lamp"}'], ['PRIV', 'com.kanmai.cue\0arc-lamp'], ['TIT2', '\x01\xff\xfeA\0']])])

/** The attributes of date ranges as a player reads them out of a playlist. */
const attributesOf = (line: string) => Object.fromEntries([...line.matchAll(/([A-Z0-9-]+)=("[^"]*"|[^,]*)/g)].map(([, name, value]) => [name!, value!.replace(/^"|"$/g, '')]))

const cueWords = ['cues', 'id', 'item', 'start', 'end', 'frame', 'track', 'keyframes', '"x":', '"-1"', '1e308', 'outside="1"', 'frame="-1"', '<track', '</track>', '-->', '00:00.000', '\n\n']
const feedWords = ['<item>', '</item>', '<g:id>', '</g:id>', 'USD', '1.234,56', '€', 'https://', '/', '""', '"', ',', ';', '\t', '\r\n', 'xmlns:g=""', '<?xml version="1.1"?>']

const cueParser = (format: CueFormat, seeds: readonly string[]): FuzzedParser => ({ name: `cues from ${format}`, seeds, words: cueWords, read: (text) => cuesHold(text, format) })
const feedParser = (name: string, format: FeedFormat, seeds: readonly string[]): FuzzedParser => ({ name: `feed from ${name}`, seeds, words: feedWords, read: (text) => feedHolds(text, format) })

export const parsers: readonly FuzzedParser[] = [
  consentReaders,
  cueParser('vtt', [vtt, ...realFiles('video', /\.vtt$/)]),
  cueParser('cvat', [cvat, ...realFiles('malicious/xml', /\.xml$/)]),
  cueParser('mot', [mot]),
  cueParser('coco-vid', [coco, ...realFiles('malicious/jsontestsuite', /\.json$/)]),
  cueParser('label-studio', [studio]),
  cueParser('scaleflex', [scaleflex, ...realFiles('video/hotspots', /\.json$/)]),
  cueParser('cloudinary', [cloudinary, ...realFiles('video/hotspots', /\.json$/)]),
  cueParser('kanmai', [sheet]),
  feedParser('XML', 'google-xml', [xml, atom, ...realFiles('malicious/xml', /\.xml$/), ...realFiles('feeds', /\.xml$/)]),
  feedParser('TSV', 'google-tsv', [tsv, ...realFiles('feeds', /\.tsv$/)]),
  feedParser('CSV', 'csv', [csv, ...realFiles('feeds', /\.csv$/)]),
  feedParser('promotions', 'promotions', [promotions]),
  {
    name: 'DATERANGE',
    seeds: [ranges, ...realFiles('video', /\.m3u8$/).filter((it) => it.includes('DATERANGE'))],
    words: ['X-COM-KANMAI-CUE=', 'X-COM-KANMAI-AT=', 'START-DATE=', 'END-DATE=', 'DURATION=', 'CLASS="com.kanmai.cue"', 'ID="', '"', ',', '\n'],
    read(text) {
      const { cues } = dateRangeCues(text.split('\n').map(attributesOf))
      for (const { start, end } of cues) must(Number.isFinite(start) && (end === undefined || end > start), 'a date range that ends before it starts')
    },
  },
  {
    name: 'M3U8',
    seeds: [playlist, ...realFiles('video', /\.m3u8$/)],
    words: ['#EXTINF:', '#EXT-X-MAP:URI="', '#EXTM3U', '\n', '-1', '1e9', ','],
    read(text) {
      const loop = readLoop(text)
      if (loop) must(recordedPlaylist(loop, 0, 10_000).length < 1e6, 'a playlist without measure')
    },
  },
  {
    name: 'ID3',
    seeds: tags,
    words: ['ID3', 'TXXX', 'PRIV', 'com.kanmai.cue', 'kanmai', '\0', '\x7f\x7f\x7f\x7f', '\xff\xfe', '\x01', '\x02', '\x80'],
    read(text) {
      const bytes = Uint8Array.from([...text].map((it) => it.charCodeAt(0) & 255))
      for (const frame of id3Frames(bytes).frames) readPayload(id3Payload(frame) ?? '', 'x', 'ID3')
    },
  },
  {
    name: 'payload of a stream',
    seeds: ['{"id":"c","item":"lamp","at":{"x":0.5,"y":0.5}}', '{"cue":{"item":"lamp","duration":5},"item":{"id":"lamp","title":"L","url":"https://shop.example"}}', 'arc-lamp', ...realFiles('malicious/jsontestsuite', /\.json$/)],
    words: ['"cue":', '"item":', '"__proto__":{"x":1}', '"start":', '"track":{"interpolation":"linear","keyframes":[]}', '"url":"javascript:alert(1)"'],
    read(text) {
      const { said } = readPayload(text, 'x', 'cue')
      if (!said || 'id' in said) return
      must(!parse(Cue, said.cue).issues.length, 'a cue that is none')
      if (said.item) must(/^https?:/i.test(said.item.url), 'an item whose link is none')
    },
  },
]
