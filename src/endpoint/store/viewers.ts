import type { Sql } from './sql.ts'

export const viewersChannel = 'kanmai_viewers'

/** What a process says of a room: so many follow it there. */
export interface ViewersNotice {
  /** Name of the process, minted when it starts. */
  from: string
  publisher: string
  room: string
  viewers: number
}

/** Tells every process that shares the database. */
export async function sendViewers(sql: Sql, notice: ViewersNotice): Promise<void> {
  await sql.query('select pg_notify($1, $2)', [viewersChannel, JSON.stringify(notice)])
}
