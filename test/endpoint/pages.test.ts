import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { parse } from '../../src/contract/parse.ts'
import { ItemList, type Item } from '../../src/contract/item.ts'
import { PageConfig } from '../../src/contract/page-config.ts'
import { createCatalogue } from '../../src/endpoint/store/catalogue.ts'
import { json, openWorld, row, token, usd, type TestWorld } from './test-world.ts'

let world: TestWorld
before(async () => (world = await openWorld()))
after(() => world.close())

const itemsOf = async (path: string) => (await json<{ items: Item[] }>(world.ask(path))).items

describe('GET config', () => {
  it('gives the public half and nothing else', async () => {
    await world.command('PUT', '/config', { private: { networks: [{ network: 'awin', publisher: 'secret-7' }] } })
    const text = await (await world.ask('/config')).text()
    assert.deepEqual(parse(PageConfig, JSON.parse(text)).issues, [])
    assert.equal(JSON.parse(text).publisher, 'demo')
    assert.ok(!text.includes('secret-7'))
    await world.command('PUT', '/config', { private: {} })
  })

  it('answers 404 with a mend for an unknown publisher', async () => {
    const response = await world.ask('/v1/nobody/config')
    assert.equal(response.status, 404)
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
    const problem = await json(response)
    assert.deepEqual(Object.keys(problem), ['type', 'title', 'status', 'detail'])
    assert.match(String(problem['detail']), /"nobody".*data-publisher/)
  })
})

describe('caching and CORS', () => {
  for (const path of ['/config', '/items?ids=arc-lamp', '/feeds/end']) {
    it(`${path} is cacheable, by any page, and 304 when known`, async () => {
      const response = await world.ask(path)
      assert.equal(response.status, 200)
      assert.match(response.headers.get('cache-control')!, /^public, max-age=\d+, stale-while-revalidate=\d+$/)
      assert.equal(response.headers.get('access-control-allow-origin'), '*')
      assert.equal(response.headers.get('access-control-allow-credentials'), null)
      assert.match(response.headers.get('access-control-expose-headers')!, /Date, Age/)
      assert.equal(response.headers.get('date'), 'Mon, 23 Nov 2026 12:00:00 GMT')
      const etag = response.headers.get('etag')!
      const again = await world.ask(path, { headers: { 'if-none-match': `"other", ${etag}` } })
      assert.equal(again.status, 304)
      assert.equal(await again.text(), '')
      assert.equal(again.headers.get('etag'), etag)
      assert.equal((await world.ask(path, { headers: { 'if-none-match': '"other"' } })).status, 200)
    })
  }

  it('answers a preflight for the routes that need a token', async () => {
    const response = await world.ask('/report', { method: 'OPTIONS', headers: { origin: 'https://pages.example', 'access-control-request-headers': 'authorization' } })
    assert.equal(response.status, 204)
    assert.match(response.headers.get('access-control-allow-headers')!, /Authorization/)
    assert.match(response.headers.get('access-control-allow-methods')!, /PUT/)
  })

  it('lets a page read a problem too', async () => {
    assert.equal((await world.ask('/nowhere')).headers.get('access-control-allow-origin'), '*')
  })

  it('answers HEAD without a body', async () => {
    const response = await world.ask('/config', { method: 'HEAD' })
    assert.equal(response.status, 200)
    assert.equal(await response.text(), '')
  })
})

describe('GET items', () => {
  it('gives the items by id, unknown ones simply missing', async () => {
    const body = await json<ItemList>(world.ask('/items?ids=arc-lamp,unknown'))
    assert.deepEqual(parse(ItemList, body), { value: body, issues: [] })
    assert.deepEqual(body.items, [
      {
        id: 'arc-lamp',
        title: 'Arc lamp',
        url: 'https://shop.example/arc-lamp?a=1%2C2',
        brand: 'Moss',
        price: { now: usd(19_900), was: usd(24_900), asOf: '2026-11-23T11:59:00.000Z' },
        availability: 'in_stock',
        categories: [['Home', 'Lighting']],
      },
    ])
  })

  it('sorts them, whatever the order of the question', async () => {
    await createCatalogue(world.sql, 'demo', 'sorted').put([row('b-1'), row('a-1')])
    assert.deepEqual((await itemsOf('/items?ids=b-1,a-1,b-1')).map((item) => item.id), ['a-1', 'b-1'])
  })

  it('refuses more than 50, none, and an id that is none', async () => {
    const ids = Array.from({ length: 51 }, (_, n) => `i${n}`).join()
    assert.equal((await world.ask(`/items?ids=${ids}`)).status, 400)
    assert.equal((await world.ask('/items')).status, 400)
    assert.equal((await world.ask('/items?ids=a%00b')).status, 400)
  })

  it('finishes the link by the publisher’s accounts and keeps the slot for the ref', async () => {
    await world.command('PUT', '/config', { private: { networks: [{ network: 'awin', publisher: '45628', merchants: { 'shop.example': '1001' } }] } })
    const [item] = await itemsOf('/items?ids=arc-lamp')
    assert.match(item!.url, /awinaffid=45628/)
    assert.match(item!.url, /\{ref\}/)
    await world.command('PUT', '/config', { private: {} })
  })

  it('lets out links into apps only by the schemes that the publisher has declared', async () => {
    await createCatalogue(world.sql, 'demo', 'apps').put([row('in-app', { links: { universal: 'https://m.shop.example/1', app: 'shopapp://item/1' } })])
    const links = async () => (await itemsOf('/items?ids=in-app'))[0]!.links
    assert.deepEqual(await links(), { universal: 'https://m.shop.example/1' })
    const { issues } = await json<{ issues: string[] }>(world.command('PUT', '/config', { public: { app: { schemes: ['shopapp', 'javascript'], origin: 'https://app.example/' } } }))
    assert.deepEqual(issues, [
      'app.schemes[1]: expected an app\'s own scheme, as in "taobao", received "javascript"',
      'app.origin: expected an origin, as in "https://app.example", received "https://app.example/"',
    ])
    assert.deepEqual((await json(world.ask('/config')))['app'], { schemes: ['shopapp'] })
    assert.deepEqual(await links(), { universal: 'https://m.shop.example/1', app: 'shopapp://item/1' })
    await world.command('PUT', '/config', { public: { locale: 'en', placements: { end: { pageSize: 2 } } } })
  })

  it('joins promotions that name the item, or hold for every item of the feed', async () => {
    const catalogue = createCatalogue(world.sql, 'demo', 'sale')
    await catalogue.put([row('vase', {}, { promotions: ['TEN'] }), row('bowl')])
    await catalogue.putPromotions([
      { promotionId: 'TEN', everyItem: false, offer: { kind: 'code', code: 'TEN' } },
      { promotionId: 'ALL', everyItem: true, offer: { kind: 'auto', percent: 5 } },
    ])
    const [bowl, vase, other] = await itemsOf('/items?ids=bowl,vase,arc-lamp').then((items) => [items[1], items[2], items[0]])
    assert.deepEqual(bowl!.offers?.map((offer) => offer.id), ['ALL'])
    assert.deepEqual(vase!.offers?.map((offer) => offer.id), ['ALL', 'TEN'])
    assert.equal(other!.offers, undefined)
  })

  it('never lets a javascript: link or a commission out', async () => {
    const evil = 'javascript:alert(1)'
    await createCatalogue(world.sql, 'demo', 'evil').put([
      row('evil-target', {}, { target: evil }),
      row('evil-image', { image: evil, images: [{ url: evil }, { url: 'https://shop.example/ok.jpg' }], links: { app: evil } } as object, { commission: { rate: 0.4321 } }),
    ])
    for (const path of ['/items?ids=evil-target,evil-image', '/feeds/end?kind=new', '/feeds/end?session=evil-image']) {
      const text = await (await world.ask(path)).text()
      assert.ok(!/javascript/i.test(text), path)
      assert.ok(!/commission|4321|1234/.test(text), path)
    }
    assert.deepEqual((await itemsOf('/items?ids=evil-image')).map((item) => item.images), [[{ url: 'https://shop.example/ok.jpg' }]])
    assert.equal((await world.ask('/go/evil-target')).status, 404)
  })
})

describe('the catalogue', () => {
  it('keeps a public id through updates, and mints a safe one for a raw id that is none', async () => {
    const catalogue = createCatalogue(world.sql, 'demo', 'ids')
    assert.deepEqual(await catalogue.put([row('台灯/1'), row('plain-1')]), { added: 2, updated: 0 })
    const idOf = async () => (await world.sql.query<{ public_id: string }>("select public_id from catalogue where raw_id = '台灯/1'"))[0]!.public_id
    const id = await idOf()
    assert.match(id, /^[A-Za-z0-9]+$/)
    assert.deepEqual(await catalogue.put([row('台灯/1', { title: 'New' })]), { added: 0, updated: 1 })
    assert.equal(await idOf(), id)
    assert.equal((await itemsOf(`/items?ids=${id}`))[0]!.title, 'New')
  })

  it('gives the second feed with the same raw id another public id', async () => {
    await createCatalogue(world.sql, 'demo', 'first').put([row('same', { title: 'First' })])
    await createCatalogue(world.sql, 'demo', 'second').put([row('same', { title: 'Second' })])
    await createCatalogue(world.sql, 'demo', 'second').put([row('same', { title: 'Second' })])
    assert.deepEqual((await itemsOf('/items?ids=same')).map((item) => item.title), ['First'])
    const rows = await world.sql.query("select distinct public_id from catalogue where raw_id = 'same'")
    assert.equal(rows.length, 2)
  })

  it('takes a row that comes twice in a batch once, the later one', async () => {
    assert.deepEqual(await createCatalogue(world.sql, 'demo', 'twice').put([row('t', { title: 'A' }), row('t', { title: 'B' })]), { added: 1, updated: 1 })
    assert.equal((await itemsOf('/items?ids=t'))[0]!.title, 'B')
  })

  it('stores what PostgreSQL would refuse, without it', async () => {
    await createCatalogue(world.sql, 'demo', 'nul').put([row('nul', { title: 'A\0B\ud800C' })])
    assert.equal((await itemsOf('/items?ids=nul'))[0]!.title, 'AB\ufffdC')
  })

  it('forgets what a feed no longer brings only when asked', async () => {
    await createCatalogue(world.sql, 'demo', 'short', 1000).put([row('s1'), row('s2')])
    const run = createCatalogue(world.sql, 'demo', 'short', 2000)
    await run.put([row('s1')])
    assert.equal((await itemsOf('/items?ids=s1,s2')).length, 2)
    assert.equal(await run.prune(), 1)
    assert.deepEqual((await itemsOf('/items?ids=s1,s2')).map((item) => item.id), ['s1'])
  })
})

describe('tokens', () => {
  const routes: [string, string][] = [['PUT', '/config'], ['PUT', '/media/m/cues'], ['POST', '/live/m/cues'], ['POST', '/imports'], ['GET', '/report'], ['GET', '/signals']]
  for (const [method, path] of routes) {
    it(`${method} ${path} wants the publisher's own token`, async () => {
      const body = method === 'GET' ? {} : { body: '{}' }
      const without = await world.ask(path, { method, ...body })
      assert.equal(without.status, 401)
      assert.equal(without.headers.get('www-authenticate'), 'Bearer')
      assert.equal((await world.ask(path, { method, as: `${token}x`, ...body })).status, 401)
      assert.equal((await world.ask(path, { method, as: '', ...body })).status, 401)
    })
  }
})
