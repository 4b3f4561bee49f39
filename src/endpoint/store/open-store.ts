import { join } from 'node:path'
import { lockData, type DataLock } from './data-lock.ts'
import { openEmbedded } from './embedded/open-embedded.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations.ts'
import { openPostgres } from './postgres.ts'
import type { Sql } from './sql.ts'

export interface StorePlace {
  /** Folder of the embedded store, its lock and its token. */
  data: string
  /** PostgreSQL instead of the embedded store. */
  databaseUrl?: string | undefined
}

/**
 * Opens the store and brings its schema up to date. For the embedded one the data directory must be locked. `note` hears
 * when an open one stops, and that it is open again.
 */
export async function openStore({ data, databaseUrl }: StorePlace, note?: (line: string) => void): Promise<Sql> {
  try {
    return databaseUrl ? await openDatabase(databaseUrl) : await openEmbedded(join(data, 'store'), { note })
  } catch (error) {
    const place = databaseUrl ? 'The database that DATABASE_URL names' : `The store in ${data}`
    throw new Error(`${place} cannot be opened: ${reason(error)}`, { cause: error })
  }
}

async function openDatabase(url: string): Promise<Sql> {
  // A step over a large table takes its time.
  const patient = await openPostgres(url, 0)
  try {
    await migrate(patient, migrations)
  } finally {
    await patient.close()
  }
  return openPostgres(url)
}

/** Opens the store for a command while no endpoint runs; PostgreSQL has locks of its own. */
export async function openStoppedStore(place: StorePlace): Promise<Sql> {
  const lock: DataLock | undefined = place.databaseUrl ? undefined : await lockData(place.data)
  try {
    const sql = await openStore(place)
    return {
      ...sql,
      async close() {
        await sql.close()
        lock?.release()
      },
    }
  } catch (error) {
    lock?.release()
    throw error
  }
}

// A name with several addresses fails with an AggregateError, whose own message is empty.
function reason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reason).join('; ')
  return error instanceof Error ? error.message : String(error)
}
