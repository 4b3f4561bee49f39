import type { Signal } from '../contract/signal.ts'
import type { Held } from '../core/outbox-storage.ts'

const encoder = new TextEncoder()

/** Bytes of a signal on the wire. */
export const bytesOf = (signal: Signal): number => encoder.encode(JSON.stringify(signal)).length + 1

/** The first signals that together stay within `most` bytes; always at least one. */
export function cutBatch<T extends Pick<Held, 'signal'>>(held: T[], most: number): T[] {
  let bytes = 0
  const end = held.findIndex((it, index) => (bytes += bytesOf(it.signal)) > most && index > 0)
  return end < 0 ? held : held.slice(0, end)
}
