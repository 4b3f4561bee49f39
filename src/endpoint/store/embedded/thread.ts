// The embedded store in a thread of its own, so that a long statement stops nobody else, and an engine that is broken or
// hangs can be ended like a process: with all of its memory and open files.
import { parentPort, workerData } from 'node:worker_threads'
import { migrate } from '../migrate.ts'
import { migrations } from '../migrations.ts'
import { BrokenEngine, openPGlite } from '../pglite.ts'
import type { Sql } from '../sql.ts'
import { tidy } from './tidy.ts'
import type { Ask, Call, Told } from './words.ts'

const port = parentPort!
const tell = (told: Told) => port.postMessage(told)
const tidyMs = 5_000

/** At once: of a broken engine no further word may get out. */
function die(reason: string): never {
  tell({ died: reason })
  process.exit(1)
}

/** The engine's files throw objects that are no errors, with a number of their own for a full disk. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.message) return error.message
  const { errno } = error as { errno?: number }
  if (errno === 51) return 'No space left on device'
  return errno === undefined ? String(error) : `the disk refuses with ${errno}`
}

async function open(): Promise<Sql> {
  try {
    const sql = await openPGlite(workerData as string, die)
    await migrate(sql, migrations)
    return sql
  } catch (error) {
    return die(reasonOf(error))
  }
}

interface Transaction extends Pick<Sql, 'query'> {
  commit(): Promise<void>
  rollback(): Promise<void>
}

const sql = await open()
const transactions = new Map<number, Transaction>()
const stops = new Map<string, () => Promise<void>>()
let begun = 0

/** A transaction that stays open until it is told how to end. */
function begin(): Promise<number> {
  return new Promise((resolve, reject) => {
    const id = ++begun
    const ended = sql.transaction(
      ({ query }) =>
        new Promise<void>((commit, undo) => {
          const end = (how: () => void) => () => {
            transactions.delete(id)
            how()
            return ended
          }
          transactions.set(id, { query, commit: end(commit), rollback: () => end(() => undo(new Error('rolled back')))().catch(() => {}) })
          resolve(id)
        }),
    )
    ended.catch(reject)
  })
}

async function answer(ask: Ask): Promise<unknown> {
  switch (ask.kind) {
    case 'query':
      return (ask.within === undefined ? sql : transactions.get(ask.within)!).query(ask.text, ask.params)
    case 'begin':
      return begin()
    case 'commit':
      return transactions.get(ask.within)!.commit()
    case 'rollback':
      return transactions.get(ask.within)?.rollback()
    case 'listen':
      return void stops.set(ask.channel, await sql.listen(ask.channel, (payload) => tell({ channel: ask.channel, payload })))
    case 'unlisten':
      return stops.get(ask.channel)?.()
    case 'close':
      return sql.close()
  }
}

/** What no statement can be blamed for. */
const isEngines = (error: unknown) => error instanceof BrokenEngine || error instanceof RangeError || (error as Error).name === 'RuntimeError'

port.on('message', ({ call, ...ask }: Call) => {
  answer(ask as Ask).then(
    (value) => {
      tell({ call, value })
      if (ask.kind === 'close') process.exit(0)
    },
    (error: Error & { code?: string }) => {
      if (isEngines(error)) die(error.message)
      tell({ call, error: { message: error.message, code: error.code } })
    },
  )
})

const keepTidy = () => void tidy(sql).catch((error: unknown) => isEngines(error) && die(String(error))).finally(() => setTimeout(keepTidy, tidyMs))
setTimeout(keepTidy, tidyMs)
tell({ open: true })
