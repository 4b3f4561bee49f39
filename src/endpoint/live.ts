import type { LiveCue, RoomState } from '../contract/cue.ts'
import type { ItemLinks } from './item-links.ts'
import type { Limits } from './limits.ts'
import { itemsById } from './store/items.ts'
import { findRoom, liveChannel, liveCues, type LiveNotice } from './store/media.ts'
import type { Publisher } from './store/publishers.ts'
import type { Sql } from './store/sql.ts'
import { createViewers } from './viewers.ts'

/** A live cue with its number in the room; the same object for everybody who hears it. */
export interface Numbered {
  id: number
  live: LiveCue
}

/** Somebody who follows a room. */
export interface RoomListener {
  cue(cue: Numbered): void
  /** How the room stands: when it is joined, and every few seconds when the number of viewers has changed. */
  state(state: Required<RoomState>): void
  /** Now and then, so that a connection without a cue is not taken for a dead one. */
  beat(): void
  /** The room is closed; nothing comes any more. */
  end(): void
}

export interface LiveRooms {
  /**
   * Follows a room from after a number on: every cue once, in order, also those sent while nobody listened. The listener
   * may be called before this resolves; `stop` ends it.
   */
  follow(
    publisher: Publisher,
    room: string,
    after: number,
    links: ItemLinks,
    listener: RoomListener,
  ): { stop(): void; caughtUp: Promise<void> }
  close(): Promise<void>
}

interface Follower {
  after: number
  listener: RoomListener
  /** Whether it has been told how the room stands. */
  joined: boolean
}

interface Room {
  publisher: Publisher
  name: string
  links: ItemLinks
  followers: Set<Follower>
  /** One read at a time; another one is wanted when something came meanwhile. */
  reading: Promise<void> | undefined
  again: boolean
  heartbeat: NodeJS.Timeout
  /** The number of viewers that all have been told, when, and the word that waits for its time. */
  told: number
  toldAt: number
  telling: NodeJS.Timeout | undefined
}

interface Options {
  sql: Sql
  now: () => number
  log: (line: string) => void
  limits: Pick<Limits, 'heartbeatMs' | 'roomStateMs'>
}

const cuesPerRead = 200

/** The rooms that this process has listeners in. However many there are, a new cue is read once per room. */
export function createLiveRooms({ sql, now, log, limits }: Options): LiveRooms {
  const rooms = new Map<string, Room>()
  const keyOf = (publisher: string, room: string) => JSON.stringify([publisher, room])
  const { heartbeatMs, roomStateMs } = limits
  const viewers = createViewers({ sql, now, log, pauseMs: roomStateMs, repeatMs: heartbeatMs, changed: tellSoon })
  let stopListening: Promise<() => Promise<void>> | undefined

  function listen(): Promise<unknown> {
    stopListening ??= sql.listen(liveChannel, (payload) => {
      // Without words: notices may have been lost, of any room.
      if (!payload) return rooms.forEach(refresh)
      const { publisher, room } = JSON.parse(payload) as LiveNotice
      refresh(rooms.get(keyOf(publisher, room)))
    })
    stopListening.catch(() => (stopListening = undefined))
    return stopListening
  }

  function refresh(room: Room | undefined) {
    if (room) void read(room).catch((error: unknown) => log(`live room ${room.name}: ${String(error)}`))
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
    const { publisher, name, followers } = room
    const oldest = Math.min(...Array.from(followers, (it) => it.after))
    const fresh = [...followers].filter((it) => !it.joined)
    const rows = await liveCues(sql, publisher.key, name, oldest, cuesPerRead)
    if (!rows.length && !fresh.length) return
    const { media, last } = await findRoom(sql, publisher.key, name)
    for (const follower of fresh) {
      // A number that this room never reached is that of another store: what is here is all new then.
      if (follower.after > last) {
        follower.after = 0
        room.again = true
      }
      follower.joined = true
      follower.listener.state({ viewers: viewers.total(publisher.key, name), last: follower.after })
    }
    const items = await itemsById(sql, publisher.key, [...new Set(rows.map((row) => row.cue.item))], room.links)
    const byId = new Map(items.map((item) => [item.id, item]))
    for (const { id, cue } of rows) {
      const item = byId.get(cue.item)
      const numbered = { id, live: { cue, media, ...(item && { item }) } }
      for (const follower of followers) {
        // Numbers have no gaps: who came while this was read and stands further back is served by the next read.
        if (follower.after !== id - 1 || !follower.joined) continue
        follower.after = id
        follower.listener.cue(numbered)
      }
    }
    room.again ||= rows.length === cuesPerRead
  }

  function tellSoon(publisher: string, name: string) {
    const room = rooms.get(keyOf(publisher, name))
    if (!room || room.telling) return
    room.telling = setTimeout(() => tell(room), Math.max(0, room.toldAt + roomStateMs - now()))
  }

  function tell(room: Room) {
    room.telling = undefined
    const total = viewers.total(room.publisher.key, room.name)
    if (total === room.told) return
    room.told = total
    room.toldAt = now()
    for (const { joined, after, listener } of room.followers) if (joined) listener.state({ viewers: total, last: after })
  }

  function open(publisher: Publisher, name: string, links: ItemLinks, key: string): Room {
    const heartbeat = setInterval(() => {
      for (const { listener } of room.followers) listener.beat()
      refresh(room)
    }, heartbeatMs)
    const room: Room = {
      publisher,
      name,
      links,
      followers: new Set(),
      reading: undefined,
      again: false,
      heartbeat,
      told: 0,
      toldAt: -Infinity,
      telling: undefined,
    }
    rooms.set(key, room)
    return room
  }

  function shut(room: Room) {
    clearInterval(room.heartbeat)
    clearTimeout(room.telling)
  }

  return {
    follow(publisher, name, after, links, listener) {
      const key = keyOf(publisher.key, name)
      const room = rooms.get(key) ?? open(publisher, name, links, key)
      // The newest config: accounts may have changed since the room was opened.
      room.publisher = publisher
      room.links = links
      const follower: Follower = { after, listener, joined: false }
      room.followers.add(follower)
      viewers.set(publisher.key, name, room.followers.size)
      return {
        // Listening first, reading then: what comes in between is read twice and heard once.
        caughtUp: listen().then(() => read(room)),
        stop() {
          if (!room.followers.delete(follower)) return
          viewers.set(publisher.key, name, room.followers.size)
          if (room.followers.size) return
          shut(room)
          rooms.delete(key)
        },
      }
    },
    async close() {
      const open = [...rooms.values()]
      rooms.clear()
      await viewers.close()
      for (const room of open) {
        shut(room)
        for (const { listener } of room.followers) listener.end()
      }
      const stop = await stopListening?.catch(() => undefined)
      stopListening = undefined
      await stop?.()
    },
  }
}
