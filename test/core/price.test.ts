import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Item, Price } from '../../src/contract/item.ts'
import type { Offer } from '../../src/contract/offer.ts'
import { pricePath } from '../../src/core/price.ts'

const usd = (minor: number) => ({ minor, currency: 'USD' })
const at = Date.parse('2026-11-11T12:00:00Z')
const item = (price?: Price, rest: Partial<Item> = {}): Item => ({
  id: 'lamp',
  title: 'Lamp',
  url: 'https://shop.example',
  ...(price && { price }),
  ...rest,
})
const coupon: Offer = { kind: 'code', off: usd(1000) }

describe('pricePath', () => {
  it('is undefined without a price', () => assert.equal(pricePath(item(), at), undefined))

  it('names what it cost before only when that was more', () => {
    assert.deepEqual(pricePath(item({ now: usd(900), was: usd(1200) }), at)?.was, usd(1200))
    assert.equal(pricePath(item({ now: usd(900), was: usd(900) }), at)?.was, undefined)
    assert.equal(pricePath(item({ now: usd(900), was: { minor: 1200, currency: 'EUR' } }), at)?.was, undefined)
  })
  it('names what is paid after the offers', () => {
    assert.deepEqual(pricePath(item({ now: usd(5000) }, { offers: [coupon] }), at)?.final, usd(4000))
  })
  it('never subtracts a coupon from a final price that the network names', () => {
    const path = pricePath(item({ now: usd(5000), final: usd(4000) }, { offers: [coupon] }), at)
    assert.deepEqual(path?.final, usd(4000))
    assert.deepEqual(path?.used, [])
    assert.equal(pricePath(item({ now: usd(5000), final: usd(5000) }, { offers: [coupon] }), at)?.final, undefined)
  })
  it('is not shown when the shop was asked too long ago', () => {
    const asked = item({ now: usd(5000), asOf: '2026-11-11T11:00:00Z' })
    assert.ok(pricePath(asked, at, 3600))
    assert.equal(pricePath(asked, at, 3599), undefined)
    assert.ok(pricePath(asked, at))
  })
  it('is not shown past its validity', () => {
    assert.equal(pricePath(item({ now: usd(5000), validUntil: '2026-11-11T12:00:00Z' }), at), undefined)
  })
  it('is the former price again when the sale is over', () => {
    const over = { saleWindow: { endsAt: '2026-11-11T12:00:00Z' } }
    const path = pricePath(item({ now: usd(900), was: usd(1200), final: usd(800) }, over), at)
    assert.deepEqual([path?.now, path?.was, path?.final], [usd(1200), undefined, undefined])
  })
  it('says when it is that of the cheapest variant', () => {
    assert.equal(pricePath(item({ now: usd(900), min: usd(900), max: usd(1200) }), at)?.from, true)
    assert.equal(pricePath(item({ now: usd(900), min: usd(900), max: usd(900) }), at)?.from, false)
  })

  const amount = fc.record({ minor: fc.integer({ min: -100, max: 10_000 }), currency: fc.constantFrom('USD', 'EUR') })
  const anyPrice = fc.record({ now: amount, was: amount, final: amount, min: amount, max: amount }, { requiredKeys: ['now'] })
  it('goes down from was to now to final, in one currency', () => {
    fc.assert(
      fc.property(anyPrice, fc.boolean(), (price, withCoupon) => {
        const path = pricePath(item(price as Price, withCoupon ? { offers: [coupon] } : {}), at)!
        for (const [more, less] of [[path.was, path.now], [path.now, path.final]] as const) {
          if (!more || !less) continue
          assert.equal(more.currency, less.currency)
          assert.ok(less.minor < more.minor)
        }
        assert.ok((path.final?.minor ?? 0) >= 0)
      }),
    )
  })
})
