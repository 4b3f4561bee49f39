import type { Signal } from '../contract/signal.ts'

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
  /** Lets go of what it holds open; from then on every call fails. */
  close(): void
}

export interface Locks {
  /** Does the job if nobody else on this origin holds the lock, and holds it meanwhile. False when it was taken. */
  ifFree(name: string, job: () => Promise<void>): Promise<boolean>
}

/** Adds up drop counts; a reason that comes to nothing is left out. */
export function addDrops(a: Drops, b: Drops): Drops {
  const sum: Drops = { ...a }
  for (const [reason, count] of Object.entries(b)) {
    const total = (sum[reason] ?? 0) + count
    if (total > 0) sum[reason] = total
    else delete sum[reason]
  }
  return sum
}
