import type { Money } from '../contract/money.ts'

const none = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
const three = 'BHD IQD JOD KWD LYD OMR TND'

/** Decimal places of a currency by ISO 4217. Not asked of Intl: engines disagree, and the endpoint must agree with them all. */
export function minorDigits(currency: string): number {
  return none.includes(currency) ? 0 : three.includes(currency) ? 3 : 2
}

const formats = new Map<string, Intl.NumberFormat>()

/** An amount as the locale writes it; whole amounts without decimals: `$24`, `$19.99`, `¥1,280`. */
export function formatMoney({ minor, currency }: Money, locale: string): string {
  const digits = minorDigits(currency)
  const shown = minor % 10 ** digits ? digits : 0
  const key = locale + currency + shown
  let format = formats.get(key)
  if (!format) {
    format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: shown,
      maximumFractionDigits: shown,
    })
    formats.set(key, format)
  }
  return format.format(minor / 10 ** digits)
}

/** Whether `a` is less than `b`; amounts of different currencies are never compared. */
export function isLess(a: Money, b: Money): boolean {
  return a.currency === b.currency && a.minor < b.minor
}
