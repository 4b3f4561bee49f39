import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { FrameNews } from '../../src/player/frame-protocol.ts'
import { vimeo } from '../../src/player/vimeo.ts'
import { youtube } from '../../src/player/youtube.ts'

const kinds: Record<string, 'number' | 'boolean'> = {
  ready: 'boolean', playing: 'boolean', ended: 'boolean',
  second: 'number', duration: 'number', rate: 'number', width: 'number', height: 'number',
}

const holds = (news: FrameNews): boolean =>
  Object.entries(news).every(([key, it]) => typeof it === kinds[key] && (typeof it !== 'number' || (it >= 0 && it < Infinity)))

const inherited = fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty')
const word = fc.oneof(inherited, fc.constantFrom('onStateChange', 'onPlaybackRateChange', 'infoDelivery', 'timeupdate', 'play', 'pause', 'ended', 'getPaused', 'getCurrentTime', 'getVideoWidth'), fc.string())
const leaf = fc.oneof(fc.constantFrom<unknown>(null, -1, 0, 1, 1e400, NaN, '1', true), fc.anything())
const fields = fc.record(
  { seconds: leaf, duration: leaf, playbackRate: leaf, videoWidth: leaf, currentTime: leaf, playerState: leaf },
  { requiredKeys: [] },
)
const message = fc.record({ event: fc.oneof(word, leaf), method: fc.oneof(word, leaf), info: fc.oneof(fields, leaf), data: fc.oneof(fields, leaf), value: leaf }, { requiredKeys: [] })
const foreign = fc.oneof(message, message.map((it) => JSON.stringify(it, (_, value: unknown) => (typeof value === 'bigint' ? null : value))), fc.string(), fc.anything())

for (const [name, protocol] of Object.entries({ youtube, vimeo })) {
  describe(`messages of a ${name} frame`, () => {
    it('say numbers and truths under known names, whatever comes', () => {
      fc.assert(fc.property(foreign, (it) => holds(protocol.read(it))), { numRuns: 5000 })
    })
  })
}

describe('messages of a youtube frame', () => {
  for (const info of [Infinity, NaN, -1, '2']) {
    it(`do not take ${String(info)} for a rate`, () => assert.deepEqual(youtube.read({ event: 'onPlaybackRateChange', info }), { ready: true }))
  }
  it('take a rate from its event', () => assert.deepEqual(youtube.read({ event: 'onPlaybackRateChange', info: 2 }), { ready: true, rate: 2 }))
})

describe('messages of a vimeo frame', () => {
  for (const event of ['constructor', '__proto__', 'toString']) {
    it(`do not take ${event} for a state`, () => assert.equal(vimeo.read({ event }).playing, undefined))
    it(`do not take ${event} for a question of ours`, () => assert.deepEqual(vimeo.read({ method: event, value: 1 }), { ready: true }))
  }
})
