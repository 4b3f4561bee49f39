import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Item } from '../../src/contract/item.ts'
import type { Report } from '../../src/contract/report.ts'
import type { Receipt } from '../../src/contract/signal.ts'
import { createHandler } from '../../src/endpoint/handler.ts'
import { createCatalogue } from '../../src/endpoint/store/catalogue.ts'
import { migrate } from '../../src/endpoint/store/migrate.ts'
import { migrations } from '../../src/endpoint/store/migrations.ts'
import { openPostgres } from '../../src/endpoint/store/postgres.ts'
import { putPublisher } from '../../src/endpoint/store/publishers.ts'
import type { Sql } from '../../src/endpoint/store/sql.ts'
import { noPostgres, startPostgres, type TestPostgres } from '../support/postgres.ts'
import { json, lamp, notice, row } from './test-world.ts'

const postgres: TestPostgres | undefined = await startPostgres()

// Two handlers with a pool each, as two processes that share a database would have.
describe('the endpoint on PostgreSQL', { skip: !postgres && noPostgres }, () => {
  const stores: Sql[] = []
  const handlers: ReturnType<typeof createHandler>[] = []
  before(async () => {
    const address = postgres!.createDatabase()
    for (let n = 0; n < 2; n++) stores.push(await openPostgres(address))
    await migrate(stores[0]!, migrations)
    await putPublisher(stores[0]!, { key: 'demo', token: 'secret', public: { locale: 'en' } })
    for (const sql of stores) handlers.push(createHandler({ sql }))
  })
  after(async () => {
    for (const handler of handlers) await handler.close()
    for (const sql of stores) await sql.close()
    await postgres?.stop()
  })
  const ask = (which: number, path: string, init: RequestInit = {}) =>
    handlers[which]!(new Request(`https://kanmai.example/v1/demo${path}`, { headers: { authorization: 'Bearer secret' }, ...init }))

  it('keeps a signal once, whichever of the two it reaches', async () => {
    const signals = Array.from({ length: 30 }, (_, n) => ({ id: `s${n}`, type: n % 2 ? 'click' : 'impression', occurredAt: new Date().toISOString(), item: 'arc-lamp', second: n / 2 }))
    const post = (which: number, order: unknown[]) => json<Receipt>(ask(which, '/signals', { method: 'POST', body: JSON.stringify({ signals: order }) }))
    const receipts = await Promise.all([0, 1, 0, 1, 0, 1].map((which, n) => post(which, n % 2 ? signals : [...signals].reverse())))
    assert.equal(receipts.flatMap((it) => it.accepted).length, 30)
    assert.equal(receipts.flatMap((it) => it.duplicate).length, 150)
    const report = await json<Report>(ask(1, '/report?by=item'))
    assert.deepEqual(report.rows.map(({ item, impressions, clicks, refs }) => [item, impressions, clicks, refs.length]), [['arc-lamp', 15, 15, 15]])
    const { signals: kept } = await json<{ signals: { id: string; second: number }[] }>(ask(0, '/signals?ref=s7'))
    assert.deepEqual(kept.map(({ id, second }) => [id, second]), [['s7', 3.5]])
  })

  it('answers items, feeds and the redirector from the catalogue', async () => {
    const catalogue = createCatalogue(stores[0]!, 'demo', 'main')
    assert.deepEqual(await catalogue.put([lamp, row('vase', { categories: [['Home']] }, { promotions: ['TEN'] })]), { added: 2, updated: 0 })
    await catalogue.putPromotions([{ promotionId: 'TEN', everyItem: false, offer: { kind: 'code', code: 'TEN' } }])
    assert.deepEqual(await catalogue.put([lamp]), { added: 0, updated: 1 })
    const { items } = await json<{ items: Item[] }>(ask(1, '/items?ids=arc-lamp,vase'))
    assert.deepEqual(items.map(({ id, offers }) => [id, offers?.length]), [['arc-lamp', undefined], ['vase', 1]])
    for (const query of ['', '?kind=new', '?kind=similar&item=vase', '?session=vase']) assert.ok((await json<{ items: Item[] }>(ask(0, `/feeds/end${query}`))).items.length, query)
    assert.equal((await ask(0, '/go/arc-lamp?ref=redirected&second=4')).status, 302)
    assert.equal(await catalogue.prune(), 0)
  })

  it('shares live rooms and publishers', async () => {
    const stream = await ask(1, '/live/room')
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
    await ask(0, '/live/room/cues', { method: 'POST', body: JSON.stringify({ id: 'c', item: 'arc-lamp' }) })
    let text = ''
    while (!text.includes('event: cue')) text += (await reader.read()).value ?? assert.fail('the stream ended')
    assert.match(text, /id: 1\nevent: cue/)
    await reader.cancel()
    assert.equal((await json<{ last: number }>(ask(0, '/media/room/cues'))).last, 1)

    assert.equal((await json<{ locale: string }>(ask(1, '/config'))).locale, 'en')
    const heard = await notice(stores[1]!, 'kanmai_publisher')
    await ask(0, '/config', { method: 'PUT', body: JSON.stringify({ public: { locale: 'de' } }) })
    await heard()
    assert.equal((await json<{ locale: string }>(ask(1, '/config'))).locale, 'de')
  })
})
