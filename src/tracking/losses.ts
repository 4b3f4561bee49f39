import type { Held, Lost } from '../core/outbox-storage.ts'
import { bytesOf } from './cut-batch.ts'

/** Beyond so many notes signals are counted and no longer named. */
export const mostNotes = 1000
/** Refused signals that are kept to be looked at. */
export const mostAside = 100
const reasonLength = 100

/** Notes on signals that are given up now; `lost` are those there are. `aside` keeps the signals in them. */
export function noteLosses(lost: readonly Lost[], held: readonly Held[], why: string, now: number, newId: () => string, aside = false): Lost[] {
  const reason = why.slice(0, reasonLength)
  if (lost.length + held.length > mostNotes) {
    // One whose number grows: the endpoint takes the greatest that it hears.
    const known = lost.find((it) => it.count && it.reason === reason)
    return [{ id: newId(), reason, at: now, ...known, count: (known?.count ?? 0) + held.length }]
  }
  return held.map(({ signal }) => {
    if (!bytesOf(signal)) return { id: newId(), reason, at: now }
    const { id, session, seq } = signal
    return { id, reason, at: now, ...(session && { session, seq }), ...(aside && { signal }) }
  })
}

/** Ids of notes that nobody needs any more: told, and not or no longer to be looked at. */
export function pastNotes(lost: readonly Lost[], since: number): string[] {
  const told = lost.filter((it) => it.told)
  return told.filter((it, index) => !it.signal || it.at < since || index < told.length - mostAside).map((it) => it.id)
}
