import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse } from '../../../../src/contract/parse.ts'
import { CueSheet } from '../../../../src/contract/cue.ts'
import { importCues } from '../../../../src/endpoint/import/cues/import-cues.ts'
import { webVtt } from '../../../../src/endpoint/web-vtt.ts'

const read = (file: unknown, options = {}) => importCues(JSON.stringify(file), options)

describe('importCues of Scaleflex hotspots', () => {
  it('reads percent as text or number, paths straight or bent, chapters', () => {
    const { format, cues, issues, media } = read({
      hotspots: [
        { id: 'tv', x: '48.47%', y: 50, startTime: 0.5, endTime: 4, label: 'Television', interpolation: 'catmull-rom', pauseOnInteract: true,
          keyframes: [{ time: 0.5, x: '48.47%', y: '50%' }, { time: 3, x: 60, y: '40 %' }] },
        { id: 'pouf', x: '10%', y: '90%', startTime: 1, endTime: 2, label: 'Pouf', easing: 'ease-in' },
      ],
      chapters: [{ id: 'a', title: 'Living room', startTime: 0 }],
    })
    assert.equal(format, 'scaleflex')
    assert.deepEqual(media, { chapters: [{ start: 0, title: 'Living room' }] })
    assert.deepEqual(issues, ['hotspots[1] (pouf): its way is even instead of ease-in'])
    assert.deepEqual(cues, [
      { id: 'tv', item: 'Television', start: 0.5, end: 4, at: { x: 0.4847, y: 0.5 }, title: 'Television', pause: true,
        track: { interpolation: 'spline', keyframes: [{ t: 0.5, x: 0.4847, y: 0.5 }, { t: 3, x: 0.6, y: 0.4 }] } },
      { id: 'pouf', item: 'Pouf', start: 1, end: 2, at: { x: 0.1, y: 0.9 }, title: 'Pouf' },
    ])
  })

  it('names what has no time, ends before it starts or lies off the picture', () => {
    const spot = { x: '10%', y: '10%', startTime: 1, endTime: 2, label: 'Lamp' }
    const { cues, issues } = read({ hotspots: [{ ...spot, id: 'a' }, { ...spot, startTime: undefined }, { ...spot, endTime: 0.5 }, { ...spot, x: '140%' }, 5, { ...spot, label: undefined }, { ...spot, startTime: 'soon' }] })
    assert.deepEqual(cues.map(({ id, item }) => [id, item]), [['a', 'Lamp'], ['hotspot-6', 'hotspot-6']])
    assert.deepEqual(issues, [
      'hotspots[1]: has no startTime: it was left out',
      'hotspots[4]: is no object',
      'hotspots[2]: cue: expected an end after its start',
      'hotspots[3]: lies off the picture (places are fractions of it, 0..1): it was left out',
      'hotspots[6]: start: expected seconds of 0 or more, received NaN',
    ])
  })
})

describe('importCues of a Cloudinary shoppable source', () => {
  it('lists a product in its span, and puts its hotspots on the picture', () => {
    const { format, cues, issues } = read({ shoppable: { products: [
      { productId: 1, productName: 'Lamp', startTime: 0, endTime: 2, hotspots: [{ time: '01:05', x: '80%', y: '30%' }], onClick: { action: 'seek', pause: 5, args: { time: '00:02' } } },
      { productId: 2, productName: 'Vase', startTime: 2, endTime: 5, onClick: { action: 'goto', pause: true, args: { url: 'https://shop.example/vase' } } },
      { productId: 3, publicId: 'shop/bowl' },
      { productId: 4, productName: 'Clock', hotspots: [{ time: 'later', x: '80%', y: '30%' }] },
    ] } })
    assert.equal(format, 'cloudinary')
    assert.deepEqual(cues, [
      { id: 'product-1', item: 'Lamp', start: 0, end: 2, seek: 2, pause: true },
      { id: 'product-3', item: 'bowl', start: 0 },
      { id: 'product-2', item: 'Vase', start: 2, end: 5, follow: true, pause: true },
      { id: 'product-1-hotspot-1', item: 'Lamp', start: 65, end: 68, at: { x: 0.8, y: 0.3 }, seek: 2, pause: true },
    ])
    assert.deepEqual(issues, ['products[3].hotspots[0]: start: expected seconds of 0 or more, received NaN', 'products[3].hotspots[0]: end: expected seconds of 0 or more, received NaN'])
  })
})

describe('importCues of our own files', () => {
  const cues = [
    { id: 'a', item: 'lamp', start: 1, end: 4, at: { x: 0.1, y: 0.2 }, track: { interpolation: 'linear' as const, keyframes: [{ t: 1, x: 0.1, y: 0.2 }, { t: 2, x: 0.1, y: 0.201 }, { t: 4, x: 0.3, y: 0.2 }] } },
    { id: 'b', item: 'vase', start: 2, end: 3, at: { x: 0.5, y: 0.5 }, title: 'Vase --> blue' },
  ]

  it('keeps a sheet as it was written, and simplifies it when asked', () => {
    const sheet = { media: { id: 'film', title: 'Film', duration: 9, chapters: [{ start: 0, title: 'One' }] }, cues }
    const { format, media, cues: kept, issues } = read(sheet)
    assert.equal(format, 'kanmai')
    assert.deepEqual([media, kept, issues], [sheet.media, cues, []])
    assert.deepEqual(read(cues).cues, cues)
    const { stats, cues: fewer } = read(sheet, { tolerance: 0.1 })
    assert.deepEqual([stats.keyframesIn, stats.keyframesOut, fewer[0]!.track!.keyframes.length], [3, 2, 2])
  })

  it('simplifies 10,000 keyframes and drops those without numbers', () => {
    const keyframes = Array.from({ length: 10_000 }, (_, n) => ({ t: n === 7 ? null : n / 30, x: 0.5 + 0.4 * Math.sin(n / 99), y: 0.5 }))
    const { cues: kept, stats, issues } = read({ cues: [{ ...cues[0], end: 400, track: { interpolation: 'linear', keyframes } }] })
    assert.equal(stats.keyframesIn, 9999)
    assert.ok(kept[0]!.track!.keyframes.length < 500 && stats.largestError <= 0.005)
    assert.deepEqual(issues, [])
  })

  it('gives cues of one id ids of their own', () => {
    assert.deepEqual(read([cues[1], { ...cues[1], start: 5, end: 6 }, { ...cues[1], id: 'b~2', start: 7, end: 8 }]).cues.map(({ id }) => id), ['b', 'b~2', 'b~2~2'])
  })

  it('reads the WebVTT that the endpoint writes back into the same cues', () => {
    const { value } = parse(CueSheet, { media: { id: 'film' }, cues, items: [] })
    const { format, cues: kept, issues } = importCues(webVtt(value!, (item) => `https://shop.example/go/${item}`))
    assert.equal(format, 'vtt')
    assert.deepEqual([kept, issues], [cues, []])
  })

  it('reads WebVTT with nothing but ids, and names what it cannot read', () => {
    const { cues: kept, issues } = importCues('WEBVTT\n\nNOTE hello\n\n00:01.000 --> 00:04.500\nlamp\n\nsecond\n01:00:00.000 --> 01:00:01.000\n{"item": "vase", "at": {"x": 0.5, "y": 0.5}}\n\n00:05 --> 00:06\nlamp\n\n00:07.000 --> 00:08.000\n{broken\n\n00:09.000 --> 00:08.000\nlamp\n')
    assert.deepEqual(kept, [
      { id: 'line-5', item: 'lamp', start: 1, end: 4.5 },
      { id: 'second', item: 'vase', start: 3600, end: 3601, at: { x: 0.5, y: 0.5 } },
    ])
    assert.deepEqual(issues, ['line 12: expected times as in 00:01.000 --> 00:04.000', 'line 15: expected JSON of a cue, or an item’s id', 'line 18: cue: expected an end after its start'])
  })
})

const folder = fileURLToPath(new URL('../../../../../shared/data/video/', import.meta.url))

describe('importCues of real files', { skip: !existsSync(folder) && 'needs ../shared/data' }, () => {
  it('reads both rivals’ hotspots whole', () => {
    const scaleflex = importCues(readFileSync(`${folder}hotspots/scaleflex-video-hotspots.json`, 'utf8'))
    assert.deepEqual(scaleflex.issues, [])
    assert.deepEqual(scaleflex.cues.map(({ item, track }) => [item, track?.interpolation, track?.keyframes.length]), [['Television', 'spline', 13], ['Pouf', 'spline', 9], ['Fireplace', 'spline', 7]])
    const cloudinary = importCues(readFileSync(`${folder}hotspots/cloudinary-shoppable-source.json`, 'utf8'))
    assert.deepEqual(cloudinary.issues, [])
    assert.deepEqual(cloudinary.cues.map(({ item, start, end }) => [item, start, end]), [
      ['Bell Pepper', 0, 2], ['Product 4', 0, undefined], ['Product 5', 0, undefined], ['Bell Pepper', 2, 5], ['Tomato', 2, 5], ['Banana', 7, 11],
    ])
  })
  it('names once that a metadata track of something else has no items', () => {
    const { cues, issues } = importCues(readFileSync(`${folder}track_map_tracks_gbike.vtt`, 'utf8'))
    assert.deepEqual([cues, issues], [[], ['line 3, line 6, line 9, line 12, line 15 and 441 more: names no item']])
  })
})
