import type { Random } from './world.ts'

const shortest = 500
const longest = 60_000

/** Milliseconds to wait after `failures` failures in a row: anything up to a limit that doubles from 0.5 s to 60 s (full jitter). */
export function backoff(failures: number, random: Random): number {
  return random(Math.min(longest, shortest * 2 ** (failures - 1)) + 1)
}
