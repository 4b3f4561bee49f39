import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Cue } from '../../src/contract/cue.ts'
import { createTimeline } from '../../src/core/timeline.ts'

const ids = (spans: readonly { cue: Cue }[]): string[] => spans.map(({ cue }) => cue.id)

describe('createTimeline', () => {
  it('shows a cue from its start up to, but not at, its end', () => {
    const { active } = createTimeline([{ id: 'a', item: 'x', start: 1, end: 2 }])
    assert.deepEqual([0.999, 1, 1.999, 2].map((second) => ids(active(second))), [[], ['a'], ['a'], []])
  })

  it('keeps an open cue until the same id comes again', () => {
    const { active } = createTimeline([
      { id: 'pin', item: 'x', start: 1 },
      { id: 'pin', item: 'y', start: 5 },
    ])
    assert.deepEqual([4.9, 5, 9999].map((second) => active(second).map(({ cue }) => cue.item)), [['x'], ['y'], ['y']])
  })

  it('lets the later of two cues with the same id and start count', () => {
    const { spans } = createTimeline([
      { id: 'a', item: 'x', start: 1 },
      { id: 'a', item: 'y', start: 1, end: 3 },
    ])
    assert.deepEqual(spans.map(({ cue, end }) => [cue.item, end]), [['y', 3]])
  })

  it('has nothing for a second that is no number, and forgets nothing by it', () => {
    const { active } = createTimeline([{ id: 'a', item: 'x', start: 1 }])
    assert.deepEqual([NaN, 2, NaN, Infinity, -Infinity, 3].map((second) => ids(active(second))), [[], ['a'], [], [], [], ['a']])
  })

  it('orders by start, then by arrival', () => {
    const { active } = createTimeline(['c', 'a', 'b'].map((id) => ({ id, item: 'x', start: id === 'a' ? 1 : 0 })))
    assert.deepEqual(ids(active(2)), ['c', 'b', 'a'])
  })

  it('drops what is bad, names it and keeps the rest', () => {
    const { spans, issues } = createTimeline([
      { id: 'nan', item: 'x', start: NaN },
      { id: 'turned', item: 'x', start: 5, end: 4 },
      { id: 'no-item', start: 1 } as unknown as Cue,
      null as unknown as Cue,
      { id: 'lost', item: 'x', start: 1, at: { x: NaN, y: 0 } },
      { id: 'still', item: 'x', start: 1, track: { interpolation: 'linear', keyframes: [] } },
      { id: 'good', item: 'x', start: 1 },
    ])
    assert.deepEqual(spans.map(({ cue }) => cue.id), ['good'])
    assert.deepEqual(issues, [
      'cues[0]: expected a start in seconds',
      'cues[1]: expected an end after its start',
      'cues[2]: expected an item',
      'cues[3]: expected an id',
      'cues[4]: expected a point (0..1) as at',
      'cues[5]: expected keyframes with t, x and y in its track',
    ])
  })

  it('answers the same array while nothing starts or ends', () => {
    const { active, nextChange } = createTimeline([{ id: 'a', item: 'x', start: 1, end: 2 }])
    assert.equal(active(1.1), active(1.9))
    assert.equal(active(5), active(6))
    assert.deepEqual([nextChange(0), nextChange(1), nextChange(2)], [1, 2, Infinity])
  })

  it('says what comes after a second and up to another, in order', () => {
    const { coming } = createTimeline([{ id: 'c', item: 'x', start: 3 }, { id: 'a', item: 'x', start: 1 }, { id: 'b', item: 'x', start: 2 }, { id: 'd', item: 'x', start: 3.1 }])
    const idsOf = (second: number, until: number): string[] => coming(second, until).map(({ cue }) => cue.id)
    assert.deepEqual([idsOf(0, 1), idsOf(1, 3), idsOf(3, 3), idsOf(3.1, 9), idsOf(NaN, NaN)], [['a'], ['b', 'c'], [], [], []])
  })

  it('keeps a cue off the picture without its place, and names it', () => {
    const off = { id: 'a', item: 'x', start: 0, end: 9, at: { x: 1.2, y: 0.5 } }
    const passing: Cue = { id: 'b', item: 'x', start: 0, track: { interpolation: 'linear', keyframes: [{ t: 0, x: -0.1, y: 0.5 }, { t: 1, x: 0.1, y: 0.5 }] } }
    const gone: Cue = { ...off, id: 'c', at: { x: 0.5, y: 0.5 }, track: { interpolation: 'linear', keyframes: [{ t: 0, x: 0.5, y: -0.1 }] } }
    const { spans, issues } = createTimeline([off, passing, gone])
    assert.deepEqual(spans.map(({ cue }) => cue), [{ id: 'a', item: 'x', start: 0, end: 9 }, passing, { id: 'c', item: 'x', start: 0, end: 9 }])
    assert.deepEqual(issues, ['cues[0]: expected a place on the picture (0..1)', 'cues[2]: expected a place on the picture (0..1)'])
  })

  it('finds what a plain filter finds, at any second in any order', () => {
    const cue = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      item: fc.constant('x'),
      start: fc.integer({ min: 0, max: 40 }),
      length: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
    })
    const cues = fc.array(cue, { maxLength: 60 }).map((list) =>
      list.map(({ length, ...rest }): Cue => (length ? { ...rest, end: rest.start + length } : rest)),
    )
    fc.assert(
      fc.property(cues, fc.array(fc.integer({ min: -2, max: 140 }).map((half) => half / 2), { maxLength: 30 }), (list, seconds) => {
        const timeline = createTimeline(list)
        const kept = list.filter((it, index) => !list.slice(index + 1).some((later) => later.id === it.id && later.start === it.start))
        for (const second of seconds) {
          const expected = kept.filter((it) => {
            const next = Math.min(...kept.filter((other) => other.id === it.id && other.start > it.start).map((other) => other.start))
            return it.start <= second && second < Math.min(it.end ?? Infinity, next)
          })
          const found = timeline.active(second).map((span) => span.cue)
          assert.deepEqual(new Set(found), new Set(expected))
          assert.deepEqual(found.map((it) => it.start), found.map((it) => it.start).sort((a, b) => a - b))
        }
      }),
    )
  })
})
