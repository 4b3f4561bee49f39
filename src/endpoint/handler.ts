import type { Sql } from './store/sql.ts'
import { createApp } from './app.ts'
import { defaultLimits, type Limits } from './limits.ts'

export interface HandlerOptions {
  /** The store, migrated. The handler never closes it. */
  sql: Sql
  /** Milliseconds since 1970. */
  now?: () => number
  /** Whole number, 0 ≤ n < `below`; refs and tokens are minted with it. */
  random?: (below: number) => number
  /** Where the endpoint is reached from outside, for links in its answers; otherwise the request's own origin. */
  publicUrl?: string
  /** Makes publishers by `PUT /v1/{pub}/config`. Without it that route only updates. */
  adminToken?: string
  /** Address of the client, for rate limits. Without it nobody is told apart and nothing is limited. */
  clientAddress?: (request: Request) => string | undefined
  /** One line per failure that no client can mend. */
  log?: (line: string) => void
  limits?: Partial<Limits>
}

export type Handler = (request: Request) => Promise<Response>

/** The endpoint as one function over web standards: no socket, no clock and no disk of its own. Never rejects. */
export function createHandler(options: HandlerOptions): Handler {
  const app = createApp({
    sql: options.sql,
    now: options.now ?? Date.now,
    random: options.random ?? cryptoRandom,
    log: options.log ?? (() => {}),
    limits: { ...defaultLimits, ...options.limits },
    ...(options.publicUrl && { publicUrl: options.publicUrl }),
    ...(options.adminToken && { adminToken: options.adminToken }),
    ...(options.clientAddress && { clientAddress: options.clientAddress }),
  })
  return async (request) => app.fetch(request)
}

/** Unbiased for every `below` up to 2³². */
function cryptoRandom(below: number): number {
  const fair = 2 ** 32 - (2 ** 32 % below)
  for (;;) {
    const [n] = crypto.getRandomValues(new Uint32Array(1))
    if (n! < fair) return n! % below
  }
}
