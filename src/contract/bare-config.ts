import * as v from 'valibot'
import { count, flag, id, oneOf, text } from './primitives.ts'

export const ConsentMode = oneOf('granted', 'essential', 'none', 'auto')
export type ConsentMode = v.InferOutput<typeof ConsentMode>

/** How a product link leads to the shop: straight there, or over the endpoint, which counts the click on its way. */
export const LinkWay = oneOf('direct', 'redirect')
export type LinkWay = v.InferOutput<typeof LinkWay>

/** A named slot on the publisher's pages (推广位). */
export const Placement = v.object({
  title: v.optional(text(200)),
  layout: v.optional(oneOf('grid', 'row', 'compact')),
  /** Items a feed page holds. */
  pageSize: v.optional(count),
  /** How its product links lead to the shop; as the network's account says when absent. */
  link: v.optional(LinkWay),
})
export type Placement = v.InferOutput<typeof Placement>

/** What a page must know of its publisher before it shows anything; `PageConfig` reads the rest. */
export const BareConfig = v.object({
  publisher: id,
  /** `false` is the kill switch: elements show what the page itself brought, nothing is fetched or sent. */
  enabled: v.optional(flag),
  locale: v.optional(text(35)),
  consent: v.optional(ConsentMode),
  /** Words beside every link; the locale's own when absent. */
  disclosure: v.optional(text(200)),
  /** Signals are pushed to `window.dataLayer` too. */
  dataLayer: v.optional(flag),
  /** For pages that have one; they read it by `PageConfig`. */
  theme: v.optional(v.unknown()),
  colorScheme: v.optional(oneOf('light', 'dark', 'auto')),
  placements: v.optional(v.record(id, Placement)),
  /** Seconds after `price.asOf` until a price is no longer shown. */
  priceMaxAge: v.optional(count),
  /** How often a marker may appear unasked: of one item, and of all items together, in one visit. */
  fatigue: v.optional(v.object({ item: v.optional(count), visit: v.optional(count) })),
  /** For pages in an app, or that open apps; they read it by `AppConfig`. */
  app: v.optional(v.unknown()),
  /** Where product links open. */
  target: v.optional(oneOf('_blank', '_self', '_top')),
})
export type BareConfig = v.InferOutput<typeof BareConfig>
