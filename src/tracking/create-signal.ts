import type { Signal, SignalType } from '../contract/signal.ts'

/** What is known of a thing that happened, before it is a signal. */
export type SignalDraft = Omit<Signal, 'id' | 'occurredAt'> & {
  type: SignalType
  /** Milliseconds since 1970. */
  at: number
}

/** A signal with its id from birth: a click's is its ref, so that whoever counts it first, it is one. */
export function createSignal({ at, ...draft }: SignalDraft, newId: () => string): Signal {
  return { id: (draft.type === 'click' && draft.ref) || newId(), occurredAt: new Date(at).toISOString(), ...draft }
}
