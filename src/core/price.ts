import type { Item } from '../contract/item.ts'
import type { Money } from '../contract/money.ts'
import type { Offer } from '../contract/offer.ts'
import { isLess } from './money.ts'
import { afterOffers } from './offer.ts'

/** The way of a price: what was asked, what is asked now, what is paid in the end. Each step is only there when it is lower. */
export interface PricePath {
  now: Money
  was?: Money
  final?: Money
  /** The cheapest of several variants' prices. */
  from: boolean
  /** The offers that lead from now to final; empty when the network itself names the final price. */
  used: Offer[]
}

/**
 * The price to show at `at` (milliseconds since 1970), undefined when none may be shown: there is none, it is no longer
 * valid, or the shop was asked more than `maxAge` seconds ago. A final price from the network is taken as it is, no
 * coupon is subtracted from it again. Outside its sale window an item costs what it cost before.
 */
export function pricePath({ price, offers = [], saleWindow }: Item, at: number, maxAge = Infinity): PricePath | undefined {
  if (!price) return
  if (price.asOf && at - Date.parse(price.asOf) > maxAge * 1000) return
  if (price.validUntil && at >= Date.parse(price.validUntil)) return

  const { startsAt, endsAt } = saleWindow ?? {}
  const onSale = !((startsAt && at < Date.parse(startsAt)) || (endsAt && at >= Date.parse(endsAt)))
  const now = onSale ? price.now : (price.was ?? price.now)
  const after = onSale && price.final ? { final: price.final, used: [] } : afterOffers(now, offers, at)

  const path: PricePath = { now, from: !!price.min && !!price.max && isLess(price.min, price.max), used: after.used }
  if (price.was && isLess(now, price.was)) path.was = price.was
  if (after.final.minor >= 0 && isLess(after.final, now)) path.final = after.final
  return path
}
