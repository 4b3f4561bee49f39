import type { Random } from '../core/world.ts'

/** The browser's good chance. */
export const random: Random = (below) => Math.floor((crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32) * below)
