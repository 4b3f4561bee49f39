import type { Sql } from './store/sql.ts'
import { sendViewers, viewersChannel, type ViewersNotice } from './store/viewers.ts'

export interface Viewers {
  /** So many follow a room here. */
  set(publisher: string, room: string, own: number): void
  /** So many follow it at all processes that share the database, as far as they have said. */
  total(publisher: string, room: string): number
  close(): Promise<void>
}

interface Options {
  sql: Sql
  now: () => number
  log: (line: string) => void
  /** A total may be another one now. */
  changed: (publisher: string, room: string) => void
  /** Least milliseconds between two words of this process on a room. */
  pauseMs: number
  /** Milliseconds after which a process says its count again, though it is the same; three such silences and it counts as gone. */
  repeatMs: number
}

interface Count {
  publisher: string
  room: string
  own: number
  /** What the other processes said, and when. */
  others: Map<string, { viewers: number; at: number }>
  saidAt: number
  waiting: NodeJS.Timeout | undefined
}

/**
 * Counts who follows a room. Processes that share a database tell each other by NOTIFY; nothing is stored, so a process
 * that dies is forgotten, and a number may be a few seconds old.
 */
export function createViewers({ sql, now, log, changed, pauseMs, repeatMs }: Options): Viewers {
  const me = crypto.randomUUID()
  const counts = new Map<string, Count>()
  const keyOf = (publisher: string, room: string) => JSON.stringify([publisher, room])
  let stopListening: Promise<() => Promise<void>> | undefined
  let repeat: NodeJS.Timeout | undefined
  let closed = false

  function hear(payload: string) {
    if (!payload) return
    const { from, publisher, room, viewers } = JSON.parse(payload) as ViewersNotice
    const count = counts.get(keyOf(publisher, room))
    if (from === me || !count) return
    const isNew = !count.others.has(from)
    if (viewers) count.others.set(from, { viewers, at: now() })
    else count.others.delete(from)
    if (isNew && viewers) say(count)
    changed(publisher, room)
  }

  /** Tells the other processes: at once, or when the pause since the last word is over. */
  function say(count: Count) {
    if (closed || count.waiting) return
    const wait = Math.max(0, count.saidAt + pauseMs - now())
    count.waiting = setTimeout(() => {
      count.waiting = undefined
      count.saidAt = now()
      const { publisher, room, own } = count
      if (!own) counts.delete(keyOf(publisher, room))
      sendViewers(sql, { from: me, publisher, room, viewers: own }).catch((error: unknown) => log(`viewers of ${room}: ${String(error)}`))
    }, wait)
  }

  function repeatAll() {
    for (const count of counts.values()) {
      const before = count.others.size
      for (const [from, { at }] of count.others) if (now() - at > 3 * repeatMs) count.others.delete(from)
      if (count.others.size !== before) changed(count.publisher, count.room)
      say(count)
    }
  }

  return {
    set(publisher, room, own) {
      const key = keyOf(publisher, room)
      const count = counts.get(key) ?? { publisher, room, own: 0, others: new Map(), saidAt: -Infinity, waiting: undefined }
      if (count.own === own) return
      counts.set(key, count)
      count.own = own
      stopListening ??= sql.listen(viewersChannel, hear)
      // Listening first: who hears of this process for the first time answers at once. Without it the process counts
      // its own, and the next change tries again.
      stopListening.then(
        () => say(count),
        () => (stopListening = undefined),
      )
      repeat ??= setInterval(repeatAll, repeatMs)
      changed(publisher, room)
    },
    total(publisher, room) {
      const { own = 0, others = new Map<string, { viewers: number }>() } = counts.get(keyOf(publisher, room)) ?? {}
      return [...others.values()].reduce((sum, { viewers }) => sum + viewers, own)
    },
    async close() {
      closed = true
      clearInterval(repeat)
      const left = [...counts.values()].filter(({ own }) => own)
      for (const { waiting } of counts.values()) clearTimeout(waiting)
      counts.clear()
      const goodbyes = left.map(({ publisher, room }) => sendViewers(sql, { from: me, publisher, room, viewers: 0 }))
      await Promise.allSettled(goodbyes)
      const stop = await stopListening?.catch(() => undefined)
      stopListening = undefined
      await stop?.()
    },
  }
}
