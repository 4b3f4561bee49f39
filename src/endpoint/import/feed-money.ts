import type { Money } from '../../contract/money.ts'
import { minorDigits } from '../../core/money.ts'

/** Signs that stand for one currency only. `$` and `¥` do not: they need the feed's currency to be said. */
const signs: Record<string, string> = {
  '€': 'EUR', '£': 'GBP', '₩': 'KRW', '₹': 'INR', '₽': 'RUB', '₺': 'TRY', '₫': 'VND', '฿': 'THB', '₱': 'PHP', '₪': 'ILS', '₴': 'UAH',
  'US$': 'USD', 'HK$': 'HKD', 'NT$': 'TWD', 'A$': 'AUD', 'AU$': 'AUD', 'C$': 'CAD', 'CA$': 'CAD', 'S$': 'SGD', 'R$': 'BRL', 'CN¥': 'CNY',
  'RMB': 'CNY', '￥': 'CNY', '元': 'CNY', '円': 'JPY', 'zł': 'PLN', 'ZŁ': 'PLN', 'Kč': 'CZK', 'KČ': 'CZK', 'Ft': 'HUF', 'FT': 'HUF',
}
const ambiguous: Record<string, readonly string[]> = { $: [], '¥': ['CNY', 'JPY'], KR: ['SEK', 'NOK', 'DKK', 'ISK'], 'KR.': ['SEK', 'NOK', 'DKK', 'ISK'] }

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** A sentence instead of an amount. */
export interface NoMoney {
  issue: string
}

export const isMoney = (it: Money | NoMoney): it is Money => 'minor' in it

/** Digits and decimal places of a written number, or undefined when it has none or two readings. */
function readNumber(written: string, digits: number): { whole: string; fraction: string } | 'ambiguous' | undefined {
  const bare = written.replace(/[\s\u00a0\u202f'’]/g, '')
  if (!/^\d[\d.,]*$/.test(bare) && !/^[.,]\d+$/.test(bare)) return undefined
  const marks = bare.replace(/\d/g, '')
  const last = bare.search(/[.,]\d*$/)
  const split = { whole: bare.slice(0, last).replace(/[.,]/g, ''), fraction: bare.slice(last + 1) }
  const whole = { whole: bare.replace(/[.,]/g, ''), fraction: '' }
  const grouped = /^\d{1,3}(?:[.,]\d{3})+$/.test(bare)
  if (!marks) return whole
  if (marks.length > 1) {
    if (new Set(marks).size === 1) return grouped || /^\d{1,3}(?:,\d\d)*,\d{3}$/.test(bare) ? whole : undefined
    // Two signs: the last is the decimal one, and stands once.
    const decimal = marks.at(-1)!
    return marks.indexOf(decimal) === marks.length - 1 && /^\d{1,3}(?:[.,]\d{2,3})*[.,]\d*$/.test(bare) ? split : undefined
  }
  if (!grouped || bare.startsWith('0')) return split
  // One sign and three digits: thousands where the currency has no decimals, otherwise what is usual for it, or a riddle.
  if (digits === 0) return whole
  if (digits === 3) return marks === '.' ? split : 'ambiguous'
  return marks === ',' ? whole : 'ambiguous'
}

/**
 * An amount as feeds write it: `40.99 USD`, `USD 40.99`, `69.71 gbp`, `1.299,00 EUR`, `1,299.00`, `€ 5`. Without a currency
 * of its own it takes the fallback. Decimal places follow ISO 4217: none for JPY, two for COP although nobody writes them.
 * More places than the currency has are rounded. What can be read in two ways is refused.
 */
export function feedMoney(written: string, fallback?: string): Money | NoMoney {
  const said = written.trim().slice(0, 60)
  const [, before = '', number = '', after = ''] = /^([^\d.,+-]*)([\d.,](?:[\d.,\s\u00a0\u202f'’]*\d)?[.,]?)-?([^\d]*)$/u.exec(said) ?? []
  if (!number) return { issue: `"${said}" is no amount: expected one such as 40.99 USD` }
  const sign = (before.trim() || after.trim()).replace(/\s+/g, '')
  const upper = sign.toUpperCase()
  let currency: string | undefined
  if (!sign) currency = fallback
  else if (before.trim() && after.trim() && before.trim() !== after.trim()) {
    currency = [before, after].map((it) => it.trim().toUpperCase()).find((it) => currencies.has(it))
  } else if (currencies.has(upper)) currency = upper
  else if (Object.hasOwn(signs, sign)) currency = signs[sign]
  else if (Object.hasOwn(signs, upper)) currency = signs[upper]
  else if (Object.hasOwn(ambiguous, upper)) {
    const may = ambiguous[upper]!
    currency = fallback && (!may.length || may.includes(fallback)) ? fallback : undefined
    if (!currency) {
      return { issue: `"${said}" does not say whose ${sign} it is: say the feed's currency with --currency ${may[0] ?? 'USD'}` }
    }
  } else return { issue: `"${said}" is in no currency of ISO 4217` }
  if (!currency) return { issue: `"${said}" names no currency: say the feed's with --currency USD` }

  const digits = minorDigits(currency)
  const read = readNumber(number, digits)
  if (read === 'ambiguous') {
    return { issue: `"${said}" can be read as a fraction or as thousands: write decimals with a point and two places` }
  }
  if (!read) return { issue: `"${said}" is no amount: expected one such as 40.99 USD` }
  const { whole, fraction } = read
  const exact = Number((whole || '0') + fraction.slice(0, digits).padEnd(digits, '0'))
  const minor = exact + (Number(fraction[digits] ?? 0) >= 5 ? 1 : 0)
  if (!Number.isSafeInteger(minor)) return { issue: `"${said}" is more than can be counted` }
  return { minor, currency }
}
