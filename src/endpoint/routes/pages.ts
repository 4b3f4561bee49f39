import type { Hono } from 'hono'
import { cacheable, json } from '../cacheable.ts'
import { badRequest } from '../problem.ts'
import { pathId, queryIds } from '../query.ts'
import { itemsById } from '../store/items.ts'
import type { World } from '../world.ts'

const mostItems = 50

/** What a page asks first: the publisher's config, and items by their ids. */
export function pageRoutes(app: Hono, { sql, publishers, rates, linksFor }: World): void {
  app.get('/v1/:pub/config', async (c) => {
    const publisher = await publishers.get(pathId(c, 'pub'))
    await rates.take('reads', publisher.key, c.req.raw)
    return cacheable(c.req.raw, JSON.stringify(publisher.page), json, { maxAge: 60, stale: 600 })
  })

  app.get('/v1/:pub/items', async (c) => {
    const publisher = await publishers.get(pathId(c, 'pub'))
    await rates.take('reads', publisher.key, c.req.raw)
    const ids = queryIds(c, 'ids').sort()
    if (!ids.length || ids.length > mostItems) {
      throw badRequest(`ids: ${ids.length} of them. Name 1 to ${mostItems} items, as in ?ids=a,b.`)
    }
    const items = await itemsById(sql, publisher.key, ids, linksFor(publisher, c.req.raw))
    return cacheable(c.req.raw, JSON.stringify({ items }), json, { maxAge: 60, stale: 300 })
  })
}
