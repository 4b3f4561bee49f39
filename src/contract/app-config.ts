import * as v from 'valibot'
import { isAppScheme } from './app-link.ts'
import { list } from './primitives.ts'

/** The publisher's own app around the page, and the apps of shops that its links may open. */
export const AppConfig = v.object({
  /** Schemes of apps that an item's `links.app` may open, in lower case and without the colon. */
  schemes: v.optional(list(v.custom<string>(isAppScheme, `an app's own scheme, as in "taobao"`))),
  /** Origin of the page that stands around this one in a frame, where that page plays the app. */
  origin: v.optional(
    v.custom<string>((it) => typeof it === 'string' && /^https?:\/\/[a-z\d.:[\]-]+$/.test(it), 'an origin, as in "https://app.example"'),
  ),
})
export type AppConfig = v.InferOutput<typeof AppConfig>
