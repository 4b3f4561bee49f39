import { Hono } from 'hono'
import type { Limits } from './limits.ts'
import type { Sql } from './store/sql.ts'

/** All that the routes are given of the world. */
export interface World {
  sql: Sql
  now: () => number
  random: (below: number) => number
  log: (line: string) => void
  limits: Limits
  publicUrl?: string
  adminToken?: string
  clientAddress?: (request: Request) => string | undefined
}

export function createApp(_world: World): Hono {
  const app = new Hono()
  app.on(['GET', 'POST'], '/healthz', (c) => c.text('ok'))
  return app
}
