import { read, type Read, type Schema } from '../contract/read.ts'
import type { Wire } from './wire.ts'

/** Milliseconds to wait for an answer. */
export const patience = 8000

export interface Success<T> {
  ok: true
  value: T
  /** A sentence for every part of the answer that was left out. */
  issues: string[]
  /** The endpoint's clock, milliseconds since 1970; NaN when it does not say. */
  served: number
}

/** Why there is no answer; `failure.ts` says it in words. */
export interface Failure {
  ok: false
  status?: number
  /** As the endpoint sent it: seconds or a date. */
  retryAfter?: string | null
  /** Nobody answered in time. */
  late?: boolean
  /** What was wrong with an answer that came. */
  issue?: string | undefined
}

/** What came of a request; never an exception. */
export type Result<T> = Success<T> | Failure

export interface Http {
  /** The publisher's part of the endpoint: `https://shop.example/v1/demo`. */
  readonly base: string
  readonly wire: Wire
  /** One request, read by the schema; gives up after 8 s. */
  request<S extends Schema>(path: string, schema: S, init?: RequestInit): Promise<Result<Read<S>>>
  /** Breaks off what is under way. */
  stop(): void
}

export function createHttp(base: string, wire: Wire): Http {
  const underWay = new Set<AbortController>()

  async function answerTo<S extends Schema>(path: string, schema: S, init: RequestInit): Promise<Result<Read<S>>> {
    const response = await wire.fetch(base + path, init)
    const { ok, status, headers } = response
    if (!ok) return { ok, status, retryAfter: headers.get('retry-after') }
    const text = await response.text()
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch {
      return { ok: false, issue: 'not JSON' }
    }
    let value = read(schema, json)
    let issues: string[] = []
    // What mends an answer and finds words for it is not needed for a good one.
    if (value === undefined) ({ value, issues } = (await import('../contract/parse.ts')).parse(schema, json, path.split('?')[0]))
    if (value === undefined) return { ok: false, issue: issues[0] }
    return { ok, value, issues, served: Date.parse(headers.get('date')!) + 1000 * +headers.get('age')! }
  }

  return {
    base,
    wire,
    async request(path, schema, init) {
      const abort = new AbortController()
      const { signal } = abort
      underWay.add(abort)
      init?.signal?.addEventListener('abort', () => abort.abort())
      let late = false
      const timer = setTimeout(() => {
        late = true
        abort.abort()
      }, patience)
      // After a stay in the back/forward cache WebKit never settles what was under way, not even when it is aborted.
      const aborted = new Promise<void>((resolve) => (signal.onabort = () => resolve()))
      try {
        return (await Promise.race([answerTo(path, schema, { ...init, credentials: 'omit', signal }), aborted])) ?? { ok: false, late }
      } catch {
        return { ok: false, late }
      } finally {
        clearTimeout(timer)
        underWay.delete(abort)
      }
    },
    stop() {
      for (const abort of underWay) abort.abort()
    },
  }
}
