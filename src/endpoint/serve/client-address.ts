import type { IncomingMessage } from 'node:http'

/** How many proxies stand before the endpoint: `TRUST_PROXY` is a number, or anything but `0` and `false` for one. */
export function trustedProxies(setting: string | undefined): number {
  if (!setting || setting === 'false') return 0
  const hops = Number(setting)
  return Number.isInteger(hops) && hops >= 0 ? hops : 1
}

/**
 * Where the request came from. Each proxy appends to `X-Forwarded-For` whom it saw, so of that list only the last
 * entries, one per trusted proxy, were not written by the client.
 */
export function clientAddress(incoming: IncomingMessage, proxies: number): string | undefined {
  const seen = incoming.socket.remoteAddress
  if (!proxies) return seen
  const forwarded = String(incoming.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((it) => it.trim())
    .filter(Boolean)
  return forwarded.at(-proxies) ?? forwarded[0] ?? seen
}
