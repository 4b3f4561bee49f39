import type { Sql } from './sql.ts'

/** One step of the schema. Once published it never changes: a correction is a new step. */
export interface Migration {
  id: string
  /** Run in order, one statement each, in one transaction. */
  statements: readonly string[]
}

// Any number would do, as long as every Kanmai on the same database asks for the same one.
const lock = 'select pg_advisory_xact_lock(7262419)'

/**
 * Brings the database to the code's schema: each missing step in a transaction of its own, under a lock, so that
 * several endpoints may start at once. Rejects, and changes nothing, when the database knows a step that the code does
 * not, or when a step differs from the one that ran there.
 */
export async function migrate(sql: Sql, migrations: readonly Migration[]): Promise<void> {
  await sql.transaction(async (tx) => {
    await tx.query(lock)
    await tx.query(`create table if not exists kanmai_migrations (
      position int primary key, id text not null unique, checksum text not null, applied_at timestamptz not null default now())`)
  })
  for (let position = 0; position < migrations.length; position++) {
    const done = await sql.transaction(async (tx) => {
      await tx.query(lock)
      const applied = await tx.query<Applied>('select position, id, checksum from kanmai_migrations order by position')
      await compare(applied, migrations)
      // Another endpoint may have been faster.
      if (applied.length > position) return applied.length
      const { id, statements } = migrations[position]!
      await tx.query(`set local statement_timeout = 0`)
      for (const statement of statements) await tx.query(statement)
      const row = [position, id, await checksum(migrations[position]!)]
      await tx.query('insert into kanmai_migrations (position, id, checksum) values ($1, $2, $3)', row)
      return position + 1
    })
    position = done - 1
  }
}

interface Applied {
  position: number
  id: string
  checksum: string
}

async function compare(applied: Applied[], migrations: readonly Migration[]): Promise<void> {
  for (const [index, row] of applied.entries()) {
    const known = migrations[index]
    if (!known) {
      throw new Error(`The database is newer than this Kanmai: it has the schema step "${row.id}". Install the newer version again.`)
    }
    if (known.id !== row.id || (await checksum(known)) !== row.checksum) {
      const mend = 'Use the version that made the database, or an empty one.'
      throw new Error(`The schema step "${row.id}" in the database is not the one this Kanmai brings ("${known.id}"). ${mend}`)
    }
  }
}

// Web Crypto instead of Node's: stories run the same store in a browser.
async function checksum({ id, statements }: Migration): Promise<string> {
  const bytes = new TextEncoder().encode([id, ...statements].join('\n;\n'))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest.slice(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
