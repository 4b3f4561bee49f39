import type { BridgeLine } from '../../core/bridge.ts'
import type { AppWindow } from './app-window.ts'

/** The line of WKWebView (`WKScriptMessageHandlerWithReply`) and WebKitGTK: each message brings its own answer. */
export function webKitLine({ webkit }: AppWindow): BridgeLine | undefined {
  const handler = webkit?.messageHandlers?.kanmai
  return handler && { post: (message) => handler.postMessage(message), hear: () => () => {} }
}
