import type { Money } from '../contract/money.ts'
import type { Offer } from '../contract/offer.ts'
import type { DetailWords } from '../locale/en-details.ts'

/** What an offer gives, without its conditions: `$10 off`. */
export function offerGain({ off, percent, price, title, kind }: Offer, words: DetailWords, money: (it: Money) => string): string {
  if (off) return words.off(money(off))
  if (percent) return words.percentOff(percent)
  return price ? words.offerPrice(money(price)) : (title ?? words.kind[kind])
}

/** What an offer gives and from where on: `$10 off over $50`. */
export function offerWords(offer: Offer, words: DetailWords, money: (it: Money) => string): string {
  const gain = offerGain(offer, words, money)
  return offer.threshold?.minor ? words.offOver(gain, money(offer.threshold)) : gain
}
