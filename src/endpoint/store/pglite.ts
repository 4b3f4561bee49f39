import { PGlite, types } from '@electric-sql/pglite'
import { asParams } from './params.ts'
import type { Sql } from './sql.ts'

/**
 * Opens PostgreSQL inside this process, kept in the directory, or in memory without one. Lock the directory first
 * (`lockData`): two processes on one directory lose rows without an error. It survives the kill of the process, not
 * the loss of power. Inside a transaction use the `sql` it gives: the outer one waits for the transaction to end.
 */
export async function openPGlite(directory?: string): Promise<Sql> {
  const db = await PGlite.create({
    ...(directory ? { dataDir: directory } : {}),
    parsers: { [types.INT8]: Number, [types.DATE]: (value: string) => value },
  })
  return {
    async query<R extends object>(text: string, params?: readonly unknown[]) {
      return (await db.query<R>(text, asParams(params))).rows
    },
    transaction: (work) =>
      db.transaction((tx) =>
        work({
          async query<R extends object>(text: string, params?: readonly unknown[]) {
            return (await tx.query<R>(text, asParams(params))).rows
          },
        }),
      ),
    async listen(channel, hear) {
      const stop = await db.listen(JSON.stringify(channel), hear)
      return () => stop()
    },
    close: () => db.close(),
  }
}
