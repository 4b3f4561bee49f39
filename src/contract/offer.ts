import * as v from 'valibot'
import { Money } from './money.ts'
import { count, flag, id, link, moment, number, oneOf, text } from './primitives.ts'

/**
 * Something that makes an item cheaper. `off` is taken off, `percent` is the part taken off (20 = a fifth), from
 * `threshold` on; a flash or member offer gives its whole `price`. `startsAt` ≤ now < `endsAt`; `left` of `total` remain.
 */
export const Offer = v.object({
  id: v.optional(id),
  kind: oneOf('code', 'threshold', 'auto', 'redpacket', 'flash', 'member'),
  title: v.optional(text()),
  off: v.optional(Money),
  percent: v.optional(number),
  price: v.optional(Money),
  threshold: v.optional(Money),
  code: v.optional(text(100)),
  /** Where the coupon is fetched, when it is not a code to copy. */
  claimUrl: v.optional(link),
  startsAt: v.optional(moment),
  endsAt: v.optional(moment),
  left: v.optional(count),
  total: v.optional(count),
  /** May be used together with other offers. Without it only the best single offer counts. */
  stack: v.optional(flag),
  /** For whom, in words: `new customers`. An offer with an audience never enters the price path. */
  audience: v.optional(text()),
})

export type Offer = v.InferOutput<typeof Offer>
