// How many batches of signals the endpoint keeps, beside a bare Hono handler that does one INSERT per batch through the same store.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import { createHandler } from '../src/endpoint/handler.ts'
import { migrate } from '../src/endpoint/store/migrate.ts'
import { migrations } from '../src/endpoint/store/migrations.ts'
import { openPGlite } from '../src/endpoint/store/pglite.ts'
import { openPostgres } from '../src/endpoint/store/postgres.ts'
import { putPublisher } from '../src/endpoint/store/publishers.ts'
import type { Sql } from '../src/endpoint/store/sql.ts'
import { startPostgres } from '../test/support/postgres.ts'
import { median, percentile, printTable, type BenchTable } from './table.ts'

type Handle = (request: Request) => Response | Promise<Response>

const rounds = 5
const requests = 400
const atOnce = 16
const perBatch = 10

export async function bench(): Promise<BenchTable> {
  const rows: string[][] = []
  const directory = mkdtempSync(join(tmpdir(), 'kanmai-bench-'))
  try {
    const sql = await openPGlite(directory)
    rows.push(...(await compare('PGlite', sql)))
    await sql.close()
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
  const postgres = await startPostgres()
  if (postgres) {
    const sql = await openPostgres(postgres.createDatabase())
    rows.push(...(await compare('PostgreSQL', sql)))
    await sql.close()
    await postgres.stop()
  }
  return {
    title: `Collector: batches of ${perBatch} signals, ${atOnce} requests at once`,
    columns: ['store', 'handler', 'requests/s', 'p50 ms', 'p99 ms', 'ratio'],
    rows,
    notes: [
      `Medians of ${rounds} interleaved rounds of ${requests} requests each, handlers called in this process, no socket.`,
      'ratio: requests/s of the endpoint over those of the bare handler in the same round, median. PostgreSQL runs with fsync off.',
    ],
  }
}

async function compare(store: string, sql: Sql): Promise<string[][]> {
  await migrate(sql, migrations)
  await putPublisher(sql, { key: 'bench', token: 'bench' })
  const endpoint = createHandler({ sql })
  const bare = await bareHandler(sql)
  await round(endpoint, 0)
  await round(bare, 0)
  const results: { endpoint: Round; bare: Round }[] = []
  for (let n = 1; n <= rounds; n++) {
    // Who goes first changes, so that neither always meets the warmer cache.
    const first = n % 2 ? await round(endpoint, n) : undefined
    const other = await round(bare, n)
    results.push({ endpoint: first ?? (await round(endpoint, n)), bare: other })
  }
  await endpoint.close()
  const line = (name: 'endpoint' | 'bare', ratio: string) => [
    store,
    name,
    median(results.map((it) => it[name].perSecond)).toFixed(0),
    median(results.map((it) => percentile(it[name].latencies, 50))).toFixed(1),
    median(results.map((it) => percentile(it[name].latencies, 99))).toFixed(1),
    ratio,
  ]
  return [line('endpoint', median(results.map((it) => it.endpoint.perSecond / it.bare.perSecond)).toFixed(2)), line('bare', '1')]
}

async function bareHandler(sql: Sql): Promise<Handle> {
  await sql.query(`create table bare (publisher text, id text, type text, occurred_at timestamptz, item text, placement text, primary key (publisher, id))`)
  const app = new Hono()
  app.post('/v1/:pub/signals', async (c) => {
    const { signals } = await c.req.json<{ signals: unknown[] }>()
    const kept = await sql.query<{ id: string }>(
      `insert into bare select $1, id, type, "occurredAt", item, placement
       from jsonb_to_recordset($2::jsonb) as r(id text, type text, "occurredAt" timestamptz, item text, placement text) returning id`,
      [c.req.param('pub'), JSON.stringify(signals)],
    )
    return c.json({ accepted: kept.map((row) => row.id) })
  })
  return (request) => app.fetch(request)
}

interface Round {
  perSecond: number
  /** Milliseconds, one per request. */
  latencies: number[]
}

async function round(handle: Handle, number: number): Promise<Round> {
  const bodies = Array.from({ length: requests }, (_, n) => batch(`${number}-${n}`))
  const latencies: number[] = []
  const started = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let body = bodies.pop(); body; body = bodies.pop()) {
        const asked = performance.now()
        const response = await handle(new Request('http://bench.example/v1/bench/signals', { method: 'POST', body }))
        const { accepted } = (await response.json()) as { accepted: string[] }
        if (accepted.length !== perBatch) throw new Error(`${response.status}: ${accepted.length} of ${perBatch} kept`)
        latencies.push(performance.now() - asked)
      }
    }),
  )
  return { perSecond: (requests / (performance.now() - started)) * 1000, latencies }
}

function batch(name: string): string {
  const occurredAt = new Date().toISOString()
  const signals = Array.from({ length: perBatch }, (_, n) => ({
    id: `0192f0c1-7d5e-7000-8000-${name}-${n}`,
    type: n === 0 ? 'click' : 'impression',
    occurredAt,
    item: `item-${n}`,
    placement: 'article-end',
    list: 'article-end:guess',
    position: n,
    session: `session-${name}`,
    seq: n,
  }))
  return JSON.stringify({ sentAt: occurredAt, signals })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) printTable(await bench())
