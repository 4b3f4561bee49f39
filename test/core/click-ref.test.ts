import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parse } from '../../src/contract/parse.ts'
import { ref as refSchema } from '../../src/contract/primitives.ts'
import { hashOf, mintRef, stampRef } from '../../src/core/click-ref.ts'
import { readRef } from '../../src/core/read-ref.ts'
import type { Random } from '../../src/core/world.ts'

const random: Random = (below) => Math.floor(Math.random() * below)
const place = fc.record(
  { placement: fc.string({ minLength: 1 }), media: fc.string({ minLength: 1 }), second: fc.double({ min: 0, max: 1e7, noNaN: true }) },
  { requiredKeys: [] },
)

describe('a click ref', () => {
  it('is something every network takes, and says where the click was', () => {
    fc.assert(
      fc.property(place, ({ placement, media, second }) => {
        const ref = mintRef({ placement, media, second }, random)
        assert.match(ref, /^[0-9a-z]{29}$/)
        assert.deepEqual(parse(refSchema, ref).issues, [])
        assert.deepEqual(readRef(ref), {
          ...(placement && { placementHash: hashOf(placement) }),
          ...(media && { mediaHash: hashOf(media) }),
          ...(second !== undefined && { second: Math.min(Math.floor(second), 36 ** 4 - 2) }),
        })
      }),
    )
  })

  it('survives a network that changes its case', () => {
    const ref = mintRef({ placement: 'article-end', second: 75.2 }, random)
    assert.deepEqual(readRef(ref.toUpperCase()), { placementHash: hashOf('article-end'), second: 75 })
  })

  it('knows no second where there is none', () => {
    for (const second of [undefined, NaN, -1]) assert.equal(readRef(mintRef({ second }, random))?.second, undefined)
    assert.equal(readRef(mintRef({ second: Infinity }, random))?.second, 36 ** 4 - 2)
  })

  it('reads nothing out of a stranger\'s', () => {
    for (const ref of ['', 'summer-sale', '2'.repeat(29), '1'.repeat(28), '1'.repeat(30)]) assert.equal(readRef(ref), undefined)
    fc.assert(fc.property(fc.string(), (text) => void readRef(text)))
  })

  it('is never minted twice', () => {
    const refs = Array.from({ length: 20_000 }, () => mintRef({ placement: 'a' }, random))
    assert.equal(new Set(refs).size, refs.length)
  })

  it('tells texts apart by five characters', () => {
    const hashes = Array.from({ length: 5000 }, (_, i) => hashOf(`placement-${i}`))
    assert.ok(hashes.every((hash) => /^[0-9a-z]{5}$/.test(hash) && hash !== '00000'))
    assert.ok(new Set(hashes).size >= 4990)
  })

  it('is stamped as text into every slot, and nothing else changes', () => {
    assert.equal(stampRef('https://a.example/?a=%2f&ref={ref}&x={ref}', '1abc'), 'https://a.example/?a=%2f&ref=1abc&x=1abc')
    assert.equal(stampRef('https://a.example/?ref={ref}'), 'https://a.example/?ref=')
    assert.equal(stampRef('https://a.example/?ref={ref}', '$&'), 'https://a.example/?ref=$&')
  })
})

describe('the place of a click in a link', () => {
  const link = 'https://a.example/go/x?ref={ref}&placement={placement}&media={media}&second={second}'

  it('is what a server reads there, whatever its names are', () => {
    fc.assert(
      fc.property(fc.record({ placement: fc.string({ unit: 'binary' }), media: fc.string(), second: fc.double({ min: 0, noNaN: true }) }), (place) => {
        const query = new URL(stampRef(link, 'r1', place)).searchParams
        assert.deepEqual(
          [query.get('ref'), query.get('placement'), query.get('media'), Number(query.get('second'))],
          ['r1', place.placement, place.media, place.second],
        )
        assert.equal([...query].length, 4)
      }),
    )
  })

  it('is left out where it is not known', () => {
    assert.equal(stampRef(link, 'r1', { media: 'film' }), 'https://a.example/go/x?ref=r1&media=film')
    assert.equal(stampRef(link), 'https://a.example/go/x?ref=')
  })

  it('may hold half a character without harm', () => {
    assert.equal(stampRef(link, 'r1', { placement: 'a\ud800b', media: '😀' }), 'https://a.example/go/x?ref=r1&placement=ab&media=%F0%9F%98%80')
  })
})

describe('stampRef without a ref', () => {
  it('leaves no empty step in the path of a link', () => {
    assert.equal(
      stampRef('https://www.anrdoezrs.net/links/1/type/dlg/sid/{ref}/https://shop.example/a'),
      'https://www.anrdoezrs.net/links/1/type/dlg/https://shop.example/a',
    )
    assert.equal(stampRef('https://prf.hn/click/camref:c/pubref:{ref}/destination:x'), 'https://prf.hn/click/camref:c/destination:x')
    assert.equal(stampRef('https://shop.example/sid/{ref}'), 'https://shop.example')
  })

  it('leads to the same host', () => {
    assert.equal(stampRef('https://sid/{ref}'), 'https://sid/')
    assert.equal(stampRef('https://shop.example/sid/{ref}.evil.example/'), 'https://shop.example/sid/.evil.example/')
  })
})
