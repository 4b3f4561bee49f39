import { PGlite, types, type Results } from '@electric-sql/pglite'
import { asParams } from './params.ts'
import type { Sql } from './sql.ts'

/** The engine broke in the middle of a statement: nobody knows what it did, and nothing more may be asked of it. */
export class BrokenEngine extends Error {}

/** Words of the engine itself; what a statement says stands on lines that begin with a tab. */
const lastWords = /^(?:\d{4}-\S+ \S+ \S+ \[\d+\] (?:PANIC|FATAL): +(.*)|(Aborted\(.*))/

// Nobody writes checkpoints in the background here (see `tidy`): a short log of changes is for a quick start. All of the
// endpoint is to do with 512 MB.
const settings = ['max_wal_size=64MB', 'min_wal_size=32MB', 'shared_buffers=64MB', 'maintenance_work_mem=32MB']

/**
 * Opens PostgreSQL inside this process, kept in the directory, or in memory without one. Lock the directory first
 * (`lockData`): two processes on one directory lose rows without an error. It survives the kill of the process, not
 * the loss of power. Inside a transaction use the `sql` it gives: the outer one waits for the transaction to end.
 *
 * `died` is called in the midst of the statement that the engine does not survive, as with a full disk. What the engine
 * says afterwards cannot be believed: it answers on, or never again.
 */
export async function openPGlite(directory?: string, died?: (reason: string) => void): Promise<Sql> {
  const db = await PGlite.create({
    ...(directory ? { dataDir: directory } : {}),
    parsers: { [types.INT8]: Number, [types.DATE]: (value: string) => value },
    startParams: [...PGlite.defaultStartParams, ...settings.flatMap((it) => ['-c', it])],
    onStderr(line) {
      const [, why, aborted] = lastWords.exec(line) ?? []
      if (died && (why ?? aborted)) died((why ?? aborted)!)
      return true
    },
  })
  return {
    query: async <R extends object>(text: string, params?: readonly unknown[]) => rowsOf(await db.query<R>(text, asParams(params))),
    transaction: (work) =>
      db.transaction((tx) =>
        work({ query: async <R extends object>(text: string, params?: readonly unknown[]) => rowsOf(await tx.query<R>(text, asParams(params))) }),
      ),
    async listen(channel, hear) {
      const stop = await db.listen(JSON.stringify(channel), hear)
      return () => stop()
    },
    close: () => db.close(),
  }
}

/** A statement that ended names its command. PGlite swallows the engine's faults, and its answer then is an empty one. */
function rowsOf<R>({ rows, command }: Results<R>): R[] {
  if (command === undefined) throw new BrokenEngine('the engine broke off in the middle of a statement')
  return rows
}
