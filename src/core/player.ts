import type { Beat } from './frame-clock.ts'
import type { Picture } from './picture-geometry.ts'

/** What changed: `state` (playing, seeking, rate, source), `time` (a few times a second), `frame` (a new picture is on the screen), `picture` (its size or place). */
export type PlayerChange = 'state' | 'time' | 'frame' | 'picture'

/** The most that a player's terms allow: to draw over its picture, or only to list beside it. */
export type PlayerPolicy = 'overlay' | 'rail'

/** Seconds from `start` to `end`. */
export interface SecondRange {
  start: number
  end: number
}

/** A player on the page, whatever it is made of; src/player/ fills it. `Box` is what stands on the page. */
export interface Player<Box = unknown> {
  readonly box: Box
  /** What may be drawn; a publisher can choose stricter, never laxer. */
  readonly policy: PlayerPolicy
  /** Whether an advertisement of the player's own plays in the film's place. */
  readonly interrupted: boolean
  /** What keeps the player from being followed, as a sentence. */
  readonly issue?: string | undefined
  readonly paused: boolean
  readonly ended: boolean
  readonly seeking: boolean
  /** Seconds of media per second of the clock. */
  readonly rate: number
  /** Seconds; NaN until known, Infinity when live. */
  readonly duration: number
  /** Second of the media that the player says it is at. */
  second(): number
  /** Second of the frame that will be on the screen at `paintAt` (milliseconds, as `performance.now()` counts). */
  secondAt(paintAt: number): number
  /** When the frames to come are due, while it plays and can know. */
  beat(): Beat | undefined
  /**
   * Moment of second 0 in milliseconds since 1970, when the stream carries dates; as counted around `second`, or around
   * where the player is, for a stream's dates may jump.
   */
  startedAt(second?: number): number | undefined
  /** Says `startedAt` where the player cannot; set by who reads the stream. */
  dates?: ((second: number) => number | undefined) | undefined
  /** Seconds that can be gone to now; of a live stream the window that the player still holds. */
  range?(): SecondRange | undefined
  /** The picture in the box, measured now; undefined when there is none on this page: audio, not loaded, picture-in-picture. */
  picture(): Picture | undefined
  /** Whether the player draws its own controls over the picture. */
  readonly controls: boolean
  seek(second: number): void
  play(): void
  pause(): void
  /** Calls the listener at every change until the returned function is called. */
  follow(listener: (change: PlayerChange) => void): () => void
}
