/**
 * Joins the tabs of the origin that follow the same thing. One of them leads and passes on what comes, all hear it; when
 * the leader leaves, the next one leads. Leaves when the signal is aborted.
 */
export function joinTabs<T>(
  { navigator }: Window,
  name: string,
  signal: AbortSignal,
  hear: (message: T) => void,
  lead: (pass: (message: T) => void) => void,
): void {
  let channel: BroadcastChannel | undefined
  try {
    channel = new BroadcastChannel(name)
    channel.onmessage = (event: MessageEvent<T>) => hear(event.data)
  } catch {
    // A sandboxed page has no other tabs.
  }
  signal.addEventListener('abort', () => channel?.close())

  const leading = () =>
    new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve())
      lead((message) => {
        channel?.postMessage(message)
        hear(message)
      })
    })
  if (!channel || !navigator.locks) void leading()
  // Refused when it is called off, or where the page may not use locks.
  else navigator.locks.request(name, { signal }, leading).catch(() => void (signal.aborted || leading()))
}
