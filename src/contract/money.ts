import * as v from 'valibot'
import { integer } from './primitives.ts'

/** An amount in the smallest unit of its currency: `{minor: 1999, currency: 'USD'}` is 19.99 dollars. */
export const Money = v.object({
  minor: integer,
  currency: v.custom<string>((it) => typeof it === 'string' && /^[A-Z]{3}$/.test(it), 'an ISO 4217 currency code'),
})

export type Money = v.InferOutput<typeof Money>
