import type { LiveCue } from '../contract/cue.ts'
import { unavailable } from './problem.ts'
import { itemsById } from './store/items.ts'
import { findMedia, liveChannel, liveCues, type LiveNotice } from './store/media.ts'
import type { Publisher } from './store/publishers.ts'
import type { Sql } from './store/sql.ts'

/** A live cue with its number in the room. */
export interface Numbered {
  id: number
  live: LiveCue
}

export interface LiveRooms {
  /**
   * Follows a room from after a number on: every cue once, in order, also those sent while nobody listened. `hear` may
   * be called before this resolves; `stop` ends it.
   */
  follow(publisher: Publisher, room: string, after: number, hear: (cue: Numbered) => void): { stop(): void; caughtUp: Promise<void> }
  /** Looks whether a notice got lost. */
  refresh(publisher: string, room: string): void
  close(): Promise<void>
}

interface Follower {
  after: number
  hear: (cue: Numbered) => void
}

interface Room {
  publisher: Publisher
  name: string
  followers: Set<Follower>
  /** One read at a time; another one is wanted when something came meanwhile. */
  reading: Promise<void> | undefined
  again: boolean
}

const cuesPerRead = 200

/** The rooms that this process has listeners in. However many there are, a new cue is read once per room. */
export function createLiveRooms(sql: Sql, log: (line: string) => void): LiveRooms {
  const rooms = new Map<string, Room>()
  const keyOf = (publisher: string, room: string) => JSON.stringify([publisher, room])
  let stopListening: Promise<() => Promise<void>> | undefined

  function listen(): Promise<unknown> {
    stopListening ??= sql.listen(liveChannel, (payload) => {
      const { publisher, room } = JSON.parse(payload) as LiveNotice
      refresh(publisher, room)
    })
    stopListening.catch(() => (stopListening = undefined))
    return stopListening
  }

  function refresh(publisher: string, name: string) {
    const room = rooms.get(keyOf(publisher, name))
    if (room) void read(room).catch((error: unknown) => log(`live room ${name}: ${String(error)}`))
  }

  function read(room: Room): Promise<void> {
    room.again = true
    room.reading ??= readOn(room)
    return room.reading
  }

  async function readOn(room: Room): Promise<void> {
    try {
      do await readOnce(room)
      while (room.again && room.followers.size)
    } finally {
      // In the same step as the look at `again`, so that no wish falls between the two.
      room.reading = undefined
    }
  }

  async function readOnce(room: Room): Promise<void> {
    room.again = false
    const oldest = Math.min(...Array.from(room.followers, (it) => it.after))
    const rows = await liveCues(sql, room.publisher.key, room.name, oldest, cuesPerRead)
    if (!rows.length) return
    const media = await findMedia(sql, room.publisher.key, room.name)
    const items = await itemsById(sql, room.publisher, [...new Set(rows.map((row) => row.cue.item))])
    const byId = new Map(items.map((item) => [item.id, item]))
    for (const { id, cue } of rows) {
      const item = byId.get(cue.item)
      const numbered = { id, live: { cue, media, ...(item && { item }) } }
      for (const follower of room.followers) {
        // Numbers have no gaps: who came while this was read and stands further back is served by the next read.
        if (follower.after !== id - 1) continue
        follower.after = id
        follower.hear(numbered)
      }
    }
    room.again ||= rows.length === cuesPerRead
  }

  return {
    follow(publisher, name, after, hear) {
      const key = keyOf(publisher.key, name)
      const room = rooms.get(key) ?? { publisher, name, followers: new Set(), reading: undefined, again: false }
      rooms.set(key, room)
      // The newest config: accounts may have changed since the room was opened.
      room.publisher = publisher
      const follower = { after, hear }
      room.followers.add(follower)
      return {
        // Listening first, reading then: what comes in between is read twice and heard once.
        caughtUp: listen().then(() => read(room)),
        stop() {
          room.followers.delete(follower)
          if (!room.followers.size && rooms.get(key) === room) rooms.delete(key)
        },
      }
    },
    refresh,
    async close() {
      rooms.clear()
      const stop = await stopListening?.catch(() => undefined)
      stopListening = undefined
      await stop?.()
    },
  }
}

/** Streams that may be open, in all and per client; clients without a name are not told apart. */
export function createStreamSlots(most: number, mostPerClient: number) {
  const perClient = new Map<string, number>()
  let open = 0
  return {
    /** Takes a slot; throws a 503 when none is left. The returned function gives it back, once. */
    take(client: string): () => void {
      const mine = perClient.get(client) ?? 0
      if (open >= most || (client && mine >= mostPerClient)) {
        throw unavailable('Too many live streams are open. Try again later, or read the cues of the media.', 30)
      }
      open++
      perClient.set(client, mine + 1)
      let taken = true
      return () => {
        if (!taken) return
        taken = false
        open--
        const left = perClient.get(client)! - 1
        if (left) perClient.set(client, left)
        else perClient.delete(client)
      }
    },
  }
}
