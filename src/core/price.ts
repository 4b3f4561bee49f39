import type { Item } from '../contract/item.ts'
import type { Offer } from '../contract/offer.ts'
import { askedPrice, type AskedPrice } from './asked-price.ts'
import { afterOffers } from './offer.ts'
import { isLess } from './money.ts'

/** The way of a price: what was asked, what is asked now, what is paid in the end. */
export interface PricePath extends AskedPrice {
  /** The offers that lead from now to final; empty when the network itself names the final price. */
  used: Offer[]
}

/**
 * The price asked (see `askedPrice`) and what is paid after the offers. Where the network names a
 * final price no coupon is subtracted again.
 */
export function pricePath(item: Item, at: number, maxAge?: number): PricePath | undefined {
  const asked = askedPrice(item, at, maxAge)
  if (!asked || item.price?.final) return asked && { ...asked, used: [] }
  const { final, used } = afterOffers(asked.now, item.offers ?? [], at)
  return { ...asked, used, ...(isLess(final, asked.now) && { final }) }
}
