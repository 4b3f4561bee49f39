import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import fc from 'fast-check'
import type { Item } from '../../src/contract/item.ts'
import type { Report } from '../../src/contract/report.ts'
import type { Receipt } from '../../src/contract/signal.ts'
import { json, openWorld, row, type TestWorld } from './test-world.ts'
import { createCatalogue } from '../../src/endpoint/store/catalogue.ts'

let world: TestWorld
before(async () => {
  world = await openWorld()
  await createCatalogue(world.sql, 'demo', 'main', 1).put([row('stool'), row('kettle', {}, { target: 'https://www.amazon.de/dp/B00X' }), row('cup', {}, { target: 'https://www.ebay.de/itm/1' })])
})
after(() => world.close())
afterEach(async () => {
  await world.sql.query('delete from signal')
  await world.command('PUT', '/config', { public: {}, private: {} })
})

const at = '2026-11-23T11:59:59.000Z'
const impression = (id: string, more: object = {}) => ({ id, type: 'impression', occurredAt: at, ...more })
const click = (id: string, more: object = {}) => ({ id, type: 'click', occurredAt: at, ...more })
const send = async (signals: unknown[], init: RequestInit = {}) => json<Receipt>(world.ask('/signals', { method: 'POST', body: JSON.stringify({ signals }), ...init }))
const stored = <R extends object = Record<string, unknown>>() => world.sql.query<R>('select * from signal order by id')
const go = (path: string, init: RequestInit = {}) => world.ask(`/go/${path}`, init)
const locationOf = async (response: Promise<Response>) => (await response).headers.get('location')
const items = async (ids: string) => (await json<{ items: Item[] }>(world.ask(`/items?ids=${ids}`))).items
const feed = async (placement: string) => (await json<{ items: Item[] }>(world.ask(`/feeds/${placement}`))).items
const totals = async () => (await json<Report>(world.command('GET', '/report'))).totals

const awin = { network: 'awin', publisher: '1', merchants: { 'shop.example': '2' } }
const slots = '?ref={ref}&placement={placement}&media={media}&second={second}'
const redirected = (id: string) => `https://kanmai.example/v1/demo/go/${id}${slots}`

describe('GET go', () => {
  it('counts the click under its ref and sends on to the looked-up destination', async () => {
    await world.command('PUT', '/config', { private: { networks: [awin] } })
    const response = await go('arc-lamp?ref=abc123&placement=end&media=film&second=12.5&url=https://evil.example')
    assert.equal(response.status, 302)
    assert.equal(response.headers.get('cache-control'), 'no-store')
    assert.equal(response.headers.get('referrer-policy'), 'strict-origin-when-cross-origin')
    const location = response.headers.get('location')!
    assert.match(location, /abc123/)
    assert.ok(!location.includes('{ref}') && !location.includes('evil'))
    const [kept] = await stored()
    assert.deepEqual([kept!['id'], kept!['type'], kept!['ref'], kept!['item'], kept!['placement'], kept!['media'], kept!['second'], kept!['source']], ['abc123', 'click', 'abc123', 'arc-lamp', 'end', 'film', 12.5, 'redirect'])
  })

  it('mints a ref when none is given, or a bad one', async () => {
    await go('arc-lamp')
    await go('arc-lamp?ref=no-dash%0d%0aSet-Cookie:x')
    await go('arc-lamp?ref={ref}')
    const rows = await stored()
    assert.equal(rows.length, 3)
    for (const { ref } of rows) assert.match(String(ref), /^[A-Za-z0-9]{20}$/)
  })

  it('leaves out what does not hold, and slots that nobody filled, and goes on', async () => {
    assert.equal((await go(`arc-lamp?ref=r1&second=-3&placement=${'x'.repeat(300)}&media=a%00b`)).status, 302)
    await go('arc-lamp?ref=r2&placement={placement}&media=%7Bmedia%7D&second={second}')
    for (const it of await stored()) assert.deepEqual([it['second'], it['placement'], it['media']], [null, null, null])
  })

  it('answers HEAD harmlessly: it counts nothing and spends no ref', async () => {
    await world.command('PUT', '/config', { private: { networks: [awin] } })
    const response = await go('arc-lamp?ref=h1', { method: 'HEAD' })
    assert.equal(response.status, 302)
    assert.doesNotMatch(response.headers.get('location')!, /h1/)
    assert.deepEqual(await stored(), [])
  })

  it('keeps what a browser fetches ahead as a preview, and does not lead it to the shop', async () => {
    for (const purpose of ['prefetch', 'prefetch;prerender', 'prefetch;anonymous-client-ip']) {
      const response = await go('arc-lamp?ref=p1&placement=end', { headers: { 'sec-purpose': purpose } })
      assert.equal(response.status, 503)
      assert.equal(response.headers.get('location'), null)
    }
    await go('arc-lamp?ref=p1&placement=end')
    const rows = await stored()
    assert.deepEqual(rows.map((it) => [it['type'], it['ref'], it['flags']]).sort(), [['click', 'p1', null], ...Array.from({ length: 3 }, () => ['preview', 'p1', ['prefetch']])])
    const { clicks, netClicks, previews, flags } = await totals()
    assert.deepEqual({ clicks, netClicks, previews, flags }, { clicks: 1, netClicks: 1, previews: 3, flags: { prefetch: 3 } })
  })

  for (const agent of [
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'TelegramBot (like TwitterBot)', 'WhatsApp/2.23.20.0', 'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Mozilla/5.0 (Windows NT 6.1) SkypeUriPreview Preview/0.5',
    'LinkedInBot/1.0 (compatible; Mozilla/5.0)', 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)', 'Pinterest/0.2 (+https://www.pinterest.com/bot.html)',
    'Mozilla/5.0 (compatible; Baiduspider/2.0)', 'Mozilla/5.0 (compatible; Embedly/0.2)', 'Iframely/1.3.1 (+https://iframely.com)', 'meta-externalagent/1.1',
  ]) {
    it(`labels a look by ${agent.slice(0, 50)}, which is no click`, async () => {
      const response = await go('arc-lamp?ref=l1', { headers: { 'user-agent': agent } })
      assert.equal(response.status, 302)
      assert.equal(response.headers.get('location'), 'https://shop.example/arc-lamp?a=1%2C2')
      const [look] = await stored()
      assert.deepEqual([look!['type'], look!['ref'], look!['item'], look!['flags']], ['preview', 'l1', 'arc-lamp', ['bot']])
      const { clicks, previews } = await totals()
      assert.deepEqual({ clicks, previews }, { clicks: 0, previews: 1 })
    })
  }

  for (const agent of ['curl/8.5.0', 'python-requests/2.31', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36']) {
    it(`counts a click by ${agent.slice(-40)} gross and not net`, async () => {
      await go('arc-lamp?ref=b1', { headers: { 'user-agent': agent } })
      const { clicks, netClicks, flags } = await totals()
      assert.deepEqual({ clicks, netClicks, flags }, { clicks: 1, netClicks: 0, flags: { bot: 1 } })
    })
  }

  it('flags what was fetched as a part of a page instead of followed', async () => {
    for (const mode of ['no-cors', 'cors', 'navigate']) await go(`arc-lamp?ref=m${mode.replace('-', '')}`, { headers: { 'sec-fetch-mode': mode } })
    assert.deepEqual((await stored()).map((it) => [it['id'], it['flags']]), [['mcors', ['untrusted']], ['mnavigate', null], ['mnocors', ['untrusted']]])
  })

  it('answers 404 for an unknown item and counts nothing', async () => {
    const response = await go('unknown?ref=u')
    assert.equal(response.status, 404)
    assert.match(String((await json(response))['detail']), /"unknown"/)
    assert.equal((await stored()).length, 0)
  })

  it('is one row with the browser’s own signal, in either order, each filling what the other left empty', async () => {
    await go('arc-lamp?ref=one')
    assert.deepEqual((await send([click('one', { item: 'other', media: 'film', second: 7, session: 's', page: 'https://p.example/' })])).duplicate, ['one'])
    await send([click('two', { media: 'film', second: 7 })])
    await go('arc-lamp?ref=two&media=other&placement=end')
    const [one, two] = await stored()
    assert.deepEqual([one!['item'], one!['media'], one!['second'], one!['session'], one!['source']], ['arc-lamp', 'film', 7, 's', 'redirect'])
    assert.deepEqual([two!['item'], two!['media'], two!['second'], two!['placement'], two!['source']], ['arc-lamp', 'film', 7, 'end', 'browser'])
    assert.deepEqual([one!['confirmed'], two!['confirmed']], [true, true])
  })

  it('is one row when both count it at the same moment', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => [go(`arc-lamp?ref=c${n}&media=film`), send([click(`c${n}`, { item: 'arc-lamp', session: `s${n}` })])]).flat(),
    )
    const rows = await stored()
    assert.equal(rows.length, 20)
    for (const it of rows) assert.deepEqual([it['item'], it['media'], it['session'], it['confirmed']], ['arc-lamp', 'film', `s${String(it['id']).slice(1)}`, true])
  })

  it('takes a flag from the first word of the browser, and none from a repeat by anybody', async () => {
    const curl = { headers: { 'user-agent': 'curl/8.5.0' } }
    await go('arc-lamp?ref=mine')
    await go('arc-lamp?ref=mine', curl)
    assert.equal((await stored())[0]!['flags'], null)
    await send([click('mine', { trusted: false })])
    await send([click('mine', { afterShown: 1 })], curl)
    await go('arc-lamp?ref=mine', curl)
    const [mine] = await stored()
    assert.deepEqual([mine!['flags'], mine!['confirmed']], [['untrusted'], true])
  })

  it('counts under a ref of its own what comes with the ref of something else', async () => {
    await go('arc-lamp?ref=lamp1&placement=end')
    await send([{ id: 'seen1', type: 'impression', occurredAt: at, item: 'stool' }])
    const ours = await locationOf(go('arc-lamp?ref=lamp1'))
    assert.equal(ours, 'https://shop.example/arc-lamp?a=1%2C2')
    await go('stool?ref=lamp1&placement=other')
    await go('stool?ref=seen1')
    const rows = await stored()
    assert.deepEqual(rows.find((it) => it['id'] === 'lamp1')!['placement'], 'end')
    assert.deepEqual(rows.find((it) => it['id'] === 'seen1')!['type'], 'impression')
    const minted = rows.filter((it) => !['lamp1', 'seen1'].includes(String(it['id'])))
    assert.deepEqual(minted.map((it) => [it['item'], it['type']]), [['stool', 'click'], ['stool', 'click']])
  })

  it('does not let a click fill an impression, or an impression a click', async () => {
    await send([impression('same')])
    await send([click('same', { item: 'x' })])
    await send([click('other')])
    await send([impression('other', { item: 'x' })])
    assert.deepEqual((await stored()).map((it) => [it['type'], it['item']]), [['click', null], ['impression', null]])
  })

  it('sends the reader on even when the click cannot be counted', async () => {
    const broken = world.another({ sql: { ...world.sql, query: (text, params) => (text.includes('insert into signal') ? Promise.reject(new Error('disk full')) : world.sql.query(text, params)) } })
    const response = await broken(new Request('https://kanmai.example/v1/demo/go/arc-lamp?ref=x'))
    assert.equal(response.status, 302)
    assert.ok(world.log.some((line) => /click x on arc-lamp was not counted/.test(line)))
  })
})

describe('exactly once', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e')
  const more = fc.record({ item: fc.constantFrom('arc-lamp', 'x'), media: fc.constantFrom('m', 'n'), second: fc.nat(9) }, { requiredKeys: [] })
  const signal = fc.tuple(ids, more).map(([id, more]) => ({ id, type: id < 'd' ? 'click' : 'impression', occurredAt: at, ...more }))
  const act = fc.oneof(
    fc.record({ batch: fc.array(signal, { maxLength: 6 }) }),
    fc.record({ go: ids, media: fc.option(fc.constantFrom('m', 'n')) }),
  )
  type Count = Record<string, unknown>

  it('holds for any mix of batches and redirects, one after the other or at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 8 }), fc.boolean(), async (acts, atOnce) => {
        await world.sql.query('delete from signal')
        const accepted: string[] = []
        const play = async (it: (typeof acts)[number]) => {
          if ('go' in it) return void (await go(`arc-lamp?ref=${it.go}${it.media ? `&media=${it.media}` : ''}`))
          const receipt = await send(it.batch)
          accepted.push(...receipt.accepted)
          const named = [...receipt.accepted, ...receipt.duplicate].sort()
          assert.deepEqual(named, it.batch.map((signal) => signal.id).sort())
        }
        if (atOnce) await Promise.all(acts.map(play))
        else for (const it of acts) await play(it)

        const all = await stored()
        const rows = all.filter((it) => String(it['id']).length === 1)
        const seen = new Set(acts.flatMap((it) => ('go' in it ? [it.go] : it.batch.map((signal) => signal.id))))
        assert.deepEqual(rows.map((it) => it['id']), [...seen].sort())
        // Whom no redirect counted first, exactly one receipt has accepted.
        assert.deepEqual(accepted.sort(), rows.filter((it) => it['source'] === 'browser').map((it) => it['id']))

        // A redirect whose ref was taken by something else has one of its own: that click is not lost.
        const minted = all.length - rows.length
        const goes = acts.filter((it) => 'go' in it)
        const strange = ({ go }: { go: string }) => rows.some((it) => it['id'] === go && (it['type'] !== 'click' || it['item'] !== 'arc-lamp'))
        assert.ok(minted >= goes.filter(strange).length - rows.filter((it) => it['source'] === 'redirect').length && minted <= goes.length)

        if (!atOnce) {
          const model = new Map<unknown, Count>()
          let foreign = 0
          const counts = acts.flatMap((it): Count[] => ('go' in it ? [{ id: it.go, type: 'click', item: 'arc-lamp', media: it.media, by: 'redirect' }] : it.batch.map((signal) => ({ ...signal, by: 'browser' }))))
          for (const it of counts) {
            const known = model.get(it['id'])
            if (!known) model.set(it['id'], { ...it })
            else if (known['type'] === 'click' && it['type'] === 'click') for (const name of ['item', 'media', 'second']) known[name] ??= it[name]
            if (known && it['by'] === 'redirect' && (known['type'] !== 'click' || known['item'] !== 'arc-lamp')) foreign++
          }
          assert.equal(minted, foreign)
          for (const row of rows) {
            const want = model.get(row['id'])!
            for (const name of ['type', 'item', 'media', 'second']) assert.equal(row[name], want[name] ?? null, `${row['id']}.${name}`)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('holds when two handlers share the store', async () => {
    const other = world.another()
    const body = JSON.stringify({ signals: Array.from({ length: 40 }, (_, n) => impression(`s${n}`)) })
    const receipts = await Promise.all(
      [world.handler, other, world.handler, other].map((handler) => handler(new Request('https://kanmai.example/v1/demo/signals', { method: 'POST', body })).then((it) => json<Receipt>(it))),
    )
    assert.equal(receipts.flatMap((it) => it.accepted).length, 40)
    assert.equal(receipts.flatMap((it) => it.duplicate).length, 120)
    assert.equal((await stored()).length, 40)
  })

  it('keeps publishers apart', async () => {
    const { putPublisher } = await import('../../src/endpoint/store/publishers.ts')
    await putPublisher(world.sql, { key: 'second', token: 't' })
    await send([impression('same')])
    const receipt = await json<Receipt>(world.ask('/v1/second/signals', { method: 'POST', body: JSON.stringify({ signals: [impression('same')] }) }))
    assert.deepEqual(receipt.accepted, ['same'])
  })
})

describe('links of items', () => {
  it('are direct where nobody says otherwise', async () => {
    await world.command('PUT', '/config', { private: { networks: [awin] } })
    const [lamp] = await items('arc-lamp')
    assert.match(lamp!.url, /^https:\/\/www\.awin1\.com\/.*clickref=\{ref\}/)
    assert.equal(lamp!.links, undefined)
  })

  it('lead over the redirector when their network’s account says so, and bring the direct one along', async () => {
    await world.command('PUT', '/config', { private: { networks: [{ ...awin, link: 'redirect' }] } })
    const [lamp] = await items('arc-lamp')
    assert.equal(lamp!.url, redirected('arc-lamp'))
    assert.match(lamp!.links!.direct!, /^https:\/\/www\.awin1\.com\//)
    const filled = lamp!.url.replace('{ref}', 'r1').replace('{placement}', 'end').replace('{media}', 'film').replace('{second}', '3')
    const location = await locationOf(world.ask(filled.replace('https://kanmai.example', '')))
    assert.match(location!, /^https:\/\/www\.awin1\.com\/.*clickref=r1/)
    const [kept] = await stored()
    assert.deepEqual([kept!['id'], kept!['placement'], kept!['media'], kept!['second']], ['r1', 'end', 'film', 3])
  })

  it('lead there in a placement that says so, and nowhere else', async () => {
    await world.command('PUT', '/config', { public: { placements: { counted: { link: 'redirect' } } }, private: { networks: [awin] } })
    assert.equal((await feed('counted')).find((it) => it.id === 'arc-lamp')!.url, redirected('arc-lamp'))
    assert.match((await feed('end')).find((it) => it.id === 'arc-lamp')!.url, /awin1/)
    const [lamp] = await items('arc-lamp')
    assert.match(lamp!.url, /awin1/)
    assert.equal(lamp!.links!.redirect, redirected('arc-lamp'))
  })

  it('stay direct in a placement that says so, whatever the account says', async () => {
    await world.command('PUT', '/config', { public: { placements: { plain: { link: 'direct' } } }, private: { networks: [{ ...awin, link: 'redirect' }] } })
    assert.match((await feed('plain')).find((it) => it.id === 'arc-lamp')!.url, /awin1/)
    assert.equal((await feed('other')).find((it) => it.id === 'arc-lamp')!.url, redirected('arc-lamp'))
  })

  it('never lead over the redirector to a network whose terms forbid it; the setting is refused, the account stays', async () => {
    const networks = [{ network: 'amazon', publisher: 'name-21', link: 'redirect' }]
    const { issues } = await json<{ issues: string[] }>(world.command('PUT', '/config', { public: { placements: { counted: { link: 'redirect' } } }, private: { networks } }))
    assert.equal(issues.length, 1)
    assert.match(issues[0]!, /^networks\[0\]\.link: the terms of Amazon Associates forbid/)
    for (const kettle of [...(await items('kettle')), (await feed('counted')).find((it) => it.id === 'kettle')!]) {
      assert.equal(kettle.url, 'https://www.amazon.de/dp/B00X?tag=name-21')
      assert.equal(kettle.links, undefined)
    }
  })

  it('lead over the redirector to a network that dislikes it only by its own account’s word', async () => {
    const ebay = { network: 'ebay', publisher: '1234567890' }
    const placements = { counted: { link: 'redirect' } }
    await world.command('PUT', '/config', { public: { placements }, private: { networks: [ebay] } })
    assert.match((await feed('counted')).find((it) => it.id === 'cup')!.url, /^https:\/\/www\.ebay\.de\//)
    await world.command('PUT', '/config', { private: { networks: [{ ...ebay, link: 'redirect' }] } })
    assert.equal((await items('cup'))[0]!.url, redirected('cup'))
  })

  it('begin where the publisher’s readers reach the redirector', async () => {
    await world.command('PUT', '/config', { private: { redirector: 'https://www.magazine.example/go', networks: [{ ...awin, link: 'redirect' }] } })
    assert.equal((await items('arc-lamp'))[0]!.url, `https://www.magazine.example/go/arc-lamp${slots}`)
    await world.command('PUT', '/media/film/cues', { cues: [{ id: 'c', item: 'arc-lamp', start: 0, end: 1 }] })
    assert.match(await (await world.ask('/media/film/cues.vtt')).text(), /"go":"https:\/\/www\.magazine\.example\/go\/arc-lamp\?media=film"/)
    await world.command('PUT', '/config', { private: { networks: [{ ...awin, link: 'redirect' }] } })
    const prefixed = world.another({ publicUrl: 'https://www.magazine.example/shop/' })
    const answer = await json<{ items: Item[] }>(prefixed(new Request('http://10.0.0.1/v1/demo/items?ids=arc-lamp')))
    assert.equal(answer.items[0]!.url, `https://www.magazine.example/shop/v1/demo/go/arc-lamp${slots}`)
  })
})
