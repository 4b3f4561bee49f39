import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { openEmbedded } from '../../../src/endpoint/store/embedded/open-embedded.ts'
import { tidy } from '../../../src/endpoint/store/embedded/tidy.ts'
import { openPGlite } from '../../../src/endpoint/store/pglite.ts'

describe('the embedded store', () => {
  const made = mkdtempSync(join(tmpdir(), 'kanmai-embedded-'))
  before(async () => (await openEmbedded(join(made, 'store'))).close())
  after(() => rmSync(made, { recursive: true, force: true }))

  let home: string
  let directory: string
  let notes: string[]
  let noted: (line: string) => void
  const note = (line: string) => {
    notes.push(line)
    noted(line)
  }
  /** Resolves with the next note that matches. */
  const next = (words: RegExp) => new Promise<string>((resolve) => (noted = (line) => words.test(line) && resolve(line)))
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'kanmai-embedded-'))
    directory = join(home, 'store')
    notes = []
    noted = () => {}
    cpSync(join(made, 'store'), directory, { recursive: true })
  })
  afterEach(() => rmSync(home, { recursive: true, force: true }))

  it('is there whole or not at all: one that is half made is made anew', async () => {
    rmSync(directory, { recursive: true })
    mkdirSync(`${directory}.new/global`, { recursive: true })
    writeFileSync(`${directory}.new/PG_VERSION`, '17\n')
    const sql = await openEmbedded(directory)
    assert.deepEqual(await sql.query('select count(*) from signal'), [{ count: 0 }])
    await sql.close()
    assert.ok(!existsSync(`${directory}.new`))
  })

  it('says why a directory that is no store does not open', async () => {
    rmSync(join(directory, 'global'), { recursive: true })
    await assert.rejects(openEmbedded(directory), /global\/pg_control/)
  })

  it('is opened again after its engine died, with all that was committed, and hears again', async () => {
    const sql = await openEmbedded(directory, { note })
    await sql.query('create table t (n int8)')
    await sql.query('insert into t values (7)')
    const heard: string[] = []
    const stop = await sql.listen('room', (payload) => heard.push(payload))

    const away = join(home, 'away')
    renameSync(join(directory, 'pg_wal'), away)
    const died = next(/does not open/)
    // The first switch ends a file that is still open; the second needs a new one.
    const fate = await Promise.allSettled([
      sql.query('select pg_switch_wal()'),
      sql.query('insert into t values (8)'),
      sql.transaction((tx) => tx.query('insert into t values (9)')),
      sql.query('select 1'),
    ])
    assert.deepEqual(fate.map((it) => it.status), ['fulfilled', 'rejected', 'rejected', 'rejected'])
    assert.match(await died, /required WAL directory/)
    assert.match(notes[0]!, /^The embedded store stopped: could not create file .* It is opened again\.$/)
    await assert.rejects(sql.query('select 1'), /the store stopped: required WAL directory/)

    const back = next(/open again/)
    renameSync(away, join(directory, 'pg_wal'))
    await back
    assert.deepEqual(await sql.query('select n from t'), [{ n: 7 }])
    await sql.query("select pg_notify('room', 'x')")
    assert.deepEqual(heard, ['', 'x'])
    await stop()
    await sql.close()
  })

  it('ends an engine that hangs, and opens it again', async () => {
    const sql = await openEmbedded(directory, { note, patienceMs: 1_000 })
    const back = next(/open again/)
    await assert.rejects(sql.query('select count(*) from generate_series(1, 100000000000)'), /no answer for 1 s/)
    await back
    assert.deepEqual(await sql.query('select 1 as n'), [{ n: 1 }])
    await sql.close()
  })

  it('can be closed while it does not open', async () => {
    const sql = await openEmbedded(directory, { note })
    const died = next(/does not open/)
    renameSync(join(directory, 'pg_wal'), join(home, 'away'))
    await Promise.allSettled([sql.query('select pg_switch_wal()'), sql.query('create table t (n int)')])
    await died
    await sql.close()
  })
})

describe('tidy', () => {
  it('keeps the log of changes short and counts a table that has grown', async () => {
    const sql = await openPGlite()
    const log = async () => (await sql.query<{ bytes: number }>('select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::float8 as bytes from pg_control_checkpoint()'))[0]!.bytes
    const counted = async () => (await sql.query<{ reltuples: number }>("select reltuples from pg_class where relname = 'T'"))[0]!.reltuples
    await sql.query('create table "T" (n int, words text)')
    await tidy(sql)
    assert.equal(await counted(), -1)
    await sql.query('insert into "T" select g, repeat(md5(g::text), 30) from generate_series(1, 40000) g')
    assert.ok((await log()) > 32_000_000)
    await tidy(sql)
    assert.ok((await log()) < 10_000_000)
    assert.equal(await counted(), 40_000)
    await sql.close()
  })
})
