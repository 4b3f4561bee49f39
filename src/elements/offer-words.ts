import type { Offer } from '../contract/offer.ts'
import type { PageController } from './page-controller.ts'

/** What an offer gives, in a few words: `$10 off over $50`. */
export function offerWords(offer: Offer, page: PageController): string {
  const { words } = page
  const { off, percent, price, threshold } = offer
  const gain = off ? words.off(page.money(off)) : percent ? words.percentOff(percent) : price && words.offerPrice(page.money(price))
  if (!gain) return offer.title ?? words.kind[offer.kind]
  return threshold && threshold.minor > 0 && !price ? words.offOver(gain, page.money(threshold)) : gain
}
