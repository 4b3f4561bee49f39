import { backoff } from '../core/backoff.ts'
import type { Pause } from '../core/outbox-storage.ts'
import type { Random } from '../core/world.ts'

/** So many failures in a row open the circuit: from then on at most one request in so many milliseconds, whatever pages do. */
const breaks = 6
const rest = 60_000
/** No pause is longer: an endpoint may ask for 300 s. What says otherwise was written by another clock. */
const longest = 450_000

/** All is well. */
export const noPause: Pause = { failures: 0, until: 0, asked: false }

/** The circuit is open, or the endpoint has asked to be left alone: nothing cuts this pause short. */
export const isFirm = ({ failures, asked }: Pause): boolean => asked || failures >= breaks

/** How long to wait after one more failure; `after` is what the endpoint asked for, in milliseconds. */
export function nextPause({ failures }: Pause, now: number, after: number | undefined, random: Random): Pause {
  const next = { failures: failures + 1, until: 0, asked: after !== undefined }
  const least = Math.max(after ?? 0, next.failures < breaks ? 0 : rest)
  return { ...next, until: now + least + backoff(next.failures, random) }
}

/** Milliseconds that a pause still lasts. */
export function leftOf({ until }: Pause, now: number): number {
  const left = until - now
  return left > 0 && left < longest ? left : 0
}
