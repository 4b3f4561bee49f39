import { Worker } from 'node:worker_threads'
import type { Ask, Call, Told } from './words.ts'

/** A thread that has the store open. */
export interface StoreThread {
  /** Rejects with what the store says against it, and when the thread ends. */
  ask(ask: Ask): Promise<unknown>
  /** Resolves, with the reason, when the thread has ended and its files are closed. */
  gone: Promise<string>
  /** Ends it as a kill would. */
  kill(reason: string): void
}

export interface ThreadOptions {
  directory: string
  hear(channel: string, payload: string): void
  /** Milliseconds without a word while something is asked after which the engine counts as hung. */
  patienceMs: number
}

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

const looksMs = 1_000

/** Opens the directory's store, which is made when there is none, and brings it up to date. Rejects with the reason when it cannot. */
export async function startThread({ directory, hear, patienceMs }: ThreadOptions): Promise<StoreThread> {
  // This file's own ending: the sources run as they are in tests.
  const [ending] = /\.[jt]s$/.exec(import.meta.url)!
  const worker = new Worker(new URL(`./thread${ending}`, import.meta.url), { workerData: directory })
  const waiting = new Map<number, Waiting>()
  let calls = 0
  let silentMs = 0
  let why = 'its thread ended'
  let ended = false
  let opened!: () => void
  const open = new Promise<void>((resolve) => (opened = resolve))

  const watch = setInterval(() => {
    silentMs = waiting.size ? silentMs + looksMs : 0
    if (silentMs > patienceMs) kill(`no answer for ${patienceMs / 1000} s`)
  }, looksMs)
  function kill(reason: string) {
    why = reason
    void worker.terminate()
  }

  worker.on('message', (told: Told) => {
    silentMs = 0
    if ('open' in told) opened()
    else if ('died' in told) why = told.died
    else if ('channel' in told) hear(told.channel, told.payload)
    else {
      const asker = waiting.get(told.call)
      waiting.delete(told.call)
      if ('error' in told) asker?.reject(Object.assign(new Error(told.error.message), { code: told.error.code }))
      else asker?.resolve(told.value)
    }
  })
  worker.on('error', (error) => (why = error.message))
  const gone = new Promise<string>((resolve) =>
    worker.once('exit', () => {
      ended = true
      clearInterval(watch)
      for (const { reject } of waiting.values()) reject(new Error(`the store stopped: ${why}`))
      waiting.clear()
      resolve(why)
    }),
  )

  const failure = await Promise.race([open, gone])
  if (failure !== undefined) throw new Error(failure)
  return {
    gone,
    kill,
    ask(ask) {
      if (ended) return Promise.reject(new Error(`the store stopped: ${why}`))
      return new Promise((resolve, reject) => {
        const call: Call = { ...ask, call: ++calls }
        waiting.set(call.call, { resolve, reject })
        worker.postMessage(call)
      })
    },
  }
}
