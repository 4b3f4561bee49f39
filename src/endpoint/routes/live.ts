import type { Hono } from 'hono'
import * as v from 'valibot'
import { Cue } from '../../contract/cue.ts'
import { parse } from '../../contract/parse.ts'
import { readJson } from '../body.ts'
import { badRequest, unprocessable } from '../problem.ts'
import type { Numbered } from '../live.ts'
import { pathId, queryCount } from '../query.ts'
import { appendLive, type IncomingCue } from '../store/media.ts'
import { createStreamSlots } from '../stream-slots.ts'
import type { World } from '../world.ts'

const mostCues = 100
const encoder = new TextEncoder()
const opening = encoder.encode('retry: 2000\n\n')
const heartbeat = encoder.encode(': \n\n')

/** Chunks a client may leave unread before its stream ends; it comes back with the number of the last one it had. */
const mostUnread = 1_000

export function liveRoutes(app: Hono, world: World): void {
  const { sql, publishers, rates, limits, now, live, log } = world
  const slots = createStreamSlots(limits.streams, limits.streamsPerAddress)

  app.get('/v1/:pub/live/:room', async (c) => {
    const publisher = await publishers.get(pathId(c, 'pub'))
    await rates.take('reads', publisher.key, c.req.raw)
    const room = pathId(c, 'room')
    // A browser that reconnects by itself repeats the old address and tells the truth in the header.
    const after = Math.max(queryCount(c, 'after', 0, 0, Number.MAX_SAFE_INTEGER), Number(c.req.header('last-event-id')) || 0)
    const headers = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' }
    if (c.req.raw.method === 'HEAD') return new Response(null, { headers })

    const release = slots.take(world.clientOf(c.req.raw))
    const { signal } = c.req.raw
    let stop = () => {}
    const body = new ReadableStream<Uint8Array>(
      {
        start(controller) {
          const write = (bytes: Uint8Array) => {
            if ((controller.desiredSize ?? 0) < -mostUnread) return stop()
            controller.enqueue(bytes)
          }
          write(opening)
          const { stop: leave, caughtUp } = live.follow(publisher, room, after, world.linksFor(publisher, c.req.raw), {
            cue: (cue) => write(eventOf(cue)),
            state: (state) => write(encoder.encode(`event: room\ndata: ${JSON.stringify(state)}\n\n`)),
            beat: () => write(heartbeat),
            end: () => stop(),
          })
          const end = () => stop()
          stop = () => {
            stop = () => {}
            leave()
            release()
            signal.removeEventListener('abort', end)
            try {
              controller.close()
            } catch {
              // The client has closed it already.
            }
          }
          signal.addEventListener('abort', end)
          if (signal.aborted) end()
          caughtUp.catch((error: unknown) => {
            log(`live room ${room}: ${String(error)}`)
            end()
          })
        },
        cancel: () => stop(),
      },
      { highWaterMark: 1 },
    )
    return new Response(body, { headers })
  })

  // Takes one cue, or {cues: [...]}. All or nothing: a show that goes on must not miss a cue without a word.
  app.post('/v1/:pub/live/:room/cues', async (c) => {
    const publisher = await publishers.authorize(pathId(c, 'pub'), c.req.raw)
    const input = await readJson(c.req.raw, { bytes: limits.bodyBytes, ms: limits.bodyMs, depth: limits.jsonDepth })
    const { ids, media } = await appendLive(sql, publisher.key, pathId(c, 'room'), readCues(input), now())
    return c.json({ ids, media })
  })
}

const written = new WeakMap<Numbered, Uint8Array>()

/** The event of a cue, written once however many hear it. */
function eventOf(numbered: Numbered): Uint8Array {
  const known = written.get(numbered)
  if (known) return known
  const { id, live } = numbered
  const bytes = encoder.encode(`id: ${id}\nevent: cue\ndata: ${JSON.stringify(live)}\n\n`)
  written.set(numbered, bytes)
  return bytes
}

const Several = v.object({ cues: v.array(v.unknown()) })
const One = v.object({ cue: v.unknown() })

function readCues(input: unknown): IncomingCue[] {
  const entries = v.is(Several, input) ? input.cues : v.is(One, input) ? [input.cue] : [input]
  if (!entries.length || entries.length > mostCues) throw badRequest(`cues: expected 1 to ${mostCues} of them.`)
  const issues: string[] = []
  const cues = entries.map((entry, index) => {
    const started = v.is(v.looseObject({ start: v.nonNullish(v.unknown()) }), entry)
    // Without a start the room's clock will give it one; until then second 0 stands in for it.
    const read = parse(Cue, started ? entry : { ...(entry as object), start: 0 }, `cues[${index}]`)
    issues.push(...read.issues.map((issue) => (entries.length > 1 ? `cues[${index}].${issue}` : issue)))
    return { ...read.value!, start: started ? read.value?.start : undefined }
  })
  if (issues.length) throw unprocessable(`${issues[0]}. Send {"id", "item", "start"?, "end"?, "at"?, "track"?}.`, issues)
  return cues
}
