import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { minorDigits } from '../../../src/core/money.ts'
import { feedMoney, isMoney } from '../../../src/endpoint/import/feed-money.ts'

describe('feedMoney', () => {
  const cases: [written: string, minor: number, currency: string, fallback?: string][] = [
    ['40.99 USD', 4099, 'USD'],
    ['USD 40.99', 4099, 'USD'],
    ['40.99USD', 4099, 'USD'],
    ['69.71 gbp', 6971, 'GBP'],
    ['35.1 TRY', 3510, 'TRY'],
    ['4480000 COP', 448000000, 'COP'],
    ['4.480.000 COP', 448000000, 'COP'],
    ['1.299,00 EUR', 129900, 'EUR'],
    ['1,299.00', 129900, 'USD', 'USD'],
    ['1,299 USD', 129900, 'USD'],
    ['1 299,00 EUR', 129900, 'EUR'],
    ['1’299.50 CHF', 129950, 'CHF'],
    ['1,00,000.00 INR', 10000000, 'INR'],
    ['40,99 EUR', 4099, 'EUR'],
    ['40.9900 USD', 4099, 'USD'],
    ['0.999 USD', 100, 'USD'],
    ['.5 USD', 50, 'USD'],
    ['5. USD', 500, 'USD'],
    ['0 USD', 0, 'USD'],
    ['€ 5', 500, 'EUR'],
    ['5 €', 500, 'EUR'],
    ['$19.99 USD', 1999, 'USD'],
    ['US$19.99', 1999, 'USD'],
    ['¥199', 199, 'JPY', 'JPY'],
    ['¥199', 19900, 'CNY', 'CNY'],
    ['199元', 19900, 'CNY'],
    ['$5', 500, 'CAD', 'CAD'],
    ['1,280 JPY', 1280, 'JPY'],
    ['1.280 JPY', 1280, 'JPY'],
    ['12.345 KWD', 12345, 'KWD'],
    ['99', 9900, 'EUR', 'EUR'],
  ]
  for (const [written, minor, currency, fallback] of cases) {
    it(`reads ${written}${fallback ? ` in a feed in ${fallback}` : ''}`, () => assert.deepEqual(feedMoney(written, fallback), { minor, currency }))
  }

  const refused: [written: string, why: RegExp, fallback?: string][] = [
    ['¥199', /whose ¥/],
    ['¥199', /whose ¥/, 'USD'],
    ['$5', /whose \$/],
    ['40.99', /names no currency/],
    ['40.99 XYZ', /no currency of ISO 4217/],
    ['1.299 EUR', /fraction or as thousands/],
    ['free', /no amount/],
    ['-5 USD', /no amount/],
    ['1.2.3 USD', /no amount/],
    ['1,2.3,4 USD', /no amount/],
    ['10 USD 20 USD', /no amount/],
    ['99999999999999999 USD', /more than can be counted/],
  ]
  for (const [written, why, fallback] of refused) {
    it(`refuses ${written}${fallback ? ` in a feed in ${fallback}` : ''}`, () => {
      const found = feedMoney(written, fallback)
      assert.ok(!isMoney(found))
      assert.match(found.issue, why)
    })
  }

  it('reads back what was written with a point', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), fc.constantFrom('USD', 'JPY', 'KWD', 'COP', 'EUR'), (minor, currency) => {
        const digits = minorDigits(currency)
        const written = (minor / 10 ** digits).toFixed(digits)
        const found = feedMoney(`${written} ${currency}`)
        // Three places of a currency with three read as a fraction, never as thousands.
        assert.deepEqual(found, { minor, currency })
      }),
    )
  })
  it('never throws, and gives whole minor units of 0 or more', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.,- ¥$€USDusd\u00a0') }), (written) => {
        const found = feedMoney(written, 'USD')
        if (isMoney(found)) assert.ok(Number.isSafeInteger(found.minor) && found.minor >= 0)
      }),
      { numRuns: 2000 },
    )
  })
})
