import * as v from 'valibot'
import { Money } from './money.ts'
import { Offer } from './offer.ts'
import { count, flag, id, link, list, moment, number, oneOf, text } from './primitives.ts'

/** `now` is what the shop asks, `was` what it asked before, `final` (到手价) what is paid after the offers, when the network says so. */
export const Price = v.object({
  now: Money,
  was: v.optional(Money),
  final: v.optional(Money),
  /** Cheapest and dearest variant, when they differ. */
  min: v.optional(Money),
  max: v.optional(Money),
  /** Price per unit: `price` for `amount` `unit`, as in 1.20 for 100 ml. */
  unit: v.optional(v.object({ price: Money, amount: number, unit: text(20) })),
  member: v.optional(v.object({ tier: text(100), price: Money })),
  /** When the shop was last asked. */
  asOf: v.optional(moment),
  validUntil: v.optional(moment),
})

export const Availability = oneOf('in_stock', 'low_stock', 'out_of_stock', 'preorder', 'backorder', 'unknown')

/** A product as it is shown. Commission, source ids and merchant accounts never enter it. */
export const Item = v.object({
  id,
  title: text(1000),
  /** The finished link; a literal `{ref}` in it is where the click reference goes, `{placement}`, `{media}` and `{second}` where it was clicked. */
  url: link,
  image: v.optional(link),
  images: v.optional(list(v.object({ url: link, alt: v.optional(text()), role: v.optional(oneOf('main', 'white', 'more')) }))),
  videoUrl: v.optional(link),
  shortTitle: v.optional(text()),
  description: v.optional(text(10_000)),
  brand: v.optional(text()),
  seller: v.optional(v.object({ id: v.optional(id), name: text(), kind: v.optional(text(100)), score: v.optional(number) })),
  /**
   * Other ways to the product; `direct` and `redirect` where `url` goes the other of the two, and somebody may need this one.
   * `universal` opens the shop's app where it is installed and the shop's page elsewhere; `app` has the app's own scheme.
   */
  links: v.optional(
    v.object({
      universal: v.optional(link),
      app: v.optional(text(2000)),
      passphrase: v.optional(text()),
      mini: v.optional(text(2000)),
      direct: v.optional(link),
      redirect: v.optional(link),
    }),
  ),
  price: v.optional(Price),
  saleWindow: v.optional(v.object({ startsAt: v.optional(moment), endsAt: v.optional(moment) })),
  availability: v.optional(Availability),
  availableFrom: v.optional(moment),
  presale: v.optional(
    v.object({ deposit: Money, text: v.optional(text()), startsAt: v.optional(moment), endsAt: v.optional(moment) }),
  ),
  offers: v.optional(list(Offer)),
  groupId: v.optional(id),
  /** What variants differ by: `{name: 'colour', values: ['Moss', 'Clay']}`. */
  options: v.optional(list(v.object({ name: text(100), values: list(text(200)) }))),
  variants: v.optional(
    list(
      v.object({
        id,
        title: v.optional(text()),
        values: v.optional(list(text(200))),
        price: v.optional(Price),
        image: v.optional(link),
        availability: v.optional(Availability),
      }),
    ),
  ),
  /** `value` of `best` stars. */
  rating: v.optional(v.object({ value: number, best: v.optional(number), count: v.optional(count) })),
  /** Pieces sold in the last `days`. */
  sales: v.optional(v.object({ count, days: v.optional(count) })),
  badges: v.optional(list(text(100))),
  /** Paths from wide to narrow: `[['Home', 'Lighting', 'Lamps']]`. */
  categories: v.optional(list(list(text(200)))),
  ids: v.optional(v.object({ gtin: v.optional(text(50)), mpn: v.optional(text(100)), sku: v.optional(text(100)), asin: v.optional(text(20)) })),
  shipping: v.optional(v.object({ free: v.optional(flag), cost: v.optional(Money) })),
  adult: v.optional(flag),
  tags: v.optional(list(text(200))),
  /** Sentence the network wants beside this very link, when its rules ask for one. */
  disclosure: v.optional(text()),
})

export type Item = v.InferOutput<typeof Item>
export type Price = v.InferOutput<typeof Price>
export type Availability = v.InferOutput<typeof Availability>

/** Answer of `GET /v1/{pub}/items`. */
export const ItemList = v.object({ items: list(Item) })
export type ItemList = v.InferOutput<typeof ItemList>

/** Answer of `GET /v1/{pub}/feeds/{placement}`; `list` names this very list in signals, `next` asks for the next page. */
export const FeedPage = v.object({ list: id, items: list(Item), next: v.optional(text(2000)) })
export type FeedPage = v.InferOutput<typeof FeedPage>
