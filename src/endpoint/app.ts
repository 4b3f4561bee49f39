import { Hono } from 'hono'
import { notFound, Problem } from './problem.ts'
import { cueRoutes } from './routes/cues.ts'
import { feedRoutes } from './routes/feeds.ts'
import { goRoutes } from './routes/go.ts'
import { importRoutes } from './routes/imports.ts'
import { liveRoutes } from './routes/live.ts'
import { pageRoutes } from './routes/pages.ts'
import { publisherRoutes } from './routes/publisher.ts'
import { reportRoutes } from './routes/report.ts'
import { signalRoutes } from './routes/signals.ts'
import type { World } from './world.ts'

const everyRoute = [
  pageRoutes, feedRoutes, cueRoutes, liveRoutes, signalRoutes, goRoutes, publisherRoutes, importRoutes, reportRoutes,
]

export function createApp(world: World): Hono {
  const app = new Hono()
  app.on(['GET', 'POST'], '/healthz', async (c) => {
    await world.sql.query('select 1')
    return c.json({ ok: true }, 200, { 'Cache-Control': 'no-store' })
  })
  app.options('*', () => new Response(null, { status: 204 }))
  for (const addRoutes of everyRoute) addRoutes(app, world)
  app.notFound((c) => notFound(`There is nothing at ${c.req.method} ${c.req.path.slice(0, 200)}.`).toResponse())
  app.onError((error, c) => {
    if (error instanceof Problem) return error.toResponse()
    world.log(`${c.req.method} ${c.req.path}: ${error.stack ?? String(error)}`)
    return new Problem(500, 'Internal error', 'The endpoint made a mistake; its log says which. Nothing was kept.').toResponse()
  })
  return app
}

/** Headers that every answer carries: any page may read it, without credentials, and learn the server's time. */
export function withCommonHeaders(response: Response, request: Request, now: number): Response {
  const { headers } = response
  headers.set('Date', new Date(now).toUTCString())
  headers.set('Access-Control-Allow-Origin', '*')
  headers.set('Access-Control-Expose-Headers', 'Date, Age, ETag, Retry-After')
  headers.set('Cross-Origin-Resource-Policy', 'cross-origin')
  headers.set('X-Content-Type-Options', 'nosniff')
  if (request.method === 'OPTIONS') {
    headers.set('Access-Control-Allow-Methods', 'GET, HEAD, POST, PUT')
    headers.set('Access-Control-Allow-Headers', 'Authorization, Content-Type, Last-Event-ID')
    headers.set('Access-Control-Max-Age', '86400')
  }
  return response
}
