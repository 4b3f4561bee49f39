import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { FeedPage } from '../../src/contract/item.ts'
import { parse } from '../../src/contract/parse.ts'
import { createCatalogue } from '../../src/endpoint/store/catalogue.ts'
import { json, noon, openWorld, row, usd, type TestWorld } from './test-world.ts'

let world: TestWorld
before(async () => {
  world = await openWorld()
  const lighting = [['Home', 'Lighting']]
  await createCatalogue(world.sql, 'demo', 'old', noon - 50_000).put([
    row('sold-out', { availability: 'out_of_stock', categories: lighting }),
    row('desk-lamp', { categories: lighting, brand: 'Moss', price: { now: usd(15_000) } }),
    row('teapot', { categories: [['Home', 'Kitchen']], price: { now: usd(3_000) } }),
    row('tent', { categories: [['Outdoor']], brand: 'moss' }),
  ])
  await createCatalogue(world.sql, 'demo', 'new', noon - 40_000).put([row('chair', { categories: [['Home']] }), row('pick', { tags: ['editors-pick'] })])
})
after(() => world.close())

const page = async (query = '') => json<FeedPage>(world.ask(`/feeds/end${query}`))

async function all(query = ''): Promise<string[]> {
  const ids: string[] = []
  let next: string | undefined
  do {
    const answer = await page(`?${query}${next ? `&cursor=${next}` : ''}`)
    ids.push(...answer.items.map((item) => item.id))
    next = answer.next
  } while (next)
  return ids
}

describe('GET feeds', () => {
  it('pages as the placement says, through all items, each once', async () => {
    const first = await page()
    assert.deepEqual(parse(FeedPage, first), { value: first, issues: [] })
    assert.equal(first.items.length, 2)
    assert.equal(first.list, 'end:guess')
    assert.deepEqual(await all(), ['pick', 'chair', 'desk-lamp', 'teapot', 'tent', 'arc-lamp', 'sold-out'])
    assert.equal((await json<FeedPage>(world.ask('/feeds/elsewhere'))).items.length, 7)
  })

  it('shows the newest that can be bought first, and what the editors picked', async () => {
    assert.deepEqual(await all('kind=new'), ['chair', 'pick', 'desk-lamp', 'teapot', 'tent', 'arc-lamp'])
    assert.deepEqual(await all('kind=picks'), ['pick'])
  })

  it('finds what is similar by category, brand and price, without the item itself', async () => {
    assert.deepEqual(await all('kind=similar&item=arc-lamp'), ['desk-lamp', 'chair', 'teapot', 'tent', 'pick', 'sold-out'])
    assert.equal((await world.ask('/feeds/end?kind=similar')).status, 400)
  })

  it('is personal for a visit, in no cache, and never kept', async () => {
    const tables = async () => JSON.stringify(await world.sql.query("select relname, n_live_tup from pg_stat_user_tables order by 1"))
    const before = await tables()
    const response = await world.ask('/feeds/end?session=teapot,arc-lamp')
    assert.equal(response.headers.get('cache-control'), 'no-store')
    assert.equal(response.headers.get('etag'), null)
    assert.equal((await json<FeedPage>(response)).list, 'end:guess:visit')
    assert.deepEqual(await all('session=arc-lamp,teapot'), ['desk-lamp', 'chair', 'tent', 'pick', 'sold-out'])
    assert.equal(await tables(), before)
  })

  it('is like an unknown item nothing in particular', async () => {
    assert.deepEqual(await all('kind=similar&item=unknown'), await all())
  })

  it('keeps its place while items come in', async () => {
    const first = await page()
    await createCatalogue(world.sql, 'demo', 'newest', noon).put([row('just-in')])
    const second = await page(`?cursor=${first.next}`)
    assert.deepEqual(second.items.map((item) => item.id), ['desk-lamp', 'teapot'])
    await world.sql.query("delete from catalogue where feed = 'newest'")
  })

  it('leaves an item in its place when it is imported again, and moves it when it sells out', async () => {
    const update = (availability: 'in_stock' | 'out_of_stock') =>
      createCatalogue(world.sql, 'demo', 'old', noon).put([row('teapot', { availability, categories: [['Home', 'Kitchen']] })])
    const before = await all()
    await update('in_stock')
    assert.deepEqual(await all(), before)
    await update('out_of_stock')
    assert.deepEqual(await all(), [...before.filter((id) => id !== 'teapot' && id !== 'sold-out'), 'sold-out', 'teapot'])
    await update('in_stock')
    assert.deepEqual(await all(), before)
  })

  it('refuses a cursor and a kind that are not its own', async () => {
    for (const query of ['cursor=abc', 'cursor=eyJwbGFjZSI6IngifQ', 'kind=best', 'session=a%00']) {
      assert.equal((await world.ask(`/feeds/end?${query}`)).status, 400, query)
    }
  })
})
