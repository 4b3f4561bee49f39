/** The browser's ways to the network. */
export interface Wire {
  fetch(url: string, init?: RequestInit): Promise<Response>
  /** False when the browser does not take it. */
  beacon(url: string, body: string): boolean
  stream(url: string): EventSource
}

// Taken when the module loads: whoever patches the page's fetch later does not come between.
const { fetch, EventSource, navigator } = globalThis
const { sendBeacon } = navigator

/** The page's own. */
export const pageWire: Wire = {
  fetch: (url, init) => fetch(url, init),
  beacon: (url, body) => sendBeacon?.call(navigator, url, body) ?? false,
  stream: (url) => new EventSource(url),
}
