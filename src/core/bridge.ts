import type { BridgeBody, BridgeVerb } from '../contract/bridge.ts'
import type { Receipt, SignalBatch } from '../contract/signal.ts'

/**
 * What the app around a page does for it. An app that does not know a verb, refuses it, or does not answer in time has
 * answered no: then the browser does it by itself.
 */
export interface Bridge {
  /** Whether the app has said that it does this. */
  can(verb: BridgeVerb): boolean
  open(what: BridgeBody<'open'>): Promise<boolean>
  copy(text: string): Promise<boolean>
  share(what: BridgeBody<'share'>): Promise<boolean>
  /** Waits for the reader. */
  login(what: BridgeBody<'login'>): Promise<boolean>
  /** Hands signals over. The receipt names those that the app has taken upon itself; none when it only listens, or took none. */
  signal(batch: SignalBatch): Promise<Receipt | undefined>
  /** Whether it keeps signals in the endpoint's place. */
  readonly keeps: boolean
  close(): void
}

/** The line to an app: there is one kind for each kind of web view. */
export interface BridgeLine {
  /** Hands a message over; a line that answers by itself returns the answer, or a promise of it. */
  post(message: string): unknown
  /** Hears the app until the returned function is called. */
  hear(heard: (message: unknown) => void): () => void
}
