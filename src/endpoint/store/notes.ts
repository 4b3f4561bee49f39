import type { Sql } from './sql.ts'

/** Words the endpoint leaves for its next start. */
export interface Notes {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string): Promise<void>
}

export async function openNotes(sql: Sql): Promise<Notes> {
  await sql.query('create table if not exists kanmai_notes (key text primary key, value text not null)')
  return {
    async get(key) {
      const [row] = await sql.query<{ value: string }>('select value from kanmai_notes where key = $1', [key])
      return row?.value
    },
    async set(key, value) {
      const upsert = 'insert into kanmai_notes values ($1, $2) on conflict (key) do update set value = excluded.value'
      await sql.query(upsert, [key, value])
    },
  }
}
