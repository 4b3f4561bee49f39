import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import fc from 'fast-check'
import { build } from 'vite'
import * as real from '../../src/contract/index.ts'

/** The contract as the script-tag builds carry it. */
async function buildSmall(): Promise<typeof real> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { valibot: new URL('../../src/contract/small-valibot.ts', import.meta.url).pathname } },
    build: { write: false, lib: { entry: new URL('../../src/contract/index.ts', import.meta.url).pathname, formats: ['es'] } },
  })
  const [built] = Array.isArray(result) ? result : [result]
  if (!built || !('output' in built)) throw new Error('vite built nothing')
  return (await import(`data:text/javascript,${encodeURIComponent(built.output[0].code)}`)) as typeof real
}

const schemas = ['ItemList', 'FeedPage', 'CueSheet', 'LiveCue', 'PageConfig', 'Signal', 'SignalBatch', 'Receipt', 'Report', 'AppConfig', 'BridgeCall', 'BridgeAnswer', 'BridgeWelcome'] as const

/** Values that come near what schemas ask for: right shapes with one thing wrong are the ones that matter. */
const near = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(null, undefined, '', '12', 12, -1, 0.5, Number.NaN, true, [], {}, 'https://shop.example', 'javascript:1', 'USD', 'code', 'click', 'grid', '2026-11-23T14:00:00Z', 'granted'),
    fc.anything(),
  ),
  money: fc.record({ minor: tie('leaf'), currency: fc.constantFrom<unknown>('USD', 'usd', 5) }, { requiredKeys: [] }),
  price: fc.record({ now: tie('money'), was: tie('money'), final: tie('leaf'), min: tie('money') }, { requiredKeys: ['now'] }),
  offer: fc.record({ kind: fc.constantFrom<unknown>('code', 'flash', 'x', null), off: tie('money'), endsAt: tie('leaf'), stack: tie('leaf') }, { requiredKeys: [] }),
  item: fc.record(
    { id: fc.constantFrom<unknown>('a', '', 7), title: tie('leaf'), url: fc.constantFrom<unknown>('https://a.example', 'x'), price: tie('price'), offers: fc.array(tie('offer')), badges: fc.array(tie('leaf')), rating: tie('leaf') },
    { requiredKeys: ['id', 'title', 'url'] },
  ),
  cue: fc.record({ id: fc.constant('c'), item: tie('leaf'), start: fc.constantFrom<unknown>(0, 5, -1), end: fc.constantFrom<unknown>(3, 9, null), at: tie('leaf') }, { requiredKeys: ['id', 'start'] }),
  any: fc.record(
    {
      items: fc.oneof(fc.array(tie('item')), tie('leaf')),
      cues: fc.oneof(fc.array(tie('cue')), tie('leaf')),
      media: fc.oneof(fc.record({ id: tie('leaf'), duration: tie('leaf') }), tie('leaf')),
      list: tie('leaf'), next: tie('leaf'), publisher: tie('leaf'), enabled: tie('leaf'),
      theme: fc.oneof(fc.dictionary(fc.constantFrom('accent', 'radius', 'font', 'x', '__proto__'), fc.oneof(fc.constantFrom('#123', '12px', 'Inter, serif', 'url(x)'), tie('leaf'))), tie('leaf')),
      placements: fc.oneof(fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('toString', 'constructor', '__proto__')), fc.record({ layout: tie('leaf') })), tie('leaf')),
      id: tie('leaf'), type: tie('leaf'), occurredAt: tie('leaf'), second: tie('leaf'), ref: tie('leaf'),
      signals: tie('leaf'), accepted: fc.oneof(fc.array(tie('leaf')), tie('leaf')), duplicate: fc.constant([]), rejected: fc.constant([]), now: tie('leaf'),
      cue: tie('cue'), item: tie('item'),
    },
    { requiredKeys: [] },
  ),
}))

describe('the contract in the script-tag builds', () => {
  let small: typeof real
  before(async () => {
    small = await buildSmall()
  })

  it('carries nothing of valibot', async () => {
    assert.ok(!String(small.parse).includes('~standard'))
  })

  for (const name of schemas) {
    it(`${name} keeps, drops and names the same`, () => {
      fc.assert(
        fc.property(fc.oneof({ weight: 5, arbitrary: near.any }, { weight: 1, arbitrary: fc.anything() }), (input) => {
          assert.deepEqual(small.parse(small[name], input), real.parse(real[name], input))
        }),
        { numRuns: 600 },
      )
    })
  }
})
