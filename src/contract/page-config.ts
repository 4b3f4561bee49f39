import * as v from 'valibot'
import { count, flag, id, oneOf, text } from './primitives.ts'

/** The tokens a publisher may set; each lands in `--kanmai-<token>`. */
export const themeTokens = ['font', 'accent', 'radius', 'text', 'muted', 'surface', 'line', 'sale', 'marker-color', 'marker-size'] as const
export type ThemeToken = (typeof themeTokens)[number]

// What could end a declaration, open another or fetch something has no place in a token.
const tokenValue = v.custom<string>(
  (it) => typeof it === 'string' && it.length <= 200 && /^[\w\s#%.,()'"/+*-]+$/.test(it) && !/url|expression|image/i.test(it),
  'a CSS value without url() or punctuation that ends it',
)

export const ConsentMode = oneOf('granted', 'essential', 'none', 'auto')
export type ConsentMode = v.InferOutput<typeof ConsentMode>

/** A named slot on the publisher's pages (推广位). */
export const Placement = v.object({
  title: v.optional(text(200)),
  layout: v.optional(oneOf('grid', 'row', 'compact')),
  /** Items a feed page holds. */
  pageSize: v.optional(count),
})
export type Placement = v.InferOutput<typeof Placement>

/** What a page needs to know of its publisher: the public half of the publisher's config. */
export const PageConfig = v.object({
  publisher: id,
  /** `false` is the kill switch: elements show what the page itself brought, nothing is fetched or sent. */
  enabled: v.optional(flag),
  locale: v.optional(text(35)),
  consent: v.optional(ConsentMode),
  /** Words beside every link; the locale's own when absent. */
  disclosure: v.optional(text(200)),
  /** Signals are pushed to `window.dataLayer` too. */
  dataLayer: v.optional(flag),
  theme: v.optional(v.record(oneOf(...themeTokens), tokenValue)),
  colorScheme: v.optional(oneOf('light', 'dark', 'auto')),
  placements: v.optional(v.record(id, Placement)),
  /** Seconds after `price.asOf` until a price is no longer shown. */
  priceMaxAge: v.optional(count),
  /** How often a marker may appear unasked: of one item, and of all items together, in one visit. */
  fatigue: v.optional(v.object({ item: v.optional(count), visit: v.optional(count) })),
  /** Where product links open. */
  target: v.optional(oneOf('_blank', '_self', '_top')),
})

export type PageConfig = v.InferOutput<typeof PageConfig>
