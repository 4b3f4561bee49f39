import { createHandler, type HandlerOptions } from '../../src/endpoint/handler.ts'
import type { CatalogueRow } from '../../src/endpoint/import/catalogue-row.ts'
import { createCatalogue } from '../../src/endpoint/store/catalogue.ts'
import { migrate } from '../../src/endpoint/store/migrate.ts'
import { migrations } from '../../src/endpoint/store/migrations.ts'
import { openPGlite } from '../../src/endpoint/store/pglite.ts'
import { putPublisher } from '../../src/endpoint/store/publishers.ts'
import type { Sql } from '../../src/endpoint/store/sql.ts'

export const token = 'token-of-demo'
export const noon = Date.parse('2026-11-23T12:00:00.000Z')

export interface TestWorld {
  sql: Sql
  /** Moves the handler's clock. */
  clock: { now: number }
  log: string[]
  /** Asks the handler: a path below `/v1/demo`, or a whole path. */
  ask(path: string, init?: RequestInit & { as?: string }): Promise<Response>
  /** The same with the publisher's token and a JSON body. */
  command(method: string, path: string, body?: unknown): Promise<Response>
  /** Another handler on the same store, as another process would be. */
  handler: ReturnType<typeof createHandler>
  another(options?: Partial<HandlerOptions>): ReturnType<typeof createHandler>
  close(): Promise<void>
}

export const usd = (minor: number) => ({ minor, currency: 'USD' })

export const lamp: CatalogueRow = {
  rawId: 'arc-lamp',
  target: 'https://shop.example/arc-lamp?a=1%2C2',
  item: { title: 'Arc lamp', brand: 'Moss', price: { now: usd(19_900), was: usd(24_900) }, availability: 'in_stock', categories: [['Home', 'Lighting']] },
  commission: { rate: 0.1234 },
}

export const row = (rawId: string, item: Partial<CatalogueRow['item']> = {}, more: Partial<CatalogueRow> = {}): CatalogueRow => ({
  rawId,
  target: `https://shop.example/${encodeURIComponent(rawId)}`,
  item: { title: `The ${rawId}`, ...item },
  ...more,
})

/** An endpoint in memory with the publisher `demo` and a lamp. */
export async function openWorld(options: Partial<HandlerOptions> = {}): Promise<TestWorld> {
  const sql = await openPGlite()
  await migrate(sql, migrations)
  await putPublisher(sql, { key: 'demo', token, public: { locale: 'en', placements: { end: { pageSize: 2 } } }, private: {} })
  await createCatalogue(sql, 'demo', 'main', noon - 60_000).put([lamp])
  const clock = { now: noon }
  const log: string[] = []
  const handlers: ReturnType<typeof createHandler>[] = []
  const another = (more: Partial<HandlerOptions> = {}) => {
    const handler = createHandler({ sql, now: () => clock.now, log: (line) => log.push(line), ...options, ...more })
    handlers.push(handler)
    return handler
  }
  const handler = another()
  const ask: TestWorld['ask'] = (path, { as, ...init } = {}) => {
    const url = `https://kanmai.example${path.startsWith('/v1/') || path.startsWith('/healthz') ? path : `/v1/demo${path}`}`
    const headers = new Headers(init.headers)
    if (as !== undefined) headers.set('authorization', `Bearer ${as}`)
    return handler(new Request(url, { ...init, headers, ...(init.body instanceof ReadableStream && { duplex: 'half' }) } as RequestInit))
  }
  return {
    sql,
    clock,
    log,
    handler,
    another,
    ask,
    command: (method, path, body) => ask(path, { method, as: token, ...(body !== undefined && { body: JSON.stringify(body) }) }),
    async close() {
      for (const it of handlers) await it.close()
      await sql.close()
    },
  }
}

/** Listens from now on; the function it resolves with waits for the first notice. */
export async function notice(sql: Sql, channel: string): Promise<() => Promise<string>> {
  let tell = (_payload: string) => {}
  const heard = new Promise<string>((resolve) => (tell = resolve))
  await sql.listen(channel, tell)
  return () => heard
}

/** Answers' JSON, read without ceremony in tests. */
export async function json<T = Record<string, unknown>>(response: Response | Promise<Response>): Promise<T> {
  return (await (await response).json()) as T
}
