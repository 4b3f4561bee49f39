import type { Receipt, SignalBatch } from '../contract/signal.ts'
import type { Locks, OutboxStorage } from '../core/outbox-storage.ts'
import type { Clock, Random } from '../core/world.ts'

/** How a batch fared. Without a receipt nothing is delivered, whatever the status was. */
export type Delivery =
  | { ok: true; value: Receipt }
  /** `after`: milliseconds until the endpoint wants to hear of us again. */
  | { ok: false; status?: number | undefined; after?: number | undefined }

export interface OutboxWorld {
  storage: OutboxStorage
  locks: Locks
  /** Of the lock: one sender per origin and endpoint. */
  name: string
  /** The reader's clock; only differences count. */
  local: Clock
  /** The endpoint's clock, for what it gets to read. */
  clock: Clock
  random: Random
  /** Calls back after so many milliseconds; the returned function calls it off. */
  later(callback: () => void, milliseconds: number): () => void
  /** `stopped` says that the page is put aside: what would cost it its place in the back/forward cache is broken off. */
  send(batch: SignalBatch, stopped: AbortSignal): Promise<Delivery>
  /** Hands over what cannot wait for an answer; false when the browser does not take it. */
  beacon(batch: SignalBatch): boolean
  /** Sentences for the developer. */
  warn(issue: string): void
}
