import { existsSync, renameSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { asParams } from '../params.ts'
import type { Sql } from '../sql.ts'
import { startThread, type StoreThread } from './store-thread.ts'

interface Options {
  /** Hears that the store stopped, and that it is open again. */
  note?: ((line: string) => void) | undefined
  patienceMs?: number
}

const firstPauseMs = 100
const longestPauseMs = 5_000
const closingMs = 10_000

/**
 * Opens the embedded store of the directory, which must be locked, in a thread of its own. When its engine stops, by a
 * full disk or a fault, all that was asked of it rejects and it is opened again until it opens; meanwhile every question
 * rejects at once. Rejects with the reason when it cannot be opened the first time.
 */
export async function openEmbedded(directory: string, { note = () => {}, patienceMs = 60_000 }: Options = {}): Promise<Sql> {
  const hearers = new Map<string, Set<(payload: string) => void>>()
  const hear = (channel: string, payload: string) => hearers.get(channel)?.forEach((it) => it(payload))
  const start = (where = directory) => startThread({ directory: where, hear, patienceMs })
  let closing = false
  let thread: StoreThread | undefined
  let reason = ''
  let reopening: Promise<void> | undefined

  if (!existsSync(directory)) await make(directory, start)
  use(await start())

  function use(opened: StoreThread) {
    thread = opened
    void opened.gone.then((why) => {
      thread = undefined
      reason = why
      if (!closing) reopening = reopen()
    })
  }

  async function reopen() {
    note(`The embedded store stopped: ${reason}. It is opened again.`)
    const opened = await startAgain()
    if (!opened) return
    use(opened)
    for (const channel of hearers.keys()) await opened.ask({ kind: 'listen', channel }).catch(() => {})
    note('The embedded store is open again.')
    // Without words: notices may have been lost.
    for (const all of hearers.values()) all.forEach((it) => it(''))
  }

  /** Tries until it opens; undefined when it is closed meanwhile. */
  async function startAgain(): Promise<StoreThread | undefined> {
    for (let ms = firstPauseMs; !closing; ms = Math.min(ms * 2, longestPauseMs)) {
      await pause(ms)
      try {
        const opened = await start()
        if (!closing) return opened
        opened.kill('it is closed')
      } catch (error) {
        const { message } = error as Error
        if (message !== reason) note(`The embedded store does not open: ${message}. It is tried again.`)
        reason = message
      }
    }
    return undefined
  }

  function ask(...[question]: Parameters<StoreThread['ask']>): Promise<unknown> {
    return thread?.ask(question) ?? Promise.reject(new Error(`the store stopped: ${reason}`))
  }
  const asker = (within?: number) => async <R extends object>(text: string, params?: readonly unknown[]) =>
    (await ask({ kind: 'query', text, params: asParams(params), within })) as R[]

  return {
    query: asker(),
    async transaction(work) {
      const within = (await ask({ kind: 'begin' })) as number
      try {
        const result = await work({ query: asker(within) })
        await ask({ kind: 'commit', within })
        return result
      } catch (error) {
        await ask({ kind: 'rollback', within }).catch(() => {})
        throw error
      }
    },
    async listen(channel, hear) {
      const others = hearers.get(channel)
      hearers.set(channel, (others ?? new Set()).add(hear))
      // While the store is not open this changes nothing: it listens for every channel again as soon as it is.
      if (!others) await ask({ kind: 'listen', channel }).catch(() => {})
      return async () => {
        const mine = hearers.get(channel)
        if (!mine?.delete(hear) || mine.size) return
        hearers.delete(channel)
        await ask({ kind: 'unlisten', channel }).catch(() => {})
      }
    },
    async close() {
      closing = true
      const open = thread
      void open?.ask({ kind: 'close' }).catch(() => {})
      const late = setTimeout(() => open?.kill('it did not close'), closingMs)
      await Promise.all([open?.gone, reopening])
      clearTimeout(late)
    },
  }
}

/** Under another name first: a store that is half made, by a process that was killed, is never taken for one. */
async function make(directory: string, start: (where: string) => Promise<StoreThread>): Promise<void> {
  const unfinished = `${directory}.new`
  rmSync(unfinished, { recursive: true, force: true })
  const thread = await start(unfinished)
  await thread.ask({ kind: 'close' })
  await thread.gone
  renameSync(unfinished, directory)
}
