import type { Sql } from './sql.ts'

/** Every media of the publisher that has cues. */
export async function mediaIds(sql: Sql, publisher: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>('select id from media where publisher = $1 order by id', [publisher])
  return rows.map(({ id }) => id)
}
