import type { LiveCue } from '../contract/cue.ts'
import { backoff } from '../core/backoff.ts'
import { KanmaiRoomEvent } from '../elements/room-event.ts'
import { joinTabs } from '../page/join-tabs.ts'
import { random } from '../page/random.ts'
import { openLive, parseLiveCue, parseRoomState, type LiveMessage } from '../transport/live.ts'
import type { Site } from './site.ts'

export interface RoomListener {
  /** Cues may have been missed: the sheet has them. Of another room than before when `anew`: nothing that came counts. */
  missed(anew?: boolean): void
  /** A live cue with its number in the room; each once, in their order. NaN when the room does not number them. */
  cue(live: LiveCue, number: number): void
}

export interface Following {
  /** The sheet is that of the cue `number`: what the stream brings of up to it is known. */
  reached(number: number): void
  stop(): void
}

/** Failures in a row after which the page asks for the sheet instead of waiting for the stream. */
const manyFailures = 2

/**
 * Follows a live room, from after the cue `last` on, while the page is visible. One tab of the origin leads: it alone
 * holds the stream open and passes on what comes; when it is hidden or closed the next one leads.
 */
export function followRoom({ http, view, trouble }: Site, room: string, last: number, listener: RoomListener): Following {
  const { document } = view
  const name = `kanmai-live ${http.base}/${room}`
  let joined: AbortController | undefined

  function hear(message: LiveMessage): void {
    if (typeof message?.data !== 'string') return
    if (message.type === 'room') return hearState(message)
    const number = message.id ? Number(message.id) : NaN
    // Said twice, or late: then the sheet, asked for when the gap was seen, has it.
    if (number <= last) return
    const gap = number > last + 1
    if (Number.isFinite(number)) last = number
    const { value, issues } = parseLiveCue(message.data)
    if (issues.length) trouble((it) => issues.forEach(it.warn))
    if (value) listener.cue(value, number)
    if (gap || !value) listener.missed()
  }

  function hearState({ id, data }: LiveMessage): void {
    const { value, issues } = parseRoomState(data)
    if (issues.length) trouble((it) => issues.forEach(it.warn))
    if (!value) return
    document.dispatchEvent(new KanmaiRoomEvent(room, value.viewers))
    if (value.last === undefined) return
    // Less than was asked for is another store's room, that begins again; less than a sheet had only lags behind it.
    const anew = value.last < Number(id)
    if (anew) last = value.last
    if (anew || value.last > last) listener.missed(anew)
  }

  function join(): void {
    if (joined || document.visibilityState === 'hidden') return
    joined = new AbortController()
    const { signal } = joined
    listener.missed()
    joinTabs<LiveMessage>(view, name, signal, hear, (pass) => stream(pass, signal))
  }

  function stream(pass: (message: LiveMessage) => void, signal: AbortSignal, failures = 0): void {
    if (signal.aborted) return
    if (failures >= manyFailures) {
      trouble((it) => it.warn(`live room ${room}: the stream was refused, its cues come late`))
      listener.missed()
    }
    const close = openLive(http, room, last ? String(last) : '', {
      open() {
        failures = 0
      },
      message: pass,
      closed() {
        signal.removeEventListener('abort', close)
        setTimeout(() => stream(pass, signal, failures), backoff(++failures, random))
      },
    })
    signal.addEventListener('abort', close)
  }

  // An open stream, channel or lock would keep the page out of the back/forward cache.
  function part(): void {
    joined?.abort()
    joined = undefined
  }

  const handleVisibility = () => (document.visibilityState === 'hidden' ? part() : join())
  document.addEventListener('visibilitychange', handleVisibility)
  view.addEventListener('pagehide', part)
  view.addEventListener('pageshow', join)
  join()
  return {
    reached: (number) => (last = Math.max(last, number)),
    stop() {
      part()
      document.removeEventListener('visibilitychange', handleVisibility)
      view.removeEventListener('pagehide', part)
      view.removeEventListener('pageshow', join)
    },
  }
}
