import { createApp, withCommonHeaders } from './app.ts'
import { calmLog } from './calm-log.ts'
import { createItemLinks } from './item-links.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { createLiveRooms } from './live.ts'
import { createPublishers } from './publishers.ts'
import { addressPrefix, createRateLimits } from './rate-limit.ts'
import { guarded } from './store/guarded.ts'
import { createSignalWriter } from './store/signals.ts'
import type { Sql } from './store/sql.ts'
import { createTraffic } from './traffic.ts'
import type { World } from './world.ts'

export interface HandlerOptions {
  /** The store, migrated. The handler never closes it. */
  sql: Sql
  /** Milliseconds since 1970. */
  now?: () => number
  /** Whole number, 0 ≤ n < `below`; refs and tokens are minted with it. */
  random?: (below: number) => number
  /** Where the endpoint is reached from outside, for links in its answers; without a word of it the request's own origin. */
  publicUrl?: string | ((request: Request) => string | undefined)
  /** Makes publishers by `PUT /v1/{pub}/config`. Without it that route only updates. */
  adminToken?: string
  /** Address of the client, for rate limits. Without it nobody is told apart and nothing is limited. */
  clientAddress?: (request: Request) => string | undefined
  /** Whether an address is a data centre's: what comes from there is flagged as a program's. */
  isDatacentre?: (address: string) => boolean
  /** One line per failure that no client can mend. */
  log?: (line: string) => void
  limits?: Partial<Limits>
}

/** Answers a request; never rejects. */
export type Handler = (request: Request) => Promise<Response>

/** The endpoint as one function over web standards: no socket and no disk of its own. */
export function createHandler(options: HandlerOptions): Handler & {
  /** Ends the live streams and stops listening to the store. Other requests are still answered. */
  close(): Promise<void>
} {
  const { now = Date.now, random = cryptoRandom, publicUrl, adminToken, clientAddress, isDatacentre } = options
  const log = calmLog(options.log ?? (() => {}), now)
  const limits = { ...defaultLimits, ...options.limits }
  const sql = guarded(options.sql, log, limits.waitingQueries)
  const rates = createRateLimits({ limits, random, ...(clientAddress && { clientAddress }) })
  const publishers = createPublishers(sql, now, rates)
  const clientOf = (request: Request) => addressPrefix(clientAddress?.(request) ?? '')
  const isFromDatacentre = (request: Request) => !!isDatacentre?.(clientAddress?.(request) ?? '')
  const live = createLiveRooms({ sql, now, log, limits })
  const goFor: World['goFor'] = ({ key, private: { redirector } }, request) => {
    if (redirector) return `${redirector.replace(/\/+$/, '')}/`
    const base = typeof publicUrl === 'function' ? publicUrl(request) : publicUrl
    return `${base?.replace(/\/+$/, '') ?? new URL(request.url).origin}/v1/${key}/go/`
  }
  const app = createApp({
    sql,
    now,
    random,
    log,
    limits,
    goFor,
    linksFor: (publisher, request, placement) => createItemLinks(publisher, goFor(publisher, request), placement),
    ...(adminToken && { adminToken }),
    clientOf,
    traffic: createTraffic({ limits, random, clientOf, isFromDatacentre }),
    publishers,
    rates,
    signals: createSignalWriter(guarded(options.sql, log), limits.waitingSignals),
    live,
  })
  const handle = async (request: Request) => withCommonHeaders(await app.fetch(request), request, now())
  return Object.assign(handle, {
    async close() {
      await Promise.all([live.close(), publishers.close()])
    },
  })
}

/** Unbiased for every `below` up to 2³². */
function cryptoRandom(below: number): number {
  const fair = 2 ** 32 - (2 ** 32 % below)
  for (;;) {
    const [n] = crypto.getRandomValues(new Uint32Array(1))
    if (n! < fair) return n! % below
  }
}
