import type { Signal } from '../contract/signal.ts'
import { toJson } from '../contract/to-json.ts'
import type { Held } from '../core/outbox-storage.ts'

const encoder = new TextEncoder()

/** Bytes of a signal on the wire; 0 when it cannot go there: a broken disk or another program may have left anything in its place. */
export function bytesOf(signal: Partial<Signal> | undefined): number {
  try {
    const { id } = signal!
    return typeof id === 'string' && id && id.length <= 100 ? encoder.encode(toJson(signal)).length + 1 : 0
  } catch {
    return 0
  }
}

/** The first signals that together stay within `most` bytes; always at least one. */
export function cutBatch<T extends Pick<Held, 'signal'>>(held: T[], most: number): T[] {
  let bytes = 0
  const end = held.findIndex((it, index) => (bytes += bytesOf(it.signal)) > most && index > 0)
  return end < 0 ? held : held.slice(0, end)
}

/** The oldest signals, as many as must go so that the rest stays within a number and so many bytes. */
export function cutOverflow<T extends Pick<Held, 'signal'>>(held: T[], most: number, mostBytes: number): T[] {
  let bytes = 0
  let keep = 0
  while (keep < Math.min(most, held.length) && (bytes += bytesOf(held.at(-1 - keep)!.signal)) <= mostBytes) keep++
  return held.slice(0, held.length - keep)
}
