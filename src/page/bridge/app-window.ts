/** What apps put on their page's window. */
export interface AppWindow {
  /** WKWebView and WebKitGTK: a message handler of the name `kanmai`, with reply. */
  webkit?: { messageHandlers?: { kanmai?: { postMessage(message: string): unknown } } }
  /** Android's `addWebMessageListener` of the name `kanmai`. */
  kanmai?: { postMessage(message: string): void; onmessage: ((event: { data: unknown }) => void) | null; window?: unknown }
  ReactNativeWebView?: { postMessage(message: string): void }
}
