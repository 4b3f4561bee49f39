import type { Random } from './world.ts'

const shortest = 500
const longest = 60_000
const longestAsked = 300_000

/** Milliseconds to wait after `failures` failures in a row: anything up to a limit that doubles from 0.5 s to 60 s (full jitter). */
export function backoff(failures: number, random: Random): number {
  return random(Math.min(longest, shortest * 2 ** (failures - 1)) + 1)
}

/** A `Retry-After` header (seconds or a date) in milliseconds, at most 300 s; undefined when there is none to read. */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (!header) return undefined
  const wait = /^\d+$/.test(header.trim()) ? +header * 1000 : Date.parse(header) - now
  return Number.isNaN(wait) ? undefined : Math.max(0, Math.min(wait, longestAsked))
}
