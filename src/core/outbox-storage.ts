import type { Loss, Signal } from '../contract/signal.ts'

/** A signal in the outbox. */
export interface Held {
  /** Its place in the storage; older is smaller. */
  key: number
  signal: Signal
  /** When it was put there, milliseconds since 1970 by the reader's clock. */
  at: number
}

/** A signal that was given up, and why; noted until the endpoint knows of it. */
export interface Lost extends Loss {
  /** When it was given up, as in `Held`. */
  at: number
  /** What the endpoint refused. It is set aside and can be looked at for a while. */
  signal?: Signal
  /** The endpoint knows. */
  told?: boolean
}

/** How sending fares. The tabs of an origin share it, and so does the next page. */
export interface Pause {
  /** Failures in a row. */
  failures: number
  /** Nothing is sent before, milliseconds since 1970 by the reader's clock. */
  until: number
  /** The endpoint has asked for it. */
  asked: boolean
}

/** What an outbox has in its storage. */
export interface OutboxContents {
  /** How many signals wait, and the oldest of them, oldest first. */
  count: number
  held: Held[]
  /** Oldest first. */
  lost: Lost[]
  pause?: Pause | undefined
  /** Another number when the storage was made anew: what it had before is gone. */
  born?: number | undefined
}

export interface OutboxChange {
  /** Keys of signals that wait no longer. */
  gone?: number[]
  /** Notes to keep, in place of those with the same ids. */
  lost?: Lost[]
  /** Ids of notes to forget. */
  forgotten?: string[]
  pause?: Pause
}

/** Where signals wait for their receipt. Shared by all tabs of an origin when it is durable. */
export interface OutboxStorage {
  /** What is put here outlives the page. */
  readonly durable: boolean
  /** Writing begins before this returns; resolves with the signal as it is kept. */
  put(signal: Signal, at: number): Promise<Signal>
  /** All that is there, of the waiting signals at most so many. */
  look(most: number): Promise<OutboxContents>
  /** Makes all of the change, or nothing. */
  settle(change: OutboxChange): Promise<void>
  /** Lets go of what it holds open; from then on every call fails. */
  close(): void
}

export interface Locks {
  /** Does the job if nobody else on this origin holds the lock, and holds it meanwhile. False when it was taken. */
  ifFree(name: string, job: () => Promise<void>): Promise<boolean>
}
