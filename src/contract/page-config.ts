import * as v from 'valibot'
import { count, flag, id, oneOf, text } from './primitives.ts'

// What a token may be is listed, not what it may not: nothing here can end a declaration, name another token or fetch.
const token = (pattern: RegExp, expected: string) =>
  v.optional(v.custom<string>((it) => typeof it === 'string' && it.length <= 200 && pattern.test(it), expected))

const colour = String.raw`(#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})|[a-z]{3,24}|(rgba?|hsla?|hwb|(ok)?l(ab|ch)|color(-mix)?)\([\da-z\s#.,%/+-]{1,100}\))`
const Colour = token(new RegExp(`^(${colour}|light-dark\\(\\s*${colour}\\s*,\\s*${colour}\\s*\\))$`, 'i'), 'a colour, as in #1c1b19 or rgb(28 27 25)')
const Length = token(/^(0|\d{1,5}(\.\d{1,4})?(px|r?em|%))$/, 'a length of at most 5 digits, as in 12px')

const word = String.raw`-?[\p{L}_][\p{L}\p{N}_-]*`
const family = String.raw`("[\p{L}\p{N} ._-]+"|'[\p{L}\p{N} ._-]+'|${word}( ${word})*)`
const Font = token(new RegExp(`^${family}( ?, ?${family})*$`, 'u'), 'names of fonts with commas between them')

/** The tokens a publisher may set; each lands in `--kanmai-<token>`. */
const Theme = v.object({
  font: Font,
  accent: Colour,
  radius: Length,
  text: Colour,
  muted: Colour,
  surface: Colour,
  line: Colour,
  sale: Colour,
  'marker-color': Colour,
  'marker-size': Length,
})
export type Theme = v.InferOutput<typeof Theme>
export type ThemeToken = keyof Theme
export const themeTokens: readonly ThemeToken[] = ['font', 'accent', 'radius', 'text', 'muted', 'surface', 'line', 'sale', 'marker-color', 'marker-size']

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
  theme: v.optional(Theme),
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

export type PageConfig = v.InferOutput<typeof PageConfig>
