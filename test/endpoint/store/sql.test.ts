import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { openEmbedded } from '../../../src/endpoint/store/embedded/open-embedded.ts'
import { migrate } from '../../../src/endpoint/store/migrate.ts'
import { openPGlite } from '../../../src/endpoint/store/pglite.ts'
import { openPostgres } from '../../../src/endpoint/store/postgres.ts'
import type { Sql } from '../../../src/endpoint/store/sql.ts'
import { noPostgres, startPostgres } from '../../support/postgres.ts'

const postgres = await startPostgres()
after(() => postgres?.stop())

const directory = mkdtempSync(join(tmpdir(), 'kanmai-store-'))
after(() => rmSync(directory, { recursive: true, force: true }))

const stores = [
  { name: 'PGlite', open: () => openPGlite(), skip: false as const },
  // It comes with its schema: how migrations behave the others show.
  { name: 'PGlite in a thread', open: () => openEmbedded(join(directory, 'thread')), skip: false as const, isEmpty: false },
  { name: 'PostgreSQL', open: () => openPostgres(postgres!.createDatabase()), skip: !postgres && noPostgres },
]

/** Resolves with the first payload heard. */
async function hearOne(sql: Sql, channel: string): Promise<{ payload: Promise<string>; stop: () => Promise<void> }> {
  let hear!: (payload: string) => void
  const payload = new Promise<string>((resolve) => (hear = resolve))
  return { payload, stop: await sql.listen(channel, hear) }
}

for (const { name, open, skip, isEmpty = true } of stores) {
  describe(`the store on ${name}`, { skip }, () => {
    let sql: Sql
    before(async () => {
      sql = await open()
      await sql.query('create table things (id int primary key, word text)')
    })
    after(() => sql?.close())

    it('reads every type the same way', async () => {
      const [row] = await sql.query(`select 7::int8 as big, array[1, null]::int8[] as list, count(*) as rows, 0.5::float8 as fraction,
        '{"a": [1]}'::jsonb as json, date '2026-11-23' as day, timestamptz '2026-11-23 14:00:00+00' as moment,
        true as yes, null::text as nothing, 1.50::numeric as exact`)
      assert.deepEqual(row, {
        big: 7,
        list: [1, null],
        rows: 1,
        fraction: 0.5,
        json: { a: [1] },
        day: '2026-11-23',
        moment: new Date('2026-11-23T14:00:00Z'),
        yes: true,
        nothing: null,
        exact: '1.50',
      })
    })

    it('takes JSON as text, lists as lists, a Date as its moment, and undefined as null', async () => {
      const moment = new Date('2026-11-23T14:00:00.123Z')
      const params = ['{"a":"台灯"}', ['x,y', 'q"'], moment, undefined, 5]
      const [row] = await sql.query('select $1::jsonb as json, $2::text[] as list, $3::timestamptz as moment, $4::text as nothing, $5::int8 as n', params)
      assert.deepEqual(row, { json: { a: '台灯' }, list: ['x,y', 'q"'], moment, nothing: null, n: 5 })
    })

    it('refuses an object as a parameter, before anything is stored', async () => {
      await assert.rejects(sql.query('select $1::text', [{ a: 1 }]), /\$1: pass JSON as text/)
    })

    it('takes one statement a query', async () => {
      await assert.rejects(sql.query('select 1; select 2'), { code: '42601' })
    })

    it('speaks of moments in UTC', async () => {
      assert.deepEqual(await sql.query("select timestamptz '2026-11-23 14:00:00+08'::text as moment"), [{ moment: '2026-11-23 06:00:00+00' }])
    })

    it('commits what resolves', async () => {
      const result = await sql.transaction(async (tx) => {
        await tx.query("insert into things values (1, 'kept')")
        return 'done'
      })
      assert.equal(result, 'done')
      assert.deepEqual(await sql.query('select * from things where id = 1'), [{ id: 1, word: 'kept' }])
    })

    it('rolls back what rejects, and goes on', async () => {
      const work = sql.transaction(async (tx) => {
        await tx.query("insert into things values (2, 'lost')")
        throw new Error('changed my mind')
      })
      await assert.rejects(work, /changed my mind/)
      assert.deepEqual(await sql.query('select * from things where id = 2'), [])
    })

    it('never reports as committed what a failed statement has undone', async () => {
      const work = sql.transaction(async (tx) => {
        await tx.query("insert into things values (3, 'lost')")
        await tx.query('select no_such_column').catch(() => {})
      })
      await work.catch(() => {})
      assert.deepEqual(await sql.query('select * from things where id = 3'), [])
      if (name === 'PostgreSQL') await assert.rejects(work, /rolled back/)
    })

    it('runs transactions at once without mixing them', async () => {
      const add = (id: number) =>
        sql.transaction(async (tx) => {
          await tx.query('insert into things values ($1, $2)', [id, 'at once'])
          if (id % 2) throw new Error('odd')
        })
      await Promise.allSettled([10, 11, 12, 13, 14, 15].map(add))
      const rows = await sql.query<{ id: number }>("select id from things where word = 'at once' order by id")
      assert.deepEqual(rows.map((row) => row.id), [10, 12, 14])
    })

    it('hears what is notified on a channel, until it stops', async () => {
      const first = await hearOne(sql, 'live:demo:Room-1')
      await sql.query("select pg_notify('live:demo:Room-1', 'hello')")
      assert.equal(await first.payload, 'hello')
      await first.stop()
      const second = await hearOne(sql, 'live:demo:Room-1')
      await sql.query("select pg_notify('live:demo:Room-1', 'again')")
      assert.equal(await second.payload, 'again')
      assert.equal(await first.payload, 'hello')
      await second.stop()
    })

    it('notifies only what was committed', async () => {
      const { payload, stop } = await hearOne(sql, 'c')
      await sql.transaction(async (tx) => {
        await tx.query("select pg_notify('c', 'undone')")
        throw new Error('no')
      }).catch(() => {})
      await sql.query("select pg_notify('c', 'done')")
      assert.equal(await payload, 'done')
      await stop()
    })
  })

  if (!isEmpty) continue
  describe(`migrate on ${name}`, { skip }, () => {
    const steps = [
      { id: '001-a', statements: ['create table a (n int)', 'insert into a values (1)'] },
      { id: '002-b', statements: ['create table b (n int)'] },
    ]
    let sql: Sql
    before(async () => {
      sql = await open()
    })
    after(() => sql?.close())

    it('runs each step once, in order', async () => {
      await migrate(sql, steps.slice(0, 1))
      await migrate(sql, steps)
      await migrate(sql, steps)
      assert.deepEqual(await sql.query('select n from a'), [{ n: 1 }])
      assert.deepEqual(await sql.query('select id from kanmai_migrations order by position'), [{ id: '001-a' }, { id: '002-b' }])
    })

    it('refuses a database that is newer than the code', async () => {
      await assert.rejects(migrate(sql, steps.slice(0, 1)), /newer than this Kanmai: it has the schema step "002-b"/)
    })

    it('refuses when a step that ran has been changed', async () => {
      const changed = [{ id: '001-a', statements: ['create table a (n int8)'] }, steps[1]!]
      await assert.rejects(migrate(sql, [...changed, { id: '003-c', statements: ['create table c (n int)'] }]), /step "001-a" in the database is not the one/)
      assert.deepEqual(await sql.query("select to_regclass('c') as c"), [{ c: null }])
    })

    it('undoes a step that fails half way, and keeps those before it', async () => {
      const bad = { id: '003-bad', statements: ['create table c (n int)', 'create table nonsense ('] }
      await assert.rejects(migrate(sql, [...steps, bad]))
      assert.deepEqual(await sql.query("select to_regclass('c') as c"), [{ c: null }])
      await migrate(sql, [...steps, { id: '003-good', statements: ['create table c (n int)'] }])
    })
  })
}

describe('the store on PostgreSQL alone', { skip: !postgres && noPostgres }, () => {
  it('lets several endpoints migrate at once', async () => {
    const url = postgres!.createDatabase()
    const endpoints = await Promise.all([1, 2, 3, 4].map(() => openPostgres(url)))
    const steps = [1, 2, 3].map((n) => ({ id: `00${n}`, statements: [`create table t${n} (n int)`, 'select pg_sleep(0.01)'] }))
    await Promise.all(endpoints.map((sql) => migrate(sql, steps)))
    assert.deepEqual(await endpoints[0]!.query('select count(*) from kanmai_migrations'), [{ count: 3 }])
    await Promise.all(endpoints.map((sql) => sql.close()))
  })

  it('hears again after its connections broke', async () => {
    const sql = await openPostgres(postgres!.createDatabase())
    let heard!: () => void
    const again = new Promise<void>((resolve) => (heard = resolve))
    await sql.listen('room', heard)
    postgres!.breakConnections()
    const call = setInterval(() => void sql.query("select pg_notify('room', 'x')").catch(() => {}), 50)
    await again
    clearInterval(call)
    await sql.close()
  })

  it('rejects a transaction whose connection breaks, and goes on', async () => {
    const sql = await openPostgres(postgres!.createDatabase())
    const work = sql.transaction(async (tx) => {
      await tx.query('create table t (n int)')
      postgres!.breakConnections()
      await tx.query('insert into t values (1)')
    })
    await assert.rejects(work)
    assert.deepEqual(await sql.query("select to_regclass('t') as t"), [{ t: null }])
    await sql.close()
  })

  it('says at once that nobody answers', async () => {
    await assert.rejects(openPostgres('postgres://kanmai@127.0.0.1:1/none'), { code: 'ECONNREFUSED' })
  })
})

describe('PGlite in a directory', () => {
  it('keeps what was committed', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'kanmai-store-'))
    const first = await openPGlite(join(directory, 'store'))
    await first.query('create table t (n int8)')
    await first.query('insert into t values (7)')
    await first.close()
    const second = await openPGlite(join(directory, 'store'))
    assert.deepEqual(await second.query('select n from t'), [{ n: 7 }])
    await second.close()
    rmSync(directory, { recursive: true })
  })
})
