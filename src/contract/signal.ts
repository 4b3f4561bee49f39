import * as v from 'valibot'
import { count, flag, id, list, moment, oneOf, ref, second, text } from './primitives.ts'

export const signalTypes = ['impression', 'click', 'open', 'close', 'claim', 'copy', 'save', 'share', 'error'] as const
export type SignalType = (typeof signalTypes)[number]

/** One thing that happened, with an id from birth. A click's id is its ref. */
export const Signal = v.object({
  id: text(100),
  type: oneOf(...signalTypes),
  occurredAt: moment,
  item: v.optional(id),
  placement: v.optional(id),
  media: v.optional(id),
  /** Second of the media at which it happened. */
  second: v.optional(second),
  ref: v.optional(ref),
  offer: v.optional(id),
  cue: v.optional(id),
  /** The list the item stood in, and where (0 is first). */
  list: v.optional(id),
  position: v.optional(count),
  /** Visit it belongs to, and its number within it; only under `granted` consent. */
  session: v.optional(text(100)),
  seq: v.optional(count),
  page: v.optional(text(2000)),
  /** `false`: it could not be kept on disk before it was sent. */
  durable: v.optional(flag),
  /** `false`: no press of a person's has made it. */
  trusted: v.optional(flag),
  /** Milliseconds since its target had come up, or under the pointer; only when these were so few that it may be a mistake. */
  afterShown: v.optional(count),
  /** `true`: its browser is driven by a program. */
  automated: v.optional(flag),
  /** Short words on what happened, such as an error's issue. */
  detail: v.optional(text(1000)),
})
export type Signal = v.InferOutput<typeof Signal>

/** A signal that its browser gave up, under the signal's id: told twice it counts once, and not at all when the signal came after all. */
export const Loss = v.object({
  id: text(100),
  reason: text(100),
  /** Stands for so many signals that are too many to be named, under an id of its own. The number only grows. */
  count: v.optional(count),
  session: v.optional(text(100)),
  seq: v.optional(count),
})
export type Loss = v.InferOutput<typeof Loss>

/** Body of `POST /v1/{pub}/signals`; each signal is read on its own, so that one bad one does not cost the batch. */
export const SignalBatch = v.object({
  sentAt: v.optional(moment),
  signals: list(v.unknown()),
  /** Signals this browser gave up, until a receipt names them. */
  losses: v.optional(list(v.unknown())),
})
export type SignalBatch = v.InferOutput<typeof SignalBatch>

/** What the endpoint has kept. Only ids that a receipt names may be forgotten by the sender. */
export const Receipt = v.object({
  accepted: list(text(100)),
  duplicate: list(text(100)),
  rejected: list(v.object({ id: v.optional(text(200)), reason: text(1000) })),
  /** Ids of losses that are noted. */
  losses: v.optional(list(text(100))),
  now: moment,
})
export type Receipt = v.InferOutput<typeof Receipt>
