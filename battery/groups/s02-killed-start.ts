import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { percentile } from '../../bench/table.ts'
import { migrate } from '../../src/endpoint/store/migrate.ts'
import { migrations } from '../../src/endpoint/store/migrations.ts'
import { openPGlite } from '../../src/endpoint/store/pglite.ts'
import { openPostgres } from '../../src/endpoint/store/postgres.ts'
import type { Sql } from '../../src/endpoint/store/sql.ts'
import { noPostgres, startPostgres, type TestPostgres } from '../../test/support/postgres.ts'
import { beginEndpoint, removeData, startEndpoint } from '../../test/support/start-endpoint.ts'
import type { BatteryGroup, BatteryOptions, BatteryRow } from '../battery.ts'
import { startCutProxy } from '../support/cut-proxy.ts'
import { lookInto } from '../support/raw-store.ts'

type Place = { data: string } | { databaseUrl: string }

/** A schema in words: every column, index and step there is. */
async function schemaOf(place: Place): Promise<string> {
  const rows = await lookInto<{ word: string }>(
    place,
    `select table_name || '.' || column_name || ' ' || data_type as word from information_schema.columns where table_schema = 'public'
     union all select indexdef from pg_indexes where schemaname = 'public'
     union all select position || ' ' || id || ' ' || checksum from kanmai_migrations order by 1`,
  )
  return rows.map(({ word }) => word).join('\n')
}

const newDirectory = () => mkdtempSync(join(tmpdir(), 'kanmai-battery-'))

/** What an older version would have left: the first steps of the schema, and a signal. */
async function leaveOld(sql: Sql): Promise<void> {
  await migrate(sql, migrations.slice(0, 4))
  await sql.query(`insert into signal (publisher, id, type, occurred_at, raw_occurred_at, received_at, source) values ('demo', 'old', 'click', 0, '', 0, 'browser')`)
  await sql.close()
}

interface Judged {
  wrong: string[]
  restarts: number[]
  /** Starts that had to say why they cannot. */
  said: number
}

/** The start after the kill; then the schema, past the product. Who says why not must start at the second try: what is half made refuses for ever. */
async function judge(judged: Judged, where: string, place: Place, start: () => ReturnType<typeof startEndpoint>, whole: string, old: boolean): Promise<void> {
  const began = performance.now()
  try {
    await (await start()).stop()
    judged.restarts.push(performance.now() - began)
  } catch (error) {
    judged.said++
    const { message } = error as Error
    const again = await start().then((it) => it.stop(), () => undefined)
    if (again === undefined || !/cannot be opened: \S/.test(message)) return void judged.wrong.push(`${where}: ${message}`)
  }
  if ((await schemaOf(place)) !== whole) judged.wrong.push(`${where}: another schema`)
  if (old && !(await lookInto(place, `select from signal where id = 'old'`)).length) judged.wrong.push(`${where}: the old row is gone`)
}

function rowOf(fault: string, engine: string, cases: number, { wrong, restarts, said }: Judged): BatteryRow {
  const note = [...wrong.slice(0, 3), `${restarts.length} of ${cases} next starts worked, ${said} said why not`, 'times are of the next start'].join('; ')
  return { fault, engine, cases, p50: percentile(restarts, 50), p99: percentile(restarts, 99), verdict: wrong.length || !cases ? 'missed' : 'passed', note }
}

/** Killed at moments spread over a start on a directory, a new one or an older version's. */
async function onDirectories(points: number, old: boolean, { say }: BatteryOptions): Promise<BatteryRow> {
  const from = newDirectory()
  if (old) await leaveOld(await openPGlite(join(from, 'store')))
  const prepare = () => {
    const data = newDirectory()
    if (old) cpSync(from, data, { recursive: true })
    return data
  }
  const first = prepare()
  const began = performance.now()
  await (await startEndpoint({ data: first })).stop()
  const whole = await schemaOf({ data: first })
  removeData(first)
  const wholeMs = performance.now() - began

  const judged: Judged = { wrong: [], restarts: [], said: 0 }
  for (let n = 0; n < points; n++) {
    const data = prepare()
    const ms = (wholeMs * (n + 0.5)) / points
    const { child, gone } = beginEndpoint({ data })
    await pause(ms)
    child.kill('SIGKILL')
    await gone
    await judge(judged, `after ${ms.toFixed(0)} ms`, { data }, () => startEndpoint({ data }), whole, old)
    removeData(data)
    if (n % 10 === 9) say(`PGlite: ${n + 1} of ${points}`)
  }
  removeData(from)
  return rowOf(`killed at ${points} moments of ${old ? 'an upgrade' : 'the very first start'}`, 'PGlite', points, judged)
}

/** Killed at pieces of the conversation with the database, which is held there. */
async function onDatabases(postgres: TestPostgres, points: number, old: boolean): Promise<BatteryRow> {
  const proxy = await startCutProxy(Number(new URL(postgres.createDatabase()).port))
  const prepare = async () => {
    const databaseUrl = postgres.createDatabase()
    if (old) await leaveOld(await openPostgres(databaseUrl))
    return databaseUrl
  }
  const around = (databaseUrl: string) => databaseUrl.replace(/:\d+\//, `:${proxy.port}/`)
  const data = newDirectory()
  const first = await prepare()
  // Without the demo all that is said until it is ready is the opening of the store.
  const start = (databaseUrl: string) => startEndpoint({ data, args: [], env: { DATABASE_URL: databaseUrl } })
  await (await start(around(first))).stop()
  const pieces = proxy.asked()
  const whole = await schemaOf({ databaseUrl: first })

  const judged: Judged = { wrong: [], restarts: [], said: 0 }
  const moments = [...new Set(Array.from({ length: points }, (_, n) => Math.floor((pieces * n) / points) + 1))]
  for (const moment of moments) {
    const databaseUrl = await prepare()
    const before = proxy.asked()
    const { child, gone } = beginEndpoint({ data, args: [], env: { DATABASE_URL: around(databaseUrl) } })
    await new Promise<void>((resolve) => {
      proxy.onPiece((number) => {
        const isIt = number - before >= moment
        if (isIt) resolve()
        return isIt
      })
      void gone.then(() => resolve())
    })
    child.kill('SIGKILL')
    await gone
    proxy.onPiece(() => false)
    await judge(judged, `at piece ${moment} of ${pieces}`, { databaseUrl }, () => start(databaseUrl), whole, old)
  }
  proxy.close()
  removeData(data)
  return rowOf(`killed at ${moments.length} of the ${pieces} words with the database in ${old ? 'an upgrade' : 'the first start'}`, 'PostgreSQL', moments.length, judged)
}

export const group: BatteryGroup = {
  id: 'S2',
  title: 'The endpoint killed while it makes or changes its store',
  pass: 'the next start works or says why; the schema is whole, and nothing that was there is gone',
  async *run(options) {
    const { full, only = '' } = options
    if ('PGlite'.includes(only)) {
      yield await onDirectories(full ? 40 : 5, false, options)
      yield await onDirectories(full ? 40 : 3, true, options)
    }
    if (!'PostgreSQL'.includes(only)) return
    const postgres = await startPostgres()
    if (!postgres) {
      yield { fault: 'killed in a start', engine: 'PostgreSQL', cases: 0, verdict: 'measured', note: noPostgres }
      return
    }
    try {
      yield await onDatabases(postgres, full ? 40 : 10, false)
      yield await onDatabases(postgres, full ? 40 : 5, true)
    } finally {
      await postgres.stop()
    }
  },
}
