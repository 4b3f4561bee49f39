import { backoff } from '../core/backoff.ts'
import { joinTabs } from '../page/join-tabs.ts'
import { random } from '../page/random.ts'
import { openLive, type LiveMessage } from '../transport/media.ts'
import type { Site } from './site.ts'

export interface RoomListener {
  /** Cues may have been missed: the sheet has them. */
  missed(): void
  /** A live cue, as JSON. */
  cue(data: string): void
}

/**
 * Follows a live room while the page is visible. One tab of the origin leads: it alone holds the stream open and passes
 * on what comes; when it is hidden or closed the next one leads. Returns what stops it.
 */
export function followRoom({ http, view }: Site, room: string, listener: RoomListener): () => void {
  const { document } = view
  const name = `kanmai-live ${http.base}/${room}`
  let last = ''
  let joined: AbortController | undefined

  function hear(message: LiveMessage): void {
    if (typeof message?.data !== 'string') return
    last = message.id || last
    listener.cue(message.data)
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
    const close = openLive(http, room, last, {
      open() {
        failures = 0
      },
      cue: pass,
      closed() {
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
  return () => {
    part()
    document.removeEventListener('visibilitychange', handleVisibility)
    view.removeEventListener('pagehide', part)
    view.removeEventListener('pageshow', join)
  }
}
