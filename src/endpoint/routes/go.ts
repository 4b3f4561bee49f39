import type { Hono } from 'hono'
import * as v from 'valibot'
import { ref as Ref, second as Second } from '../../contract/primitives.ts'
import { stampRef } from '../../core/click-ref.ts'
import { mint } from '../digest.ts'
import { notFound, unavailable } from '../problem.ts'
import { pathId } from '../query.ts'
import { linkOf } from '../store/items.ts'
import { isStorable } from '../store/storable.ts'
import type { World } from '../world.ts'

const refLength = 20

/** Programs that follow links to draw a preview or an index; they say so themselves. */
const bot = /bot\b|crawl|spider|slurp|facebookexternalhit|embedly|preview|whatsapp|pinterest/i

/** The redirector. The destination is looked up by the item's id: of the request nothing but the ref becomes a part of it. */
export function goRoutes(app: Hono, { sql, publishers, rates, now, random, signals, log }: World): void {
  app.get('/v1/:pub/go/:item', async (c) => {
    const request = c.req.raw
    const publisher = await publishers.get(pathId(c, 'pub'))
    // What is fetched ahead of a click would be a click for the network. Browsers ask again when it is one.
    if (isAhead(request)) throw unavailable('A product link is not followed ahead of its click.', 1)
    const item = pathId(c, 'item')
    const target = await linkOf(sql, publisher, item)
    if (target === undefined) throw notFound(`There is no item "${item}" here. Check the id in the link.`)

    const given = c.req.query('ref')
    const ref = v.is(Ref, given) ? given : mint(refLength, random)
    const counts = request.method === 'GET' && !bot.test(request.headers.get('user-agent') ?? '')
    if (counts) {
      await rates.take('clicks', publisher.key, request)
      const at = now()
      const word = (name: string) => {
        const value = c.req.query(name)
        return value && value.length <= 200 && isStorable(value) ? value : undefined
      }
      const second = Number(c.req.query('second') || NaN)
      await signals
        .keep([
          {
            publisher: publisher.key,
            id: ref,
            type: 'click',
            occurred_at: at,
            raw_occurred_at: new Date(at).toISOString(),
            received_at: at,
            item,
            placement: word('placement'),
            media: word('media'),
            second: v.is(Second, second) ? second : undefined,
            ref,
            source: 'redirect',
          },
        ])
        // The reader goes on to the shop all the same: the page's own signal of this click is still on its way.
        .catch((error: unknown) => log(`click ${ref} on ${item} was not counted: ${String(error)}`))
    }
    return new Response(null, {
      status: 302,
      headers: {
        Location: stampRef(target, ref),
        'Cache-Control': 'no-store',
        'Referrer-Policy': 'strict-origin-when-cross-origin',
        'X-Robots-Tag': 'noindex, nofollow',
      },
    })
  })
}

function isAhead({ headers }: Request): boolean {
  return ['sec-purpose', 'purpose', 'x-moz'].some((name) => /prefetch|prerender|preview/i.test(headers.get(name) ?? ''))
}
