import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { formatMoney, isLess, minorDigits } from '../../src/core/money.ts'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('formatMoney', () => {
  for (const [minor, currency, locale, wanted] of [
    [1999, 'USD', 'en', '$19.99'],
    [2400, 'USD', 'en', '$24'],
    [1950, 'EUR', 'de', '19,50 €'],
    [128000, 'CNY', 'zh-CN', '¥1,280'],
    [1280, 'JPY', 'en', '¥1,280'],
    [1500, 'KWD', 'en', 'KWD 1.500'],
    [5, 'USD', 'en', '$0.05'],
    [0, 'USD', 'en', '$0'],
  ] as const) {
    it(`writes ${minor} ${currency} for ${locale} as ${wanted}`, () => {
      assert.equal(plain(formatMoney({ minor, currency }, locale)), wanted)
    })
  }

  it('keeps every minor unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.constantFrom('USD', 'JPY', 'KWD', 'CNY'), (minor, currency) => {
        const shown = Number(formatMoney({ minor, currency }, 'en').replace(/[^\d.]/g, ''))
        assert.equal(Math.round(shown * 10 ** minorDigits(currency)), minor)
      }),
    )
  })
})

describe('isLess', () => {
  it('compares amounts of one currency', () => {
    assert.equal(isLess({ minor: 1, currency: 'USD' }, { minor: 2, currency: 'USD' }), true)
    assert.equal(isLess({ minor: 2, currency: 'USD' }, { minor: 2, currency: 'USD' }), false)
  })
  it('never compares different currencies', () => {
    assert.equal(isLess({ minor: 1, currency: 'USD' }, { minor: 2, currency: 'EUR' }), false)
  })
})
