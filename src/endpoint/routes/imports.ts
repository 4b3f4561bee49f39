import type { Hono } from 'hono'
import { isHttpLink } from '../../contract/http-link.ts'
import { boundedBytes } from '../body.ts'
import { feedFormats, importFeed, type FeedFormat } from '../import/import-feed.ts'
import { badRequest } from '../problem.ts'
import { pathId, queryId } from '../query.ts'
import { createCatalogue } from '../store/catalogue.ts'
import type { World } from '../world.ts'

/**
 * Reads the body as a feed while it arrives. `prune=true` also removes what the feed held before and no longer brings,
 * but only after a run without issues: of a file that broke in the middle the rest is not gone.
 */
export function importRoutes(app: Hono, { sql, publishers, limits, now }: World): void {
  app.post('/v1/:pub/imports', async (c) => {
    const publisher = await publishers.authorize(pathId(c, 'pub'), c.req.raw)
    const feed = queryId(c, 'feed') ?? 'default'
    const format = readFormat(c.req.query('format'))
    const dryRun = isYes(c.req.query('dryRun'))
    const filename = c.req.query('filename')
    const base = readBase(c.req.query('base'))
    const currency = c.req.query('currency')
    const columns = c.req.query('columns')?.split(',')
    const catalogue = createCatalogue(sql, publisher.key, feed, now())
    const summary = await importFeed(
      boundedBytes(c.req.raw, limits.importBytes),
      {
        dryRun,
        ...(format && { format }),
        ...(filename && { filename }),
        ...(base && { base }),
        ...(currency && { currency }),
        ...(columns && { columns }),
      },
      catalogue,
    )
    const whole = !dryRun && summary.issueCount === 0 && summary.read > 0
    const pruned = isYes(c.req.query('prune')) ? (whole ? await catalogue.prune() : 0) : undefined
    return c.json({ ...summary, ...(pruned !== undefined && { pruned }) }, 200, { 'Cache-Control': 'no-store' })
  })
}

const isYes = (value: string | undefined) => value !== undefined && /^(1|true|yes|)$/i.test(value)

function readFormat(value: string | undefined): FeedFormat | undefined {
  if (!value) return undefined
  const format = feedFormats.find((it) => it === value)
  if (!format) throw badRequest(`format: expected one of ${feedFormats.join(', ')}.`)
  return format
}

function readBase(value: string | undefined): string | undefined {
  if (!value) return undefined
  if (!isHttpLink(value) || !URL.canParse(value)) throw badRequest('base: expected an http(s) address as https://shop.example/.')
  return value
}
