import type { ItemLinks } from './item-links.ts'
import type { Limits } from './limits.ts'
import type { LiveRooms } from './live.ts'
import type { Publishers } from './publishers.ts'
import type { RateLimits } from './rate-limit.ts'
import type { Publisher } from './store/publishers.ts'
import type { SignalWriter } from './store/signals.ts'
import type { Sql } from './store/sql.ts'
import type { Traffic } from './traffic.ts'

/** All that the routes are given of the world. */
export interface World {
  sql: Sql
  now: () => number
  random: (below: number) => number
  log: (line: string) => void
  limits: Limits
  /** The address before an item's id at the redirector, as readers reach it. */
  goFor: (publisher: Publisher, request: Request) => string
  /** How items are linked in the answer to a request, in a placement when it names one. */
  linksFor: (publisher: Publisher, request: Request, placement?: string) => ItemLinks
  adminToken?: string
  /** Name of the client's network, the same for all of its addresses; empty when nobody is told apart. */
  clientOf: (request: Request) => string
  publishers: Publishers
  rates: RateLimits
  signals: SignalWriter
  traffic: Traffic
  live: LiveRooms
}
