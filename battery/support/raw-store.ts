import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'

/** A look into a store that no endpoint has open, past all of the product's code. */
export async function lookInto<R extends object>(place: { data: string } | { databaseUrl: string }, query: string): Promise<R[]> {
  if ('data' in place) {
    const db = await PGlite.create({ dataDir: join(place.data, 'store') })
    try {
      return (await db.query<R>(query)).rows
    } finally {
      await db.close()
    }
  }
  const client = new pg.Client(place.databaseUrl)
  await client.connect()
  try {
    return (await client.query<R>(query)).rows
  } finally {
    await client.end()
  }
}

/** Every id there is, as often as it is there. */
export const storedIds = async (place: { data: string } | { databaseUrl: string }) =>
  (await lookInto<{ id: string }>(place, 'select id from signal')).map(({ id }) => id)

/** What of the receipted is there, what is not, and what is there twice. */
export function compare(receipted: Iterable<string>, ids: string[]): { accepted: number; stored: number; missing: string[]; twice: number } {
  const there = new Set(ids)
  const all = [...receipted]
  const missing = all.filter((id) => !there.has(id))
  return { accepted: all.length, stored: all.length - missing.length, missing, twice: ids.length - there.size }
}
