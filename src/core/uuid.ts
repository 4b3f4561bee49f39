import type { Random } from './world.ts'

/** A random UUID (version 4). The browser's own is missing on pages without https. */
export function uuid(random: Random): string {
  return '00000000-0000-4000-8000-000000000000'.replace(/[08]/g, (digit) => (+digit + random(digit === '0' ? 16 : 4)).toString(16))
}
