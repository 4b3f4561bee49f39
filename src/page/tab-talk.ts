/** A word with the other tabs of the origin. */
export interface TabTalk {
  say(message: string): void
  leave(): void
}

/**
 * Joins the talk of this name and hears what other tabs say in it. A page that is put aside leaves the talk, since an open
 * channel would keep it out of the back/forward cache; when it is back it has missed what was said meanwhile.
 */
export function joinTalk(view: Window, name: string, hear: (message: unknown) => void, back = (): void => {}): TabTalk {
  let channel: BroadcastChannel | undefined

  function part(): void {
    channel?.close()
    channel = undefined
  }
  function join(): void {
    if (channel) return
    try {
      channel = new BroadcastChannel(name)
      channel.onmessage = ({ data }: MessageEvent<unknown>) => hear(data)
    } catch {
      // A sandboxed page has no other tabs.
    }
  }
  function handleShow(): void {
    join()
    back()
  }

  join()
  view.addEventListener('pagehide', part)
  view.addEventListener('pageshow', handleShow)
  return {
    say: (message) => channel?.postMessage(message),
    leave() {
      part()
      view.removeEventListener('pagehide', part)
      view.removeEventListener('pageshow', handleShow)
    },
  }
}
