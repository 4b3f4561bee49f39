import type { Hono } from 'hono'
import * as v from 'valibot'
import { ref as Ref, second as Second } from '../../contract/primitives.ts'
import { stampRef } from '../../core/click-ref.ts'
import { mint } from '../digest.ts'
import { notFound, unavailable } from '../problem.ts'
import { isAhead, isLooker } from '../programs.ts'
import { pathId } from '../query.ts'
import { linkOf } from '../store/items.ts'
import { findSignal, type SignalRow } from '../store/signals.ts'
import { isStorable } from '../store/storable.ts'
import type { World } from '../world.ts'

const refLength = 20

/** A slot that nobody filled says nothing. */
const slot = /^\{\w+\}$/

/** The redirector. The destination is looked up by the item's id: of the request nothing but the ref becomes a part of it. */
export function goRoutes(app: Hono, world: World): void {
  const { sql, publishers, rates, random, signals, traffic, now, log } = world
  const newRef = () => mint(refLength, random)

  app.get('/v1/:pub/go/:item', async (c) => {
    const request = c.req.raw
    const publisher = await publishers.get(pathId(c, 'pub'))
    const item = pathId(c, 'item')
    const target = await linkOf(sql, publisher, item)
    if (target === undefined) throw notFound(`There is no item "${item}" here. Check the id in the link.`)
    // Who asks without a body asks for nobody.
    if (request.method === 'HEAD') return leadTo(stampRef(target))
    await rates.take('clicks', publisher.key, request)

    const at = now()
    const word = (name: string) => {
      const value = c.req.query(name)
      return value && value.length <= 200 && isStorable(value) && !slot.test(value) ? value : undefined
    }
    const second = Number(c.req.query('second') || NaN)
    const given = c.req.query('ref')
    const ref = v.is(Ref, given) ? given : undefined
    const seen = {
      publisher: publisher.key,
      occurred_at: at,
      raw_occurred_at: new Date(at).toISOString(),
      received_at: at,
      item,
      placement: word('placement'),
      media: word('media'),
      second: v.is(Second, second) ? second : undefined,
      source: 'redirect',
    } satisfies Partial<SignalRow>

    const ahead = isAhead(request)
    if (ahead || isLooker(request)) {
      await note(() => signals.keep([{ ...seen, id: newRef(), type: 'preview', ref, flags: [ahead ? 'prefetch' : 'bot'] }]))
      // What is fetched ahead of a click would be a click for the network. Browsers ask again when it is one.
      if (ahead) throw unavailable('A product link is not followed ahead of its click.', 1)
      return leadTo(stampRef(target))
    }

    /** False when the ref belongs to something else. */
    async function count(id: string): Promise<boolean> {
      const row: SignalRow = { ...seen, id, ref: id, type: 'click' }
      const fresh = await signals.keep([{ ...row, flags: traffic(row, request) }])
      const known = fresh.size ? undefined : await findSignal(sql, publisher.key, id)
      return !known || (known.type === 'click' && (known.item ?? item) === item)
    }
    let counted = ref ?? newRef()
    await note(async () => {
      if (await count(counted)) return
      counted = newRef()
      await count(counted)
    })
    return leadTo(stampRef(target, counted))

    /** The reader goes on to the shop all the same: the page's own signal of this click is still on its way. */
    async function note(work: () => Promise<unknown>): Promise<void> {
      await work().catch((error: unknown) => log(`click ${ref ?? ''} on ${item} was not counted: ${String(error)}`))
    }
  })
}

function leadTo(location: string): Response {
  return new Response(null, {
    status: 302,
    headers: {
      Location: location,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'strict-origin-when-cross-origin',
      'X-Robots-Tag': 'noindex, nofollow',
    },
  })
}
