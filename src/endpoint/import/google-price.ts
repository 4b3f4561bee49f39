import type { Price } from '../../contract/item.ts'
import type { Money } from '../../contract/money.ts'
import type { Offer } from '../../contract/offer.ts'
import { isLess } from '../../core/money.ts'
import { feedMoney, isMoney } from './feed-money.ts'
import { feedWindow } from './feed-moment.ts'
import type { Fields } from './fields.ts'

export interface Pricing {
  price?: Price
  offers: Offer[]
}

/**
 * A sale without dates is the price, and the regular one is what it was. A sale with dates is a flash offer upon the
 * regular price: whether it holds is for the clock of whoever shows it, since the feed may be read long before or after.
 */
export function googlePrice(fields: Fields, issues: string[], asOf: string | undefined): Pricing {
  const regular = fields.money('price')
  const sale = fields.money('sale_price')
  const offers: Offer[] = []
  let now = regular ?? sale
  let was: Money | undefined
  if (sale && regular && !isLess(sale, regular)) {
    if (sale.minor !== regular.minor || sale.currency !== regular.currency) {
      issues.push('sale_price: is not below the price, so it is no sale')
    }
  } else if (sale && regular) {
    const dates = fields.text('sale_price_effective_date')
    const window = dates === undefined ? undefined : feedWindow(dates)
    if (window) offers.push({ kind: 'flash', price: sale, ...window })
    else if (dates === undefined) [now, was] = [sale, regular]
    else issues.push(`sale_price_effective_date: "${dates.slice(0, 80)}" is no span such as 2026-11-27T00:00Z/2026-11-30T23:59Z, so the sale is left out`)
  }
  if (!now) return { offers }
  const unit = unitPrice(now, fields, issues)
  const member = memberPrice(fields, issues)
  return {
    price: { now, ...(was && { was }), ...(unit && { unit }), ...(member && { member }), ...(asOf && { asOf }) },
    offers,
  }
}

/** Units of one kind, in the smallest of them. */
const units: Record<string, readonly [kind: string, size: number]> = {
  mg: ['mass', 1], g: ['mass', 1000], kg: ['mass', 1e6], oz: ['mass', 28_349.523], lb: ['mass', 453_592.37],
  ml: ['volume', 1], cl: ['volume', 10], l: ['volume', 1000], cbm: ['volume', 1e6], floz: ['volume', 29.5735], pt: ['volume', 473.176],
  qt: ['volume', 946.353], gal: ['volume', 3785.41],
  cm: ['length', 1], m: ['length', 100], in: ['length', 2.54], ft: ['length', 30.48], yd: ['length', 91.44],
  sqm: ['area', 1], sqft: ['area', 0.092903],
  ct: ['count', 1], sheet: ['sheet', 1],
}

function measure(written: string | undefined): { amount: number; unit: string; kind: string; size: number } | undefined {
  const [, number = '', name = ''] = /^([\d.,]+)?\s*([a-z. ]+)$/i.exec(written ?? '') ?? []
  const unit = name.toLowerCase().replace(/[. ]/g, '')
  const found = Object.hasOwn(units, unit) ? units[unit] : undefined
  const amount = number ? Number(number.replace(',', '.')) : 1
  return found && amount > 0 ? { amount, unit, kind: found[0], size: amount * found[1] } : undefined
}

function unitPrice(now: Money, fields: Fields, issues: string[]): Price['unit'] {
  const written = fields.text('unit_pricing_measure')
  if (written === undefined) return undefined
  const sold = measure(written)
  const base = measure(fields.text('unit_pricing_base_measure') ?? (sold && `1 ${sold.unit}`))
  if (!sold || !base || sold.kind !== base.kind) {
    issues.push(`unit_pricing_measure: "${written.slice(0, 40)}" is no measure such as 750 ml that its base measure can be told from`)
    return undefined
  }
  return { price: { ...now, minor: Math.round((now.minor * base.size) / sold.size) }, amount: base.amount, unit: base.unit }
}

/** `loyalty_program` as a group, or in a cell as `program:tier:price:…`. */
function memberPrice(fields: Fields, issues: string[]): Price['member'] {
  for (const value of fields.groups('loyalty_program')) {
    const cell = typeof value === 'string' ? value.split(':') : []
    const { program_label, tier_label, price, member_price } = typeof value === 'string'
      ? { program_label: cell[0], tier_label: cell[1], price: cell[2], member_price: undefined }
      : value
    const written = (price || member_price)?.trim()
    if (!written) continue
    const money = feedMoney(written)
    if (!isMoney(money)) issues.push(`loyalty_program: ${money.issue}`)
    else return { tier: (tier_label || program_label || 'member').trim(), price: money }
  }
  return undefined
}
