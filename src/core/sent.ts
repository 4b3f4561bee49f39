import type { Receipt, Signal } from '../contract/signal.ts'

/** What was delivered: how many signals of each type, and the latest of them. */
export interface Sent {
  readonly counts: Readonly<Record<string, number>>
  readonly latest: readonly Signal[]
}

export const nothingSent: Sent = { counts: {}, latest: [] }

/** Signals that are kept to be looked at. */
const mostLatest = 200

/** With what a receipt says of a batch. */
export function withSent(sent: Sent, batch: readonly Signal[], { accepted, duplicate }: Receipt): Sent {
  const ids = new Set([...accepted, ...duplicate])
  const kept = batch.filter(({ id }) => ids.has(id))
  const counts = { ...sent.counts }
  for (const { type } of kept) counts[type] = (counts[type] ?? 0) + 1
  return { counts, latest: [...sent.latest, ...kept].slice(-mostLatest) }
}
