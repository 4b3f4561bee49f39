import type { BridgeLine } from '../../core/bridge.ts'

/** The line to the page around a frame, which must be of exactly this origin. */
export function parentLine(view: Window, origin: string): BridgeLine | undefined {
  const { parent } = view
  if (parent === view) return undefined
  return {
    post: (message) => parent.postMessage(message, origin),
    hear(heard) {
      const handleMessage = (event: MessageEvent) => {
        if (event.source === parent && event.origin === origin) heard(event.data)
      }
      view.addEventListener('message', handleMessage)
      return () => view.removeEventListener('message', handleMessage)
    },
  }
}
