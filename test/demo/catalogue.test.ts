import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { test } from 'node:test'
import { importCues } from '../../src/endpoint/import/cues/import-cues.ts'

const demo = new URL('../../demo/', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, demo), 'utf8')
const size = (path: string) => statSync(new URL(path, demo)).size

const items = read('catalogue/products.xml').split('<item>').slice(1)
const field = (item: string, name: string) => new RegExp(`<g:${name}>([^<]*)</g:${name}>`).exec(item)?.[1]
const slugs = items.map((item) => field(item, 'id') ?? '')

const [head = '', ...rows] = read('catalogue/promotions.tsv').trimEnd().split('\n')
const promotions = rows.map((row) => {
  const cells = row.split('\t')
  return Object.fromEntries(head.split('\t').map((name, i) => [name, cells[i] ?? '']))
})

interface Place { x: number; y: number }
interface FilmCue { id: string; item: string; start: number; end: number; at: Place; track?: { keyframes: (Place & { t: number })[] } }
interface Chapter { start: number; title: string }
const film = JSON.parse(read('public/film/film-01.cues.json')) as { media: { id: string; duration: number; chapters: Chapter[] }; cues: FilmCue[] }
const onPicture = ({ x, y }: Place) => x >= 0 && x <= 1 && y >= 0 && y <= 1

test('the catalogue holds forty products, each with its own id', () => {
  assert.equal(items.length, 40)
  assert.equal(new Set(slugs).size, 40)
})

test('every product of the catalogue has its picture', () => {
  for (const [i, slug] of slugs.entries()) {
    assert.equal(field(items[i] ?? '', 'image_link'), `/demo/catalogue/${slug}.webp`)
    const bytes = size(`public/catalogue/${slug}.webp`)
    assert.ok(bytes > 2_000 && bytes < 60_000, `${slug}.webp has ${bytes} bytes`)
  }
})

test('every title is short and every price is in one currency', () => {
  for (const item of items) {
    assert.ok((field(item, 'title') ?? '').length <= 60)
    assert.match(field(item, 'price') ?? '', /^\d+\.\d\d USD$/)
    const sale = field(item, 'sale_price')
    if (sale) assert.ok(parseFloat(sale) < parseFloat(field(item, 'price') ?? ''), `${field(item, 'id')} costs more on sale`)
  }
})

test('every product has its title in Simplified Chinese', () => {
  const titles = JSON.parse(read('catalogue/titles.zh-CN.json')) as Record<string, string>
  assert.deepEqual(Object.keys(titles).sort(), [...slugs].sort())
})

test('promotions that products name exist and last into the 2030s', () => {
  const known = new Set(promotions.map((promotion) => promotion['promotion_id']))
  for (const item of items) {
    const named = field(item, 'promotion_id')
    if (named) assert.ok(known.has(named), `${named} is in no row of promotions.tsv`)
  }
  for (const promotion of promotions) assert.match(promotion['promotion_effective_dates'] ?? '', /^\d{4}-\d\d-\d\dT[\d:]+Z\/203\d-\d\d-\d\dT[\d:]+Z$/)
})

test('every cue names a product of the catalogue and lies on the picture', () => {
  assert.equal(new Set(film.cues.map((cue) => cue.id)).size, film.cues.length)
  for (const cue of film.cues) {
    assert.ok(slugs.includes(cue.item), cue.item)
    assert.ok(cue.start >= 0 && cue.end <= film.media.duration + 0.001 && cue.end - cue.start >= 1.999, cue.id)
    assert.ok([cue.at, ...(cue.track?.keyframes ?? [])].every(onPicture), cue.id)
  }
})

test('at least eight products are in the film and never more than four cues at a time', () => {
  assert.ok(new Set(film.cues.map((cue) => cue.item)).size >= 8)
  for (let second = 0; second < film.media.duration; second += 0.1) {
    assert.ok(film.cues.filter((cue) => cue.start <= second && second < cue.end).length <= 4, `too many cues at ${second.toFixed(1)} s`)
  }
})

test('the film is about a minute long, and no cue outlives its shot', () => {
  const { duration, chapters } = film.media
  assert.ok(duration >= 45 && duration <= 75, `${duration} s`)
  const cuts = [...chapters.map(({ start }) => start), duration]
  for (const cue of film.cues) assert.ok(cuts.some((cut, i) => cut <= cue.start + 0.001 && cue.end <= (cuts[i + 1] ?? 0) + 0.001), cue.id)
})

test('the film page names the chapters that the cue file has', () => {
  const named = [...read('film.html').matchAll(/<a href="#t=([\d.]+)"><span>([^<]+)<\/span>/g)].map(([, start, title]) => ({ start: Number(start), title }))
  assert.deepEqual(named, film.media.chapters)
})

test('the cues are what the import makes of the boxes that the renderer wrote', () => {
  const boxes = readFileSync(new URL('studio/film/film-01.boxes.xml', demo), 'utf8')
  const made = importCues(boxes, { format: 'cvat', fps: 30, tolerance: 0.002, shortest: 2, itemOf: (names) => names.at(-1) })
  assert.ok(made.stats.largestError <= 0.002, String(made.stats.largestError))
  const bare = ({ id: _, ...cue }: { id: string }) => JSON.stringify(cue)
  const all = new Set(made.cues.map(bare))
  for (const cue of film.cues) assert.ok(all.has(bare(cue)), cue.id)
  assert.ok(film.cues.length >= made.cues.length * 0.75, 'most of what is seen has a cue')
})

test('something passes in front of at least two products, which come back into sight', () => {
  const tracks = read('studio/film/film-01.boxes.xml').split('<track ').slice(1)
  const states = tracks.map((track) => [...track.matchAll(/outside="(\d)" occluded="(\d)"/g)].map(([, outside, occluded]) => (outside === '1' ? '.' : occluded === '1' ? 'o' : 'x')).join(''))
  assert.ok(states.filter((state) => /xo+x/.test(state)).length >= 2)
})

test('keyframes of a track go forward in time within their cue', () => {
  for (const cue of film.cues) {
    const times = cue.track?.keyframes.map((keyframe) => keyframe.t) ?? []
    assert.deepEqual(times, [...times].sort((a, b) => a - b), cue.id)
    for (const time of times) assert.ok(time >= cue.start - 0.001 && time <= cue.end + 0.001, cue.id)
  }
})

test('the film files are at most 8 MB', () => {
  for (const name of ['film-01.mp4', 'film-01.webm', 'film-01.webp']) assert.ok(size(`public/film/${name}`) <= 8_000_000, name)
})
