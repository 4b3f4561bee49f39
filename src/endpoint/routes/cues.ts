import type { Hono } from 'hono'
import * as v from 'valibot'
import { Cue, CueSheet, Media } from '../../contract/cue.ts'
import { parse } from '../../contract/parse.ts'
import { list } from '../../contract/primitives.ts'
import { isOver } from '../../core/is-over.ts'
import { readJson } from '../body.ts'
import { cacheable, json, type Freshness } from '../cacheable.ts'
import { lightened } from '../lightened-cue.ts'
import { badRequest, notFound, unprocessable } from '../problem.ts'
import { pathId } from '../query.ts'
import { itemsById } from '../store/items.ts'
import { findSheet, putSheet } from '../store/media.ts'
import type { Publisher } from '../store/publishers.ts'
import { webVtt } from '../web-vtt.ts'
import type { World } from '../world.ts'

const recorded: Freshness = { maxAge: 30, stale: 300 }
const mostCues = 10_000

const IncomingSheet = v.object({ media: v.optional(v.omit(Media, ['id'])), cues: v.optional(list(Cue)) })

export function cueRoutes(app: Hono, world: World): void {
  const { sql, publishers, rates, limits, now, goFor, linksFor } = world

  // A live sheet that was kept would show again what has ended since: a browser that goes back takes what it has, however old.
  const freshnessOf = ({ media }: CueSheet) => (media.origin && !isOver(media, now()) ? undefined : recorded)

  async function sheetOf(publisher: Publisher, id: string, request: Request): Promise<CueSheet> {
    const sheet = await findSheet(sql, publisher.key, id)
    if (!sheet) throw notFound(`The media "${id}" has no cues. Put them by PUT /v1/${publisher.key}/media/{id}/cues.`)
    const { media, cues, last } = sheet
    const items = await itemsById(sql, publisher.key, [...new Set(cues.map((cue) => cue.item))].sort(), linksFor(publisher, request))
    return { media, cues, items, ...(last && { last }) }
  }

  app.get('/v1/:pub/media/:id/cues', async (c) => {
    const publisher = await publishers.get(pathId(c, 'pub'))
    await rates.take('reads', publisher.key, c.req.raw)
    const sheet = await sheetOf(publisher, pathId(c, 'id'), c.req.raw)
    return cacheable(c.req.raw, JSON.stringify(sheet), json, freshnessOf(sheet))
  })

  app.get('/v1/:pub/media/:id/cues.vtt', async (c) => {
    const publisher = await publishers.get(pathId(c, 'pub'))
    await rates.take('reads', publisher.key, c.req.raw)
    const id = pathId(c, 'id')
    const go = goFor(publisher, c.req.raw)
    const goOf = (item: string) => `${go}${encodeURIComponent(item)}?media=${encodeURIComponent(id)}`
    const sheet = await sheetOf(publisher, id, c.req.raw)
    return cacheable(c.req.raw, webVtt(sheet, goOf), 'text/vtt; charset=utf-8', freshnessOf(sheet))
  })

  // A bad cue is dropped and named in `issues`; the others are kept, and an item that is not there yet is no mistake.
  // What was sent live stays part of the sheet, until the publisher says that its cues are the edited recording.
  app.put('/v1/:pub/media/:id/cues', async (c) => {
    const publisher = await publishers.authorize(pathId(c, 'pub'), c.req.raw)
    const id = pathId(c, 'id')
    const wish = c.req.query('live') ?? 'keep'
    if (wish !== 'keep' && wish !== 'replace') throw badRequest('live: expected keep or replace.')
    const input = await readJson(c.req.raw, { bytes: limits.sheetBytes, ms: limits.bodyMs, depth: limits.jsonDepth })
    const { value, issues } = parse(IncomingSheet, Array.isArray(input) ? { cues: input } : input, 'body')
    if (!value || !(value.cues || value.media)) {
      throw unprocessable('Send {"media": {…}, "cues": [{"id", "item", "start", …}]}.', issues)
    }
    if (wish === 'replace' && !value.cues) throw unprocessable('Send the cues that take the place of the live ones.')
    const cues = value.cues && [...new Map(value.cues.map((cue) => [cue.id, lightened(cue, issues)])).values()].sort((a, b) => a.start - b.start)
    if (cues && cues.length > mostCues) throw unprocessable(`cues: ${cues.length} of them, a media holds at most ${mostCues}.`)
    const change = { media: { ...value.media, id }, ...(cues && { cues }), dropLive: wish === 'replace' }
    const { live, dropped } = await putSheet(sql, publisher.key, change)
    return c.json({ media: id, ...(cues && { cues: cues.length }), ...(live && { live }), ...(dropped && { dropped }), issues })
  })
}
