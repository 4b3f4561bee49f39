import { digest, sameDigest } from './digest.ts'
import { notFound, Problem } from './problem.ts'
import type { RateLimits } from './rate-limit.ts'
import { findPublisher, publisherChannel, type Publisher } from './store/publishers.ts'
import type { Sql } from './store/sql.ts'

export interface Publishers {
  /** The publisher of the key; throws a 404. Remembered: no query on the hot path. */
  get(key: string): Promise<Publisher>
  /** The publisher whose token the request carries; throws a 401, 404 or 429. */
  authorize(key: string, request: Request): Promise<Publisher>
  forget(key: string): void
  close(): Promise<void>
}

const mostRemembered = 5_000
// NOTIFY makes changes visible at once; these hold when one got lost, and keep made-up keys from growing into queries.
const knownForMs = 30_000
const unknownForMs = 5_000

export function createPublishers(sql: Sql, now: () => number, rates: RateLimits): Publishers {
  const remembered = new Map<string, { until: number; publisher: Promise<Publisher | undefined> }>()
  let stopListening: Promise<() => Promise<void>> | undefined

  function listen() {
    stopListening ??= sql.listen(publisherChannel, (key) => (key ? remembered.delete(key) : remembered.clear()))
    // Without it changes are seen after `knownForMs`; the next load tries again.
    stopListening.catch(() => (stopListening = undefined))
  }

  function find(key: string): Promise<Publisher | undefined> {
    const known = remembered.get(key)
    if (known && known.until > now()) return known.publisher
    listen()
    const entry = { until: now() + knownForMs, publisher: findPublisher(sql, key) }
    entry.publisher.then(
      (found) => !found && (entry.until = now() + unknownForMs),
      () => remembered.get(key) === entry && remembered.delete(key),
    )
    remembered.delete(key)
    remembered.set(key, entry)
    if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value!)
    return entry.publisher
  }

  async function get(key: string): Promise<Publisher> {
    const publisher = await find(key)
    if (!publisher) {
      throw notFound(`There is no publisher "${key.slice(0, 100)}" here. Check data-publisher, or make it by PUT /v1/{pub}/config.`)
    }
    return publisher
  }

  return {
    get,
    async authorize(key, request) {
      const publisher = await get(key)
      await rates.check(['failedTokens'], key, request)
      const token = bearer(request)
      if (token !== undefined && sameDigest(await digest(token), publisher.tokenHash)) return publisher
      await rates.take('failedTokens', key, request)
      throw unauthorized(key)
    },
    forget: (key) => remembered.delete(key),
    async close() {
      const stop = await stopListening?.catch(() => undefined)
      stopListening = undefined
      await stop?.()
    },
  }
}

export function bearer(request: Request): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '')?.[1]
}

export function unauthorized(key: string): Problem {
  return new Problem(401, 'Unauthorized', `Send the token of the publisher "${key}" as "Authorization: Bearer …".`, {
    headers: { 'WWW-Authenticate': 'Bearer' },
  })
}
