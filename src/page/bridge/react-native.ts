import type { BridgeLine } from '../../core/bridge.ts'
import type { AppWindow } from './app-window.ts'

/** The line of react-native-webview. Its answers are `message` events, on iOS of the window, on Android of the document. */
export function reactNativeLine(view: Window & AppWindow): BridgeLine | undefined {
  const { ReactNativeWebView: native, document } = view
  return (
    native && {
      post: (message) => native.postMessage(message),
      hear(heard) {
        // What another window posts has a source; what the app injects has none.
        const handleMessage = (event: Event) => (event as MessageEvent).source || heard((event as MessageEvent).data)
        const places = [view, document]
        for (const place of places) place.addEventListener('message', handleMessage)
        return () => {
          for (const place of places) place.removeEventListener('message', handleMessage)
        }
      },
    }
  )
}
