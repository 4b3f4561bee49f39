import type { Hono } from 'hono'
import * as v from 'valibot'
import { signalTypes } from '../../contract/signal.ts'
import { readJson } from '../body.ts'
import { badRequest } from '../problem.ts'
import { pathId, queryCount, queryId, readCursor, writeCursor } from '../query.ts'
import { readBatch } from '../read-batch.ts'
import { audit } from '../store/audit.ts'
import type { Publisher } from '../store/publishers.ts'
import { noteLosses } from '../store/losses.ts'
import type { World } from '../world.ts'

/** The redirector adds looks at a link that are no clicks. */
const keptTypes: readonly string[] = [...signalTypes, 'preview']

const Cursor = v.object({ receivedAt: v.pipe(v.number(), v.safeInteger()), id: v.pipe(v.string(), v.maxLength(100)) })

export function signalRoutes(app: Hono, { sql, publishers, rates, limits, now, signals, traffic }: World): void {
  app.post('/v1/:pub/signals', async (c) => {
    const request = c.req.raw
    const publisher = await publishers.get(pathId(c, 'pub'))
    await rates.check(['impressionBatches', 'actBatches'], publisher.key, request)
    const input = await readJson(request, { bytes: limits.bodyBytes, ms: limits.bodyMs, depth: limits.jsonDepth })
    const receivedAt = now()
    const origin = request.headers.get('origin')?.slice(0, 300)
    const { rows, repeated, rejected, losses } = readBatch(input, {
      publisher: publisher.key,
      receivedAt,
      origin,
      foreignOrigin: isForeign(origin, publisher),
      mostSignals: limits.signalsPerBatch,
    })
    await rates.take(rows.every((row) => row.type === 'impression') ? 'impressionBatches' : 'actBatches', publisher.key, request)

    for (const row of rows) {
      // A browser may opt out in its header alone, where no page sees it: then nothing ties its signals together.
      if (request.headers.get('sec-gpc') === '1') row.session = row.seq = undefined
      row.flags = traffic(row, request)
    }
    const fresh = await signals.keep(rows)
    if (losses.length) await noteLosses(sql, publisher.key, receivedAt, losses)
    const accepted = rows.filter((row) => fresh.has(row.id)).map((row) => row.id)
    const duplicate = [...rows.filter((row) => !fresh.has(row.id)).map((row) => row.id), ...repeated]
    const receipt = { accepted, duplicate, rejected, losses: losses.map((it) => it.id), now: new Date(now()).toISOString() }
    return c.json(receipt, 200, { 'Cache-Control': 'no-store' })
  })

  app.get('/v1/:pub/signals', async (c) => {
    const publisher = await publishers.authorize(pathId(c, 'pub'), c.req.raw)
    const type = queryId(c, 'type')
    if (type !== undefined && !keptTypes.includes(type)) throw badRequest(`type: expected one of ${keptTypes.join(', ')}.`)
    const { signals: kept, next } = await audit(sql, publisher.key, {
      type,
      ref: queryId(c, 'ref'),
      item: queryId(c, 'item'),
      media: queryId(c, 'media'),
      placement: queryId(c, 'placement'),
      flag: queryId(c, 'flag'),
      after: readCursor(c, Cursor),
      size: queryCount(c, 'limit', 100, 1, 1000),
    })
    return c.json({ signals: kept, ...(next && { next: writeCursor(next) }) }, 200, { 'Cache-Control': 'no-store' })
  })
}

/** Not from a page of the publisher, when it says which those are; a sandboxed frame's `null` is nobody's page. */
function isForeign(origin: string | undefined, { private: { origins } }: Publisher): boolean | undefined {
  return origin === undefined || !origins?.length ? undefined : !origins.includes(origin)
}
