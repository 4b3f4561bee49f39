import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Cue, CueSheet } from '../../../src/contract/cue.ts'
import { checkSheet, sheetRules } from '../../../src/cli/contact-sheet/check-sheet.ts'
import { lanesOf } from '../../../src/cli/contact-sheet/lanes.ts'
import { stillMoment } from '../../../src/cli/contact-sheet/still-moment.ts'

const link = 'https://www.awin1.com/cread.php?awinmid=7890&awinaffid=123456&clickref={ref}&ued=https%3A%2F%2Fshop.example%2Flamp'
const items = [{ id: 'lamp', title: 'Lamp', url: link }, { id: 'vase', title: 'Vase', url: link, availability: 'out_of_stock' as const }]
const cue = (id: string, start: number, end: number | undefined, x: number, y = 0.5): Cue => ({ id, item: 'lamp', start, ...(end !== undefined && { end }), at: { x, y } })
const moving = (id: string, from: number, to: number): Cue => ({ id, item: 'lamp', start: 0, end: 10, track: { interpolation: 'linear', keyframes: [{ t: 0, x: from, y: 0.5 }, { t: 10, x: to, y: 0.5 }] } })
const sheet = (...cues: Cue[]): CueSheet => ({ media: { id: 'film', duration: 60 }, cues, items })
const check = (...cues: Cue[]) => checkSheet(sheet(...cues)).map(({ level, kind, cues: ids, text }) => [level, kind, ids.join(' '), text])

describe('checkSheet', () => {
  it('has nothing to say of good cues', () => {
    assert.deepEqual(check(cue('a', 0, 4, 0.2), cue('b', 0, 4, 0.8), cue('c', 4, 8, 0.2), { id: 'd', item: 'lamp', start: 50 }), [])
  })

  it('names markers that come together, and when', () => {
    const [finding, ...more] = checkSheet(sheet(moving('a', 0, 1), moving('b', 1, 0)))
    assert.deepEqual(more, [])
    assert.deepEqual([finding!.level, finding!.kind, finding!.cues], ['warning', 'overlap', ['a', 'b']])
    assert.ok(Math.abs(finding!.start - 4.9) < 0.06 && Math.abs(finding!.end - 5.1) < 0.06, JSON.stringify(finding))
    assert.deepEqual(check(cue('a', 0, 4, 0.5), cue('b', 4, 8, 0.5)), [])
    assert.equal(check(cue('a', 0, 4, 0.5, 0.5), cue('b', 0, 4, 0.5, 0.5 + 27 / 720))[0]![1], 'overlap')
    assert.deepEqual(check(cue('a', 0, 4, 0.5, 0.5), cue('b', 0, 4, 0.5, 0.5 + 29 / 720)), [])
  })

  it('tells tracks that leave the picture from cues that are never on it', () => {
    assert.deepEqual(check(moving('a', 0.5, 1.5)), [['warning', 'off-picture', 'a', 'its track is off the picture for 5 s of 10 s']])
    assert.deepEqual(check(cue('b', 0, 4, 1.2)), [['error', 'off-picture', 'b', 'lies off the picture all the time: it is only listed beside the film']])
    assert.deepEqual(check(cue('c', 70, 80, 0.5)), [['error', 'off-picture', 'c', 'starts after the film’s end at 60 s: nobody will see it']])
  })

  it('names cues too short to read, also where the next of the same id cuts them', () => {
    assert.deepEqual(check(cue('a', 0, 1.5, 0.5)), [['warning', 'too-short', 'a', 'is on for 1.5 s: shorter than 2 s is hard to read and to press']])
    assert.deepEqual(check(cue('b', 0, undefined, 0.5), cue('b', 1, undefined, 0.5)).map(([, kind]) => kind), ['too-short'])
    assert.deepEqual(checkSheet(sheet(cue('a', 0, 1.5, 0.5)), { ...sheetRules, shortest: 1 }), [])
  })

  it('names items that are unknown, sold out or without a working link', () => {
    assert.deepEqual(check({ ...cue('a', 0, 4, 0.2), item: 'ghost' }), [['error', 'dead-item', 'a', 'its item “ghost” is not in the catalogue: import it, or name another']])
    assert.deepEqual(check({ ...cue('a', 0, 4, 0.2), item: 'vase' }), [['warning', 'dead-item', 'a', '“Vase” is out of stock']])
    const broken = { ...sheet(cue('a', 0, 4, 0.2)), items: [{ ...items[0]!, url: link.replace('&clickref', '&amp;clickref') }] }
    assert.ok(checkSheet(broken).some(({ level, kind, text }) => level === 'error' && kind === 'dead-item' && text.includes('&amp;')))
  })

  it('names a crowd once, with its worst moment', () => {
    const five = [0.1, 0.3, 0.5, 0.7, 0.9].map((x, n) => cue(`c${n}`, n, 10, x))
    assert.deepEqual(check(...five), [['warning', 'crowded', 'c0 c1 c2 c3 c4', '5 markers are on at once: more than 4 are hard to take in']])
    assert.deepEqual(checkSheet(sheet(...five)).map(({ start, end }) => [start, end]), [[4, 10]])
  })

  it('comes to an end with thousands of cues that never end', () => {
    const many = Array.from({ length: 3000 }, (_, n) => cue(`c${n}`, n / 100, undefined, (n % 100) / 100, (n % 97) / 97))
    const found = checkSheet({ ...sheet(...many), media: { id: 'film' } })
    assert.ok(found.some(({ kind }) => kind === 'crowded'))
  })
})

describe('stillMoment', () => {
  const span = (one: Cue, end = one.end ?? Infinity) => ({ cue: one, start: one.start, end, key: one.id })
  it('is the middle where there is no size, and soon where there is no end', () => {
    assert.equal(stillMoment(span(cue('a', 2, 6, 0.5))), 4)
    assert.equal(stillMoment(span(cue('a', 2, undefined, 0.5))), 4)
    assert.equal(stillMoment(span(cue('a', 2, undefined, 0.5)), 10), 6)
  })
  it('is where the object is largest on the picture', () => {
    const keyframes = [{ t: 0, x: 0.5, y: 0.5, w: 0.1, h: 0.1 }, { t: 3, x: 0.5, y: 0.5, w: 0.5, h: 0.5 }, { t: 8, x: 1.4, y: 0.5, w: 0.9, h: 0.9 }]
    const second = stillMoment(span({ id: 'a', item: 'lamp', start: 0, end: 8, track: { interpolation: 'linear', keyframes } }))
    assert.ok(second > 2.8 && second < 5, `${second}`)
  })
})

describe('lanesOf', () => {
  it('needs as many rows as are on at once', () => {
    const at = (id: string, start: number, end?: number) => ({ id, item: 'lamp', title: id, start, end, second: start })
    const lanes = lanesOf([at('c', 4, 6), at('a', 0, 4), at('b', 2), at('d', 6, 7)], 10)
    assert.deepEqual(lanes.map((lane) => lane.map(({ id }) => id)), [['a', 'c', 'd'], ['b']])
  })
})
