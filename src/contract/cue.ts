import * as v from 'valibot'
import { Item } from './item.ts'
import { Offer } from './offer.ts'
import { count, flag, fraction, id, list, moment, oneOf, second, text } from './primitives.ts'

/** Where the item is at second `t`: its centre, and its size when known, in fractions of the picture. */
export const Keyframe = v.object({ t: second, x: fraction, y: fraction, w: v.optional(fraction), h: v.optional(fraction) })

export const Track = v.object({ interpolation: oneOf('linear', 'spline'), keyframes: list(Keyframe) })

/**
 * An item tied to a span of a media: shown while `start` ≤ second < `end`; without `end` it is open until the same id
 * replaces it. `at` is a still point, `track` a moving one (times are seconds of the media).
 */
export const Cue = v.pipe(
  v.object({
    id,
    item: id,
    start: second,
    end: v.optional(second),
    at: v.optional(v.object({ x: fraction, y: fraction })),
    track: v.optional(Track),
    /** Words for the marker and the rail, when the item's title does not do. */
    title: v.optional(text(200)),
    /** The film pauses while the card is open. */
    pause: v.optional(flag),
    /** Second of the media that the film jumps to when the marker is pressed. */
    seek: v.optional(second),
    /** A press follows the product's link at once instead of opening the card. */
    follow: v.optional(flag),
    /** Offers for who watches, before the item's own. In a live room a cue whose offers all end ends with the last of them. */
    offers: v.optional(list(Offer)),
  }),
  v.check((cue) => cue.end === undefined || cue.end > cue.start, 'an end after its start'),
)

/**
 * A film, an audio piece or a live room. Seconds count from its start, or from the moment `origin` when it is live. A room
 * whose `duration` is known and has passed is over: what is played then is its recording.
 */
export const Media = v.object({
  id,
  title: v.optional(text()),
  duration: v.optional(second),
  origin: v.optional(moment),
  chapters: v.optional(list(v.object({ start: second, title: text(200) }))),
  /** Spans in which nothing is drawn over the picture; the rail goes on. */
  quiet: v.optional(list(v.object({ start: second, end: second }))),
})

/** Answer of `GET /v1/{pub}/media/{id}/cues`: the cues with the items they name. */
export const CueSheet = v.object({
  media: Media,
  cues: list(Cue),
  items: list(Item),
  /** Number of the last live cue in it: the `after=` from which the live stream goes on. */
  last: v.optional(count),
})

export type Keyframe = v.InferOutput<typeof Keyframe>
export type Track = v.InferOutput<typeof Track>
export type Cue = v.InferOutput<typeof Cue>
export type Media = v.InferOutput<typeof Media>
export type CueSheet = v.InferOutput<typeof CueSheet>

/** One `event: cue` of a live room: the cue with its item and media, so that nothing must be fetched to show it. */
export const LiveCue = v.object({ cue: Cue, item: v.optional(Item), media: v.optional(Media) })
export type LiveCue = v.InferOutput<typeof LiveCue>

/** One `event: room` of a live room: how many follow it, and the number of the last cue sent on this stream. */
export const RoomState = v.object({ viewers: count, last: v.optional(count) })
export type RoomState = v.InferOutput<typeof RoomState>
