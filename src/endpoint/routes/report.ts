import type { Hono } from 'hono'
import { badRequest, unavailable } from '../problem.ts'
import { pathId, queryCount, queryId, queryMoment } from '../query.ts'
import { dimensions, report, type Dimension } from '../store/report.ts'
import type { World } from '../world.ts'

export function reportRoutes(app: Hono, { sql, publishers, limits, now }: World): void {
  let making = 0

  app.get('/v1/:pub/report', async (c) => {
    const publisher = await publishers.authorize(pathId(c, 'pub'), c.req.raw)
    const question = {
      now: now(),
      from: queryMoment(c, 'from'),
      to: queryMoment(c, 'to'),
      placement: queryId(c, 'placement'),
      item: queryId(c, 'item'),
      media: queryId(c, 'media'),
      by: readBy(c.req.query('by')),
      limit: queryCount(c, 'limit', 1000, 1, 10_000),
    }
    if (making >= limits.reports) throw unavailable('Other reports are being made. Ask again in a moment.', 10)
    making++
    try {
      return c.json(await report(sql, publisher.key, question), 200, { 'Cache-Control': 'no-store' })
    } finally {
      making--
    }
  })
}

function readBy(value: string | undefined): Dimension[] {
  if (value === undefined) return [...dimensions]
  const names = value.split(',').filter(Boolean)
  const unknown = names.find((name) => !dimensions.some((it) => it === name))
  if (unknown !== undefined) throw badRequest(`by: expected some of ${dimensions.join(', ')}, received "${unknown.slice(0, 80)}".`)
  return dimensions.filter((it) => names.includes(it))
}
