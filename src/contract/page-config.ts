import * as v from 'valibot'
import { BareConfig } from './bare-config.ts'

export { ConsentMode, LinkWay, Placement } from './bare-config.ts'

// What a token may be is listed, not what it may not: nothing here can end a declaration, name another token or fetch.
const token = (pattern: RegExp, expected: string) =>
  v.optional(v.custom<string>((it) => typeof it === 'string' && it.length <= 200 && pattern.test(it), expected))

const colour = String.raw`(#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})|[a-z]{3,24}|(rgba?|hsla?|hwb|(ok)?l(ab|ch)|color(-mix)?)\([\da-z\s#.,%/+-]{1,100}\))`
const Colour = token(new RegExp(`^(${colour}|light-dark\\(\\s*${colour}\\s*,\\s*${colour}\\s*\\))$`, 'i'), 'a colour, as in #1c1b19 or rgb(28 27 25)')
const Length = token(/^(0|\d{1,5}(\.\d{1,4})?(px|r?em|%))$/, 'a length of at most 5 digits, as in 12px')

// Words that mean something else everywhere in CSS are no names, and browsers differ on a name that begins with one.
const word = String.raw`(?!(inherit|initial|unset|default|revert(-layer)?)([ ,]|$))-?[\p{L}_][\p{L}\p{N}_-]*`
const family = String.raw`("[\p{L}\p{N} ._-]+"|'[\p{L}\p{N} ._-]+'|${word}( ${word})*)`
const Font = token(new RegExp(`^${family}( ?, ?${family})*$`, 'iu'), 'names of fonts with commas between them')

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

/** What a page needs to know of its publisher: the public half of the publisher's config. */
export const PageConfig = v.object({ ...BareConfig.entries, theme: v.optional(Theme) })

export type PageConfig = v.InferOutput<typeof PageConfig>
