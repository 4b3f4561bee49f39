import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { FeedPage, ItemList } from '../../src/contract/item.ts'
import { PageConfig } from '../../src/contract/page-config.ts'
import { createHttp, type Http } from '../../src/transport/http.ts'
import { getCues } from '../../src/transport/media.ts'
import { beaconSignals, postSignals } from '../../src/transport/signals.ts'
import type { Wire } from '../../src/transport/wire.ts'
import { createOutbox } from '../../src/tracking/outbox.ts'
import { FakeOrigin } from '../tracking/fake-world.ts'
import { noon, openWorld, type TestWorld } from '../endpoint/test-world.ts'

describe('transport and the real endpoint', () => {
  let world: TestWorld
  let http: Http
  const beacons: Promise<unknown>[] = []

  before(async () => {
    world = await openWorld()
    const wire: Wire = {
      fetch: (url, init) => world.handler(new Request(url, init)),
      beacon: (url, body) => beacons.push(world.handler(new Request(url, { method: 'POST', body }))) > 0,
      stream: () => assert.fail('nobody is live'),
    }
    http = createHttp('https://kanmai.example/v1/demo', wire)
  })
  after(() => world.close())

  it('agree on config, items and feeds', async () => {
    const config = await http.request('/config', PageConfig)
    assert.ok(config.ok && config.value.publisher === 'demo')
    assert.deepEqual(config.issues, [])
    assert.ok(Math.abs(config.served - noon) < 1000, 'the Date header is the endpoint\'s clock')
    const feed = await http.request('/feeds/end?kind=guess', FeedPage)
    assert.ok(feed.ok && feed.value.items[0])
    const id = feed.value.items[0].id
    const items = await http.request(`/items?ids=${id},unknown`, ItemList)
    assert.ok(items.ok)
    assert.deepEqual(items.value.items.map((it) => it.id), [id])
  })

  it('agree on what does not exist', async () => {
    const cues = await getCues(http, 'no-such-film')
    assert.ok(!cues.ok || cues.value.cues.length === 0)
    const other = createHttp('https://kanmai.example/v1/nobody', http.wire)
    assert.equal((await other.request('/config', PageConfig) as { status?: number }).status, 404)
  })

  it('agree on receipts: each signal is kept once, though its first answer was lost and a beacon came too', async () => {
    const origin = new FakeOrigin()
    let lose = true
    const outbox = createOutbox({
      ...origin.tab().world,
      clock: { now: () => noon },
      async send(batch, stopped) {
        const result = await postSignals(http, batch, stopped)
        const lost = lose
        lose = false
        return lost ? { ok: false } : result
      },
      beacon: (batch) => beaconSignals(http, batch),
    })
    for (const id of ['a1', 'a2', 'a3']) outbox.add({ id, type: 'click', ref: id, item: 'x', occurredAt: new Date(noon).toISOString() }, true)
    outbox.leave()
    await Promise.all(beacons)
    for (let i = 0; i < 200 && origin.disk.held.length; i++) {
      await origin.pass(1000)
      await new Promise((resolve) => setImmediate(resolve))
    }
    assert.deepEqual(origin.disk.held, [])
    const audit = (await (await world.command('GET', '/signals')).json()) as { signals: { id: string }[] }
    assert.deepEqual(audit.signals.map((it) => it.id).sort(), ['a1', 'a2', 'a3'])
  })
})
