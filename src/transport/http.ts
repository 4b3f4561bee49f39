import type { GenericSchema, InferOutput } from 'valibot'
import { parse } from '../contract/parse.ts'
import { retryAfter } from './retry-after.ts'
import type { Wire } from './wire.ts'

const patience = 8000

/** What came of a request; never an exception. */
export type Result<T> =
  | {
      ok: true
      value: T
      /** A sentence for every part of the answer that was left out. */
      issues: string[]
      /** The endpoint's clock, milliseconds since 1970; NaN when it does not say. */
      served: number
    }
  | {
      ok: false
      /** What is wrong and how to mend it. */
      reason: string
      /** Whether the same request may succeed later. */
      again: boolean
      /** Nobody answered in time. */
      late?: boolean
      status?: number
      /** Milliseconds until the endpoint wants to hear of us again. */
      after?: number | undefined
    }

export interface Http {
  /** The publisher's part of the endpoint: `https://shop.example/v1/demo`. */
  readonly base: string
  readonly wire: Wire
  /** One request, read by the schema; gives up after 8 s. */
  request<S extends GenericSchema>(path: string, schema: S, init?: RequestInit): Promise<Result<InferOutput<S>>>
  /** Breaks off what is under way. */
  stop(): void
}

export function createHttp(base: string, wire: Wire): Http {
  const underWay = new Set<AbortController>()

  return {
    base,
    wire,
    async request(path, schema, init) {
      const abort = new AbortController()
      underWay.add(abort)
      let late = false
      const timer = setTimeout(() => {
        late = true
        abort.abort()
      }, patience)
      try {
        const response = await wire.fetch(base + path, { ...init, credentials: 'omit', signal: abort.signal })
        const { ok, status, headers } = response
        if (!ok) {
          const ours = status >= 500 || status === 408 || status === 425 || status === 429
          const mend = ours ? "look into the endpoint's log" : "check data-endpoint, data-publisher and the origins in the publisher's config"
          return { ok, status, again: ours, after: retryAfter(headers.get('retry-after'), Date.now()), reason: `${base} answers ${status}: ${mend}` }
        }
        const text = await response.text()
        let json: unknown
        try {
          json = JSON.parse(text)
        } catch {
          return { ok: false, again: true, reason: `${base} does not answer in JSON: let data-endpoint name a Kanmai endpoint` }
        }
        const { value, issues } = parse(schema, json, path.replace(/\?.*/, '').slice(1))
        if (value === undefined) return { ok: false, again: true, reason: `${base}: ${issues[0]}` }
        return { ok, value, issues, served: Date.parse(headers.get('date') ?? '') + 1000 * +(headers.get('age') ?? 0) }
      } catch {
        return late
          ? { ok: false, again: true, late, reason: `${base} does not answer within ${patience / 1000} s: look into the endpoint's load` }
          : {
              ok: false,
              again: true,
              reason: `${base} cannot be reached: start the endpoint, or let it send "Access-Control-Allow-Origin: *" (a browser does not tell the two apart)`,
            }
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
