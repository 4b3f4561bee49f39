import type { Signal, SignalBatch, Receipt } from '../contract/signal.ts'
import type { Clock, Random } from '../core/world.ts'

/** A signal in the outbox. */
export interface Held {
  /** Its place in the storage; older is smaller. */
  key: number
  signal: Signal
  /** When it was put there, milliseconds since 1970 by the reader's clock. */
  at: number
}

/** How many signals were given up, by reason. */
export type Drops = Record<string, number>

/** Where signals wait for their receipt. Shared by all tabs of an origin when it is durable. */
export interface OutboxStorage {
  /** Writing begins before this returns; resolves when the signal is kept. */
  put(signal: Signal, at: number): Promise<void>
  /** The oldest `most` signals, oldest first. */
  oldest(most: number): Promise<Held[]>
  count(): Promise<number>
  drops(): Promise<Drops>
  /** Forgets the signals with these keys and adds to the drop counts (which may be less than 0): both or neither. */
  settle(keys: number[], drops: Drops): Promise<void>
  /** Forgets everything. */
  clear(): Promise<void>
  /** Lets go of what it holds open. */
  close(): void
}

export interface Locks {
  /** Does the job if nobody else on this origin holds the lock, and holds it meanwhile. False when it was taken. */
  ifFree(name: string, job: () => Promise<void>): Promise<boolean>
}

/** How a batch fared. Without a receipt nothing is delivered, whatever the status was. */
export type Delivery =
  | { ok: true; value: Receipt }
  /** `after`: milliseconds until the endpoint wants to hear of us again. */
  | { ok: false; reason: string; status?: number | undefined; after?: number | undefined }

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
  send(batch: SignalBatch): Promise<Delivery>
  /** Hands over what cannot wait for an answer; false when the browser does not take it. */
  beacon(batch: SignalBatch): boolean
  /** Sentences for the developer. */
  warn(issue: string): void
}
