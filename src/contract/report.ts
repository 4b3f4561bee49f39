import * as v from 'valibot'
import { count, id, list, moment, number, oneOf, ref, second, text } from './primitives.ts'

/** Why a signal is nothing that anybody should pay for. It is kept and counted all the same. */
export const flagReasons = ['bot', 'prefetch', 'untrusted', 'hasty', 'rate', 'repeat'] as const
export type Flag = (typeof flagReasons)[number]

/**
 * All that was counted, and net of what has a flag. `ctr` is clicks / impressions, 0 without impressions. `flags` are
 * signals by reason, one that has two counts twice; `previews` are looks at a link by programs, which are no clicks.
 */
const figures = {
  impressions: count,
  clicks: count,
  ctr: number,
  netImpressions: count,
  netClicks: count,
  netCtr: number,
  flags: v.optional(v.record(oneOf(...flagReasons), count)),
  previews: v.optional(count),
}

/** The figures of one (placement, item, media, whole second); absent where a signal named none. */
export const ReportRow = v.object({
  placement: v.optional(id),
  item: v.optional(id),
  media: v.optional(id),
  second: v.optional(second),
  ...figures,
  /** Refs of its clicks, newest first. */
  refs: list(ref),
})
export type ReportRow = v.InferOutput<typeof ReportRow>

/** What is known to be missing in the time asked for; absent when nothing is. */
export const Losses = v.object({
  /** Signals that browsers gave up on, by reason. */
  dropped: v.optional(v.record(text(100), count)),
  /** Signals that never came, by the holes in the numbers of so many visits. */
  missing: v.optional(count),
  visits: v.optional(count),
})
export type Losses = v.InferOutput<typeof Losses>

/** Answer of `GET /v1/{pub}/report`. */
export const Report = v.object({
  from: v.optional(moment),
  to: v.optional(moment),
  totals: v.object(figures),
  rows: list(ReportRow),
  losses: v.optional(Losses),
})
export type Report = v.InferOutput<typeof Report>
