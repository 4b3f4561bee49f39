import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Offer } from '../../src/contract/offer.ts'
import { afterOffers, deduction, isOpen, offerState } from '../../src/core/offer.ts'

const cny = (minor: number) => ({ minor, currency: 'CNY' })
const at = Date.parse('2026-11-11T12:00:00Z')
const before = '2026-11-11T11:00:00Z'
const now = '2026-11-11T12:00:00Z'
const later = '2026-11-11T13:00:00Z'

/** Any offer, in its currency or another, open or not. */
export const anyOffer: fc.Arbitrary<Offer> = fc.record(
  {
    kind: fc.constantFrom('code', 'threshold', 'auto', 'redpacket', 'flash', 'member'),
    off: fc.record({ minor: fc.integer({ min: -500, max: 30_000 }), currency: fc.constantFrom('CNY', 'USD') }),
    percent: fc.double({ min: -10, max: 200, noNaN: true }),
    price: fc.record({ minor: fc.integer({ min: -500, max: 30_000 }), currency: fc.constantFrom('CNY', 'USD') }),
    threshold: fc.record({ minor: fc.integer({ min: 0, max: 30_000 }), currency: fc.constantFrom('CNY', 'USD') }),
    startsAt: fc.constantFrom(before, now, later),
    endsAt: fc.constantFrom(before, now, later),
    left: fc.nat(3),
    stack: fc.boolean(),
    audience: fc.constant('new customers'),
  },
  { requiredKeys: ['kind'] },
)

describe('offerState', () => {
  for (const [offer, wanted] of [
    [{}, 'active'],
    [{ startsAt: later }, 'upcoming'],
    [{ startsAt: now }, 'active'],
    [{ endsAt: now }, 'ended'],
    [{ endsAt: later }, 'active'],
    [{ left: 0 }, 'gone'],
    [{ left: 1 }, 'active'],
    [{ left: 0, endsAt: before }, 'ended'],
  ] as const) {
    it(`is ${wanted} with ${JSON.stringify(offer)}`, () => assert.equal(offerState({ kind: 'code', ...offer }, at), wanted))
  }
})

describe('deduction', () => {
  for (const [what, offer, price, wanted] of [
    ['an amount', { off: cny(1000) }, 9900, 1000],
    ['an amount from its threshold on', { off: cny(1000), threshold: cny(9900) }, 9900, 1000],
    ['nothing below the threshold', { off: cny(1000), threshold: cny(9901) }, 9900, 0],
    ['a part, never rounded in the shop’s disfavour', { percent: 15 }, 999, 149],
    ['no more than everything', { off: cny(10_000) }, 9900, 9900],
    ['no more than everything by percent', { percent: 150 }, 9900, 9900],
    ['down to a whole price', { price: cny(5000) }, 9900, 4900],
    ['nothing when its price is dearer', { price: cny(10_000) }, 9900, 0],
    ['nothing in another currency', { off: { minor: 100, currency: 'USD' } }, 9900, 0],
    ['nothing by a threshold in another currency', { off: cny(100), threshold: { minor: 1, currency: 'USD' } }, 9900, 0],
  ] as const) {
    it(`takes off ${what}`, () => assert.equal(deduction({ kind: 'code', ...offer }, cny(price)), wanted))
  }
})

describe('afterOffers', () => {
  const final = (...offers: Omit<Offer, 'kind'>[]) =>
    afterOffers(cny(10_000), offers.map((it) => ({ kind: 'code', ...it })), at).final.minor

  it('takes the best of offers that do not stack', () => {
    assert.equal(final({ off: cny(1000) }, { off: cny(3000) }, { percent: 20 }), 7000)
  })
  it('adds up those that stack', () => {
    assert.equal(final({ off: cny(1000), stack: true }, { percent: 20, stack: true }), 7000)
  })
  it('never mixes one that stands alone with those that stack', () => {
    assert.equal(final({ off: cny(1000), stack: true }, { off: cny(3000) }), 7000)
    assert.equal(final({ off: cny(2000), stack: true }, { off: cny(2000), stack: true }, { off: cny(3000) }), 6000)
  })
  it('leaves out what not everybody can use', () => {
    assert.equal(final({ off: cny(1000), audience: 'new customers' }), 10_000)
    assert.equal(afterOffers(cny(10_000), [{ kind: 'member', price: cny(1) }], at).final.minor, 10_000)
  })
  it('leaves out what is not yet, no more, or used up', () => {
    assert.equal(final({ off: cny(1), startsAt: later }, { off: cny(1), endsAt: now }, { off: cny(1), left: 0 }), 10_000)
  })

  it('lies between nothing and the price, is whole, and does not care for the order', () => {
    fc.assert(
      fc.property(fc.array(anyOffer, { maxLength: 6 }), fc.nat(20_000), (offers, minor) => {
        const { final, used } = afterOffers(cny(minor), offers, at)
        assert.ok(Number.isInteger(final.minor) && final.minor >= 0 && final.minor <= minor)
        assert.equal(final.currency, 'CNY')
        assert.ok(used.every((it) => isOpen(it, at)))
        assert.equal(used.length > 0, final.minor < minor)
        assert.deepEqual(afterOffers(cny(minor), [...offers].reverse(), at).final, final)
      }),
    )
  })
  it('never gets dearer by one more offer', () => {
    fc.assert(
      fc.property(fc.array(anyOffer, { maxLength: 5 }), anyOffer, fc.nat(20_000), (offers, more, minor) => {
        assert.ok(afterOffers(cny(minor), [...offers, more], at).final.minor <= afterOffers(cny(minor), offers, at).final.minor)
      }),
    )
  })
})
