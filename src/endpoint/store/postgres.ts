import pg from 'pg'
import { asParams } from './params.ts'
import type { Sql } from './sql.ts'

const { INT8, DATE } = pg.types.builtins
const int8Array = 1016

const readArray = pg.types.getTypeParser(int8Array as number) as (text: string) => unknown[]

const readers: Record<number, (text: string) => unknown> = {
  [INT8]: Number,
  [DATE]: (text) => text,
  [int8Array]: (text) => readArray(text).map((it) => (it === null ? null : Number(it))),
}

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    readers[oid] ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

/** Milliseconds that an answer may be under way. */
const answerMs = 5_000

type Asked = Pick<pg.ClientBase, 'query'>

async function ask<R extends object>(client: Asked, text: string, params?: readonly unknown[]): Promise<R[]> {
  // The extended protocol even without parameters: it takes one statement only, as PGlite does.
  const question = { text, values: asParams(params), queryMode: 'extended' } as pg.QueryConfig
  return (await client.query<R>(question)).rows
}

/**
 * Opens a pool on a PostgreSQL server. A statement ends after 30 s, a forgotten transaction after 60 s; a connection
 * that cannot be had within 10 s rejects. Rejects at once when the server does not answer. With `statementMs` 0 a statement
 * may take its time.
 */
export async function openPostgres(url: string, statementMs = 30_000): Promise<Sql> {
  const connection: pg.ClientConfig = {
    connectionString: url,
    types,
    application_name: 'kanmai',
    options: '-c timezone=UTC',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  }
  const pool = new pg.Pool({
    ...connection,
    max: 10,
    statement_timeout: statementMs,
    // When not even the server's refusal arrives, as over a line that was cut.
    ...(statementMs && { query_timeout: statementMs + answerMs }),
    idle_in_transaction_session_timeout: 60_000,
  })
  // An idle connection that breaks is replaced by the pool; without a listener its error would end the process.
  pool.on('error', () => {})
  try {
    await ask(pool, 'select 1')
  } catch (error) {
    await pool.end()
    throw error
  }
  const ears = createEars(connection)

  return {
    query: (text, params) => ask(pool, text, params),
    async transaction(work) {
      const client = await pool.connect()
      let broken: Error | undefined
      // A connection that breaks between two statements says so by an event only.
      const handleError = (error: Error) => (broken = error)
      client.on('error', handleError)
      try {
        await client.query('begin')
        const result = await work({ query: (text, params) => ask(client, text, params) })
        const { command } = await client.query('commit')
        // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error.
        if (command !== 'COMMIT') throw new Error('The transaction was rolled back: one of its statements had failed')
        return result
      } catch (error) {
        await client.query('rollback').catch((failure: Error) => (broken = failure))
        throw error
      } finally {
        client.off('error', handleError)
        client.release(broken)
      }
    },
    listen: ears.listen,
    async close() {
      await ears.close()
      await pool.end()
    },
  }
}

/** One connection that listens for everybody, opened with the first listener and again, after a growing pause, when it breaks. */
function createEars(connection: pg.ClientConfig) {
  const hearers = new Map<string, Set<(payload: string) => void>>()
  let client: Promise<pg.Client> | undefined
  let retry: NodeJS.Timeout | undefined
  let closed = false

  async function connect(): Promise<pg.Client> {
    clearTimeout(retry)
    const ear = new pg.Client(connection)
    ear.on('notification', ({ channel, payload }) => hearers.get(channel)?.forEach((hear) => hear(payload ?? '')))
    ear.on('error', () => {})
    await ear.connect()
    ear.once('end', () => reconnect(100))
    for (const channel of hearers.keys()) await ear.query(`listen ${pg.escapeIdentifier(channel)}`)
    return ear
  }

  function reconnect(pause: number) {
    client = undefined
    clearTimeout(retry)
    if (closed || !hearers.size) return
    retry = setTimeout(() => {
      client = connect()
      client.then(
        () => hearers.forEach((all) => all.forEach((hear) => hear(''))),
        () => reconnect(Math.min(pause * 2, 5_000)),
      )
    }, pause)
  }

  async function forget(channel: string, hear: (payload: string) => void) {
    const mine = hearers.get(channel)
    if (!mine?.delete(hear) || mine.size) return
    hearers.delete(channel)
    await client?.then((ear) => ear.query(`unlisten ${pg.escapeIdentifier(channel)}`)).catch(() => {})
  }

  return {
    async listen(channel: string, hear: (payload: string) => void) {
      hearers.set(channel, (hearers.get(channel) ?? new Set()).add(hear))
      try {
        client ??= connect()
        await (await client).query(`listen ${pg.escapeIdentifier(channel)}`)
      } catch (error) {
        client = undefined
        await forget(channel, hear)
        throw error
      }
      return () => forget(channel, hear)
    },
    async close() {
      closed = true
      clearTimeout(retry)
      hearers.clear()
      const ear = await client?.catch(() => undefined)
      await ear?.end()
    },
  }
}
