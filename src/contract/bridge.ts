import * as v from 'valibot'
import { count, flag, id, link, list, oneOf, ref, second, text } from './primitives.ts'
import { SignalBatch } from './signal.ts'

// What a page and the app around it say to each other: JSON as text, each message of this version. Who cannot read a
// message leaves it.
export const bridgeVersion = 1

const version = v.custom<typeof bridgeVersion>((it) => it === bridgeVersion, `version ${bridgeVersion}`)

/** What an app may do for its page. */
export const bridgeVerbs = ['open', 'copy', 'share', 'login', 'signal'] as const
export type BridgeVerb = (typeof bridgeVerbs)[number]

/** What goes with each verb. `hello` comes first: the app's answer says which of the others it does. */
export const bridgeBodies = {
  hello: v.object({ publisher: id }),
  /** A product link, or where a coupon is claimed, is being followed: open it, by `universal` or `app` where they do. */
  open: v.object({
    url: link,
    universal: v.optional(link),
    app: v.optional(text(2000)),
    ref: v.optional(ref),
    item: v.optional(id),
    offer: v.optional(id),
    placement: v.optional(id),
    media: v.optional(id),
    second: v.optional(second),
  }),
  copy: v.object({ text: text(2000) }),
  share: v.object({ title: text(1000), url: link, ref: v.optional(ref), item: v.optional(id) }),
  /** A coupon is being claimed: sign the reader in first, if they are not. */
  login: v.object({ item: v.optional(id), offer: v.optional(id) }),
  /** The same that `POST /v1/{pub}/signals` takes. */
  signal: SignalBatch,
} as const

type Bodies = typeof bridgeBodies
export type BridgeBody<V extends keyof Bodies> = v.InferOutput<Bodies[V]>

/** From the page. An answer is waited for `patience` milliseconds: who is later than that does nothing. */
export const BridgeCall = v.object({
  kanmai: version,
  id: text(100),
  verb: oneOf('hello', ...bridgeVerbs),
  patience: count,
  body: v.unknown(),
})
export type BridgeCall = v.InferOutput<typeof BridgeCall>

/** From the app, to the call of that id: whether it does what it was asked for. */
export const BridgeAnswer = v.object({ kanmai: version, id: text(100), ok: flag, value: v.optional(v.unknown()) })
export type BridgeAnswer = v.InferOutput<typeof BridgeAnswer>

/** The value of the answer to `hello`. */
export const BridgeWelcome = v.object({
  /** The verbs that the app does; the browser does the others. */
  verbs: list(text(50)),
  /** `also`: signals go to the endpoint all the same (the default). `instead`: the app keeps them, and answers with a receipt. */
  signals: v.optional(oneOf('also', 'instead')),
})
export type BridgeWelcome = v.InferOutput<typeof BridgeWelcome>
