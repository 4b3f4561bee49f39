import type { Offer } from '../contract/offer.ts'
import type { PageController } from './page-controller.ts'

/** What an offer gives, without its conditions: `$10 off`. */
export function offerGain({ off, percent, price, title, kind }: Offer, { words, money }: PageController): string {
  if (off) return words.off(money(off))
  if (percent) return words.percentOff(percent)
  return price ? words.offerPrice(money(price)) : (title ?? words.kind[kind])
}

/** What an offer gives and from where on: `$10 off over $50`. */
export function offerWords(offer: Offer, page: PageController): string {
  const gain = offerGain(offer, page)
  return offer.threshold?.minor ? page.words.offOver(gain, page.money(offer.threshold)) : gain
}
