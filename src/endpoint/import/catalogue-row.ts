import type { Item } from '../../contract/item.ts'
import type { Offer } from '../../contract/offer.ts'

/** A product as a feed brings it, before it has a public id and an affiliate link. */
export interface CatalogueRow {
  /** The feed's own id; a catalogue row is (publisher, feed, rawId). */
  rawId: string
  /** What will be shown. */
  item: Omit<Item, 'id' | 'url'>
  /** Where the product is sold: the merchant's page, or a link the network has already signed. Absolute. */
  target: string
  /** Ids of promotions the feed names; joined to the promotions of the publisher when the item is read. */
  promotions?: string[]
  /** What the publisher earns, as the network says it. Never leaves the server. */
  commission?: { rate?: number; amount?: { minor: number; currency: string } }
}

/** A promotion as a promotions feed brings it: an offer that products name by id, or that holds for all of them. */
export interface PromotionRow {
  promotionId: string
  everyItem: boolean
  offer: Offer
}
