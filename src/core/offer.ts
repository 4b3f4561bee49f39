import type { Money } from '../contract/money.ts'
import type { Offer } from '../contract/offer.ts'

export type OfferState = 'upcoming' | 'active' | 'ended' | 'gone'

/** Where an offer stands at `at` (milliseconds since 1970): `startsAt` ≤ at < `endsAt`; `gone` when none are left. */
export function offerState(offer: Offer, at: number): OfferState {
  if (offer.endsAt && at >= Date.parse(offer.endsAt)) return 'ended'
  if (offer.left === 0) return 'gone'
  return offer.startsAt && at < Date.parse(offer.startsAt) ? 'upcoming' : 'active'
}

/** Minor units that an offer takes off a price, 0 when its threshold is not reached or it is of another currency. */
export function deduction(offer: Offer, { minor, currency }: Money): number {
  const { off, percent, price, threshold } = offer
  if ([off, price, threshold].some((it) => it && it.currency !== currency) || minor < (threshold?.minor ?? 0)) return 0
  const less = price
    ? minor - Math.max(0, price.minor)
    : Math.max(off?.minor ?? 0, Math.floor((minor * Math.min(100, percent ?? 0)) / 100))
  return Math.max(0, Math.min(minor, less))
}

/** Whether anyone at all can use the offer at `at`: what is only for members or some other audience makes no public price. */
export function isOpen(offer: Offer, at: number): boolean {
  return offerState(offer, at) === 'active' && offer.kind !== 'member' && !offer.audience
}

/** What is paid for one piece after the offers open at `at`: the best single one, or those that stack, added up. */
export function afterOffers(now: Money, offers: readonly Offer[], at: number): { final: Money; used: Offer[] } {
  let stacked = 0
  let best = 0
  let alone: Offer | undefined
  const together: Offer[] = []
  for (const offer of offers) {
    const less = isOpen(offer, at) ? deduction(offer, now) : 0
    if (!less) continue
    if (offer.stack) {
      stacked += less
      together.push(offer)
    } else if (less > best) {
      best = less
      alone = offer
    }
  }
  const used = stacked > best ? together : alone ? [alone] : []
  return { final: { ...now, minor: Math.max(0, now.minor - Math.max(best, stacked)) }, used }
}
