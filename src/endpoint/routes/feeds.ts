import type { Hono } from 'hono'
import * as v from 'valibot'
import { cacheable, json } from '../cacheable.ts'
import { badRequest } from '../problem.ts'
import { pathId, queryId, queryIds, readCursor, writeCursor } from '../query.ts'
import { feedKinds, feedPage, type FeedKind } from '../store/feeds.ts'
import type { World } from '../world.ts'

const Cursor = v.object({
  place: v.pipe(v.string(), v.regex(/^\d{26}$/)),
  score: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e6))),
})

const defaultPageSize = 20
const mostPageSize = 50
/** Items of a visit that are looked at: the latest say most about it. */
const mostSession = 50

export function feedRoutes(app: Hono, { sql, publishers, rates, linksFor }: World): void {
  app.get('/v1/:pub/feeds/:placement', async (c) => {
    const publisher = await publishers.get(pathId(c, 'pub'))
    await rates.take('reads', publisher.key, c.req.raw)
    const placement = pathId(c, 'placement')
    const kind = readKind(c.req.query('kind'))
    const item = queryId(c, 'item')
    if (kind === 'similar' && item === undefined) {
      throw badRequest('item: a feed of kind "similar" needs the item it is similar to, as in &item=a.')
    }
    const session = queryIds(c, 'session').slice(-mostSession)
    const configured = publisher.page.placements
    const pageSize = (configured && Object.hasOwn(configured, placement) && configured[placement]?.pageSize) || defaultPageSize
    const size = Math.min(pageSize, mostPageSize)
    const like = kind === 'similar' ? [item!] : kind === 'guess' ? [...session, ...(item === undefined ? [] : [item])] : []

    const { items, next } = await feedPage(
      sql,
      publisher.key,
      { kind, like, size, after: readCursor(c, Cursor) },
      linksFor(publisher, c.req.raw, placement),
    )
    const list = `${placement.slice(0, 150)}:${kind}${session.length ? ':visit' : ''}`
    const body = JSON.stringify({ list, items, ...(next && { next: writeCursor(next) }) })
    // What a visitor has seen is used for this answer and kept nowhere, caches included.
    if (session.length) return new Response(body, { headers: { 'Content-Type': json, 'Cache-Control': 'no-store' } })
    return cacheable(c.req.raw, body, json, { maxAge: 60, stale: 300 })
  })
}

function readKind(value = 'guess'): FeedKind {
  const kind = feedKinds.find((it) => it === value)
  if (!kind) throw badRequest(`kind: expected one of ${feedKinds.join(', ')}.`)
  return kind
}
