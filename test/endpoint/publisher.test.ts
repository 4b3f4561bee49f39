import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { PageConfig } from '../../src/contract/page-config.ts'
import { json, notice, openWorld, token, type TestWorld } from './test-world.ts'

let world: TestWorld
before(async () => (world = await openWorld({ adminToken: 'admin' })))
after(() => world.close())

const put = (key: string, as: string, body: unknown) => world.ask(`/v1/${key}/config`, { method: 'PUT', as, body: JSON.stringify(body) })
const config = (key: string) => json<PageConfig>(world.ask(`/v1/${key}/config`))

describe('PUT config', () => {
  it('makes a publisher with the admin token and tells its token once', async () => {
    const response = await put('fresh', 'admin', { public: { locale: 'zh-CN' }, private: {} })
    assert.equal(response.status, 201)
    const { token: minted, ...rest } = await json(response)
    assert.deepEqual(rest, { publisher: 'fresh', created: true, issues: [] })
    assert.match(String(minted), /^[A-Za-z0-9]{40}$/)
    assert.deepEqual(await config('fresh'), { publisher: 'fresh', locale: 'zh-CN' })
    assert.equal((await world.ask('/v1/fresh/report', { as: String(minted) })).status, 200)
    assert.equal((await put('fresh', String(minted), { public: { locale: 'en' } })).status, 200)
    assert.ok(!JSON.stringify(await world.sql.query('select * from publisher')).includes(String(minted)))
  })

  it('takes the token it is given', async () => {
    await put('given', 'admin', { token: 'my-own' })
    assert.equal((await world.ask('/v1/given/report', { as: 'my-own' })).status, 200)
  })

  it('is visible at once, also to another handler that remembered the old one', async () => {
    const other = world.another()
    const ask = async () => (await json<PageConfig>(other(new Request('https://kanmai.example/v1/demo/config')))).locale
    assert.equal(await ask(), 'en')
    const heard = await notice(world.sql, 'kanmai_publisher')
    await put('demo', token, { public: { locale: 'fr' } })
    assert.equal((await config('demo')).locale, 'fr')
    assert.equal(await heard(), 'demo')
    assert.equal(await ask(), 'fr')
  })

  it('keeps the half that is absent', async () => {
    await put('halves', 'admin', { token: 't', public: { locale: 'en' }, private: { origins: ['https://a.example'] } })
    await put('halves', 't', { public: { enabled: false } })
    assert.deepEqual(await config('halves'), { publisher: 'halves', enabled: false })
    assert.deepEqual((await world.sql.query("select private from publisher where key = 'halves'"))[0], { private: { origins: ['https://a.example'] } })
  })

  it('drops what does not hold, names it, and keeps the rest', async () => {
    const { issues } = await json<{ issues: string[] }>(
      put('demo', token, { public: { locale: 'en', theme: { accent: 'url(//x)', radius: '8px' }, publisher: 'other' }, private: { networks: [{ network: 'nonsense' }, { network: 'awin' }] } }),
    )
    assert.equal(issues.length, 2)
    assert.match(issues[0]!, /^theme\.accent: expected a colour/)
    assert.match(issues[1]!, /^networks\[0\]\.network: expected one of awin/)
    assert.deepEqual(await config('demo'), { publisher: 'demo', locale: 'en', theme: { radius: '8px' } })
  })

  it('refuses what is no config, changes nothing and says what one is', async () => {
    const before = await config('demo')
    for (const body of [5, null, [], { public: 5 }, { private: 'x' }, { public: [] }, { token: '' }]) assert.equal((await put('demo', token, body)).status, 422, JSON.stringify(body))
    assert.deepEqual(await config('demo'), before)
    assert.equal((await put('no key!', 'admin', {})).status, 422)
  })

  it('makes nothing without the admin token', async () => {
    assert.equal((await put('thief', token, {})).status, 404)
    const closed = world.another({ adminToken: '' })
    assert.equal((await closed(new Request('https://kanmai.example/v1/thief/config', { method: 'PUT', headers: { authorization: 'Bearer ' }, body: '{}' }))).status, 404)
  })
})

describe('POST imports', () => {
  const feed = (...titles: string[]) => `id\ttitle\tlink\tprice\n${titles.map((title, n) => `t${n}\t${title}\thttps://shop.example/t${n}\t10.00 USD`).join('\n')}\n`
  const post = (query: string, body: string) => world.ask(`/imports?${query}`, { method: 'POST', as: token, body })

  it('reads a feed into the catalogue, and again as an update', async () => {
    const first = await json(post('feed=shop', feed('One', 'Two')))
    assert.deepEqual([first['read'], first['added'], first['updated'], first['skipped'], first['issueCount']], [2, 2, 0, 0, 0])
    const second = await json(post('feed=shop', feed('Uno', 'Two')))
    assert.deepEqual([second['added'], second['updated']], [0, 2])
    assert.deepEqual((await json<{ items: { title: string }[] }>(world.ask('/items?ids=t0,t1'))).items.map((item) => item.title), ['Uno', 'Two'])
  })

  it('stores nothing in a dry run', async () => {
    const { read } = await json(post('feed=dry&dryRun=true', feed('One')))
    assert.equal(read, 1)
    assert.deepEqual(await world.sql.query("select 1 from catalogue where feed = 'dry'"), [])
  })

  it('removes what the feed no longer brings when asked to', async () => {
    await post('feed=prune', 'id\ttitle\tlink\nx1\tX\thttps://shop.example/x1\nx2\tX\thttps://shop.example/x2\n')
    world.clock.now += 1000
    const { pruned } = await json(post('feed=prune&prune=true', 'id\ttitle\tlink\nx1\tX\thttps://shop.example/x1\n'))
    assert.equal(pruned, 1)
    assert.deepEqual(await world.sql.query("select raw_id from catalogue where feed = 'prune'"), [{ raw_id: 'x1' }])
    const broken = await json(post('feed=prune&prune=true', 'id\ttitle\tlink\nx3\tX\thttps://shop.example/x3\n\tbad\t\n'))
    assert.equal(broken['pruned'], 0)
  })

  it('refuses a format and a base it does not know', async () => {
    assert.equal((await post('format=word', '')).status, 400)
    assert.equal((await post('base=javascript:x', '')).status, 400)
  })

  it('stops at the largest import it takes', async () => {
    const small = world.another({ limits: { importBytes: 100 } })
    const response = await small(new Request('https://kanmai.example/v1/demo/imports', { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: 'x'.repeat(101) }))
    assert.equal(response.status, 413)
  })
})

describe('the rest', () => {
  it('healthz asks the store', async () => {
    assert.equal((await world.ask('/healthz')).status, 200)
    assert.equal((await world.ask('/healthz', { method: 'POST' })).status, 200)
    const broken = world.another({ sql: { ...world.sql, query: () => Promise.reject(new Error('gone')) } })
    assert.equal((await broken(new Request('https://kanmai.example/healthz'))).status, 503)
  })

  it('names what is not there', async () => {
    const response = await world.ask('/v1/demo/nothing')
    assert.equal(response.status, 404)
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
  })

  it('says a mistake of its own in the log, not in the answer', async () => {
    const mintNothing = (below: number) => {
      if (below < 100) throw new Error('secret detail')
      return 0
    }
    const broken = world.another({ random: mintNothing })
    const response = await broken(new Request('https://kanmai.example/v1/demo/go/arc-lamp'))
    assert.equal(response.status, 500)
    assert.ok(!(await response.text()).includes('secret'))
    assert.ok(world.log.some((line) => line.includes('secret detail')))
  })
})
