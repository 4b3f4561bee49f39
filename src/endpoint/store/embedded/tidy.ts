import type { Sql } from '../sql.ts'

/** Bytes of the log of changes that a start after a crash may have to replay. */
const mostLog = 32_000_000

/**
 * What a PostgreSQL server's background processes would do. A table that has grown by half is counted anew, for good
 * plans, and its replaced rows make room; the log of changes is written to the tables before it is long.
 */
export async function tidy(sql: Pick<Sql, 'query'>): Promise<void> {
  const grown = await sql.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_relation_size(oid) / 8192 > relpages * 1.5 + 100`,
  )
  for (const { name } of grown) await sql.query(`vacuum (analyze) ${name}`)
  const [log] = await sql.query<{ bytes: number }>(
    'select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::float8 as bytes from pg_control_checkpoint()',
  )
  if (log!.bytes > mostLog) await sql.query('checkpoint')
}
