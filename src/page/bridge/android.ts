import type { BridgeLine } from '../../core/bridge.ts'
import type { AppWindow } from './app-window.ts'

/** The line of an Android WebView (`addWebMessageListener`). */
export function androidLine({ kanmai }: AppWindow): BridgeLine | undefined {
  // An element of that name cannot post, and a frame of that name is a window.
  if (typeof kanmai?.postMessage !== 'function' || kanmai.window) return undefined
  return {
    post: (message) => kanmai.postMessage(message),
    hear(heard) {
      kanmai.onmessage = ({ data }) => heard(data)
      return () => void (kanmai.onmessage = null)
    },
  }
}
