import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Cue } from '../../src/contract/cue.ts'
import { readPayload, withStreamCues, type StreamCue } from '../../src/core/stream-cue.ts'
import { createTimeline } from '../../src/core/timeline.ts'

const noon = Date.parse('2026-11-23T12:00:00Z')
const at = (second: number) => ({ second, moment: noon + second * 1000 })
const lamp = { id: 'arc-lamp', title: 'Arc lamp', url: 'https://shop.example/lamp' }

describe('readPayload', () => {
  it('takes an id as it stands', () => {
    assert.deepEqual(readPayload(' 台灯-01\0', 'x', 'id3'), { said: { id: '台灯-01' }, issues: [] })
  })

  it('takes a cue, with its item when that comes along', () => {
    const said = readPayload(JSON.stringify({ cue: { id: 'c', item: 'arc-lamp', start: 3, end: 5, at: { x: 0.5, y: 0.4 } }, item: lamp }), 'x', 'vtt')
    assert.deepEqual(said, { said: { cue: { id: 'c', item: 'arc-lamp', start: 3, at: { x: 0.5, y: 0.4 } }, item: lamp, duration: undefined }, issues: [] })
    assert.deepEqual(readPayload('{"item":"arc-lamp","duration":8}', 'x', 'id3').said, { cue: { id: 'x', item: 'arc-lamp', start: 0 }, item: undefined, duration: 8 })
    assert.deepEqual(readPayload(JSON.stringify({ item: lamp }), 'x', 'id3').said, { cue: { id: 'x', item: 'arc-lamp', start: 0 }, item: lamp, duration: undefined })
  })

  it('names what it cannot take', () => {
    for (const [payload, issue] of [
      ['{"cue":{', 'vtt: expected JSON that is whole'],
      ['two words', 'vtt: expected an id or a cue as JSON'],
      ['', 'vtt: expected an id or a cue as JSON'],
      ['{"at":{"x":0.5,"y":0.5}}', 'vtt: cue: item: expected a value, received undefined'],
    ] as const) {
      const { said, issues } = readPayload(payload, 'x', 'vtt')
      assert.equal(said, undefined)
      assert.equal(issues.length, 1)
      if (!payload.includes('"at"')) assert.equal(issues[0], issue)
    }
  })

  it('never throws, and what it takes makes a cue that the timeline keeps', () => {
    const payload = fc.oneof(fc.string(), fc.json(), fc.json().map((it) => `{"item":"a","cue":${it}}`), fc.string().map((it) => `{"id":"a","item":${JSON.stringify(it)},"track":{"interpolation":"linear","keyframes":[{"t":1,"x":0.1,"y":0.2}]}}`))
    fc.assert(
      fc.property(payload, fc.double({ min: 0, max: 1e6, noNaN: true }), (text, second) => {
        const { said, issues } = readPayload(text, 'x', 'name')
        if (!said) return assert.ok(issues.length)
        const { cues } = withStreamCues([], [{ id: 'x', start: at(second), said }], undefined)
        assert.deepEqual(createTimeline(cues).issues, [])
      }),
    )
  })
})

describe('withStreamCues', () => {
  const sheet: Cue[] = [
    { id: 'c1', item: 'arc-lamp', start: 10, end: 14, track: { interpolation: 'linear', keyframes: [{ t: 10, x: 0, y: 0 }, { t: 14, x: 1, y: 1 }] } },
    { id: 'c2', item: 'kettle', start: 20 },
  ]
  const merge = (...stream: StreamCue[]) => withStreamCues(sheet, stream, undefined).cues

  it('lets the stream say when a cue of the sheet is shown, and moves its track along', () => {
    const [rest, c1] = merge({ id: 'd', start: at(70), said: { id: 'c1' } })
    assert.equal(rest!.id, 'c2')
    assert.deepEqual([c1!.start, c1!.end, c1!.track!.keyframes.map((it) => it.t)], [70, 74, [70, 74]])
  })

  it('takes an id that the sheet does not know for an item', () => {
    const cue = merge({ id: 'd', start: at(5), end: at(9), at: { x: 0.5, y: 0.4 }, said: { id: 'desk' } }).at(-1)
    assert.deepEqual(cue, { id: 'd', item: 'desk', start: 5, end: 9, at: { x: 0.5, y: 0.4 } })
  })

  it('counts from the origin of a media that has one, whatever the player counts', () => {
    const cue: StreamCue = { id: 'd', start: { second: 3, moment: noon + 90_000 }, said: { id: 'desk' } }
    assert.equal(withStreamCues([], [cue], noon).cues[0]!.start, 90)
    assert.equal(withStreamCues([], [cue], undefined).cues[0]!.start, 3)
  })
})
