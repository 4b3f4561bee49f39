import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { id3Frames, id3Payload } from '../../src/core/id3.ts'

const bytesOf = (...parts: (string | number[] | Uint8Array)[]) => Uint8Array.from(parts.flatMap((it) => (typeof it === 'string' ? [...Buffer.from(it)] : [...it])))
const size = (length: number, bits: number) => [3, 2, 1, 0].map((place) => (length >> (place * bits)) & (2 ** bits - 1))
const frame = (key: string, body: Uint8Array, version = 4, flags = 0) => bytesOf(key, size(body.length, version < 4 ? 8 : 7), [0, flags], body)
const tag = (body: Uint8Array, version = 4, flags = 0) => bytesOf('ID3', [version, 0, flags], size(body.length, 7), body)
const said = (bytes: Uint8Array) => id3Frames(bytes).frames.map(id3Payload)

const txxx = (text: string) => frame('TXXX', bytesOf([3], `kanmai\0${text}`))

describe('id3Frames', () => {
  it('reads a TXXX in all four encodings and a PRIV', () => {
    const wide = (text: string, order: 'le' | 'be') => {
      const bytes = Buffer.from(text, 'utf16le')
      return order === 'le' ? bytes : bytes.swap16()
    }
    assert.deepEqual(said(tag(txxx('台灯'))), ['台灯'])
    assert.deepEqual(said(tag(frame('TXXX', bytesOf([0], 'kanmai\0lamp'), 3), 3)), ['lamp'])
    assert.deepEqual(said(tag(frame('TXXX', bytesOf([1], [255, 254], wide('kanmai\0', 'le'), [255, 254], wide('台灯', 'le'))))), ['台灯'])
    assert.deepEqual(said(tag(frame('TXXX', bytesOf([2], wide('kanmai\0台灯', 'be'))))), ['台灯'])
    assert.deepEqual(said(tag(frame('PRIV', bytesOf('com.kanmai.cue\0{"item":"lamp"}')))), ['{"item":"lamp"}'])
  })

  it('reads tags one after the other, and frames of other people past which ours stands', () => {
    const other = frame('PRIV', bytesOf('com.apple.streaming.transportStreamTimestamp\0', [0, 0, 0, 0, 0, 1, 95, 144]))
    assert.deepEqual(said(bytesOf(tag(bytesOf(other, frame('APIC', bytesOf([1, 2, 3])), txxx('lamp'))), tag(txxx('kettle')))), [undefined, 'lamp', 'kettle'])
  })

  it('undoes what keeps a tag from looking like sound', () => {
    assert.deepEqual(said(tag(frame('TXXX', bytesOf([0], 'kanmai\0a', [255, 0], 'b'), 4, 2))), ['aÿb'])
  })

  it('takes frames as players have read them', () => {
    assert.equal(id3Payload({ key: 'TXXX', info: 'kanmai', data: 'lamp\0' }), 'lamp')
    assert.equal(id3Payload({ key: 'PRIV', info: 'com.kanmai.cue', data: bytesOf('lamp').buffer }), 'lamp')
    assert.equal(id3Payload({ key: 'PRIV', info: 'com.kanmai.cue', data: 7 }), undefined)
    assert.equal(id3Payload({ key: 'TXXX', info: 'title', data: 'lamp' }), undefined)
  })

  it('says that a tag is cut off, and keeps what came before', () => {
    const whole = tag(bytesOf(txxx('lamp'), txxx('kettle')))
    const cut = id3Frames(whole.subarray(0, whole.length - 3))
    assert.deepEqual([cut.frames.map(id3Payload)[0], cut.broken], ['lamp', true])
    assert.equal(id3Frames(whole).broken, false)
    assert.equal(id3Frames(bytesOf('MP3 frames')).broken, true)
  })

  it('never throws on bytes of any kind', () => {
    const mangled = fc.tuple(fc.uint8Array({ maxLength: 60 }), fc.nat({ max: 40 })).map(([bytes, at]) => {
      const whole = tag(bytesOf(txxx('lamp'), frame('PRIV', bytesOf('com.kanmai.cue\0x'))))
      whole.set(bytes.subarray(0, whole.length - Math.min(at, whole.length)), Math.min(at, whole.length))
      return whole
    })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), mangled), (bytes) => {
        const { frames, broken } = id3Frames(bytes)
        frames.forEach(id3Payload)
        assert.equal(typeof broken, 'boolean')
      }),
      { numRuns: 5000 },
    )
  })
})
