import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Signal } from '../../src/contract/signal.ts'
import { mostNotes } from '../../src/tracking/losses.ts'
import { createMemoryStorage } from '../../src/tracking/memory-storage.ts'
import { createOutbox, mostBytes, mostHeld } from '../../src/tracking/outbox.ts'
import { FakeOrigin, openTab as open, signal } from './fake-world.ts'

const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, count) => sum + count, 0)
const minute = 60_000
const day = 86_400_000

describe('what an outbox gives up', () => {
  for (const [weather, reason] of [['unknown', 'refused: 404'], ['tightest', 'too large']] as const) {
    it(`is set aside when it does not get through alone while others do (${reason}), and told`, async () => {
      const { origin, endpoint, outbox } = open()
      const { receive } = endpoint
      endpoint.receive = (batch) => {
        endpoint.weather = JSON.stringify(batch.signals).includes('s7') ? weather : 'fine'
        return receive.call(endpoint, batch)
      }
      for (let i = 0; i < 20; i++) outbox.add(signal(`s${i}`))
      await origin.pass(5 * minute)
      // Each time that it is tried something else must have got through.
      for (let i = 0; i < 3; i++) {
        outbox.add(signal(`later ${i}`))
        await origin.pass(minute)
      }
      assert.equal(endpoint.stored.size, 22)
      assert.deepEqual(origin.disk.held, [])
      assert.deepEqual(endpoint.dropped, { [reason]: 1 })
      const { lost } = await outbox.contents()
      assert.deepEqual(lost.map((it) => [it.signal?.id, it.reason, it.told]), [['s7', reason, true]])
    })
  }

  it('is what a receipt refuses: set aside, said to the developer, and told at once', async () => {
    const origin = new FakeOrigin()
    const warnings: string[] = []
    const outbox = createOutbox({ ...origin.tab().world, warn: (issue) => warnings.push(issue) })
    origin.endpoint.weather = 'strict'
    outbox.add({ ...signal('s3'), session: 'visit', seq: 7 })
    await origin.pass(minute)
    assert.deepEqual(warnings, ['the endpoint refused a signal: no threes'])
    assert.deepEqual([...origin.endpoint.losses.values()], [{ id: 's3', reason: 'rejected: no threes', session: 'visit', seq: 7 }])
    const { held, lost } = await outbox.contents()
    assert.deepEqual([held, lost.map((it) => it.signal?.id)], [[], ['s3']])
    await origin.pass(8 * day)
    outbox.add(signal('s4'))
    await origin.pass(minute)
    assert.deepEqual((await outbox.contents()).lost, [], 'not for ever')
  })

  it('is kept to be looked at as far as it was refused, the last hundred', async () => {
    const { origin, endpoint, outbox } = open('strict')
    for (let i = 0; i < 150; i++) outbox.add(signal(`${i}-3`))
    await origin.pass(minute)
    outbox.add(signal('last'))
    await origin.pass(minute)
    assert.deepEqual(endpoint.dropped, { 'rejected: no threes': 150 })
    const { lost } = await outbox.contents()
    assert.equal(lost.length, 100)
    assert.equal(lost.at(-1)!.id, '149-3')
  })

  it('is what is older than seven days when sending it fails; what can be sent is welcome', async () => {
    const { origin, endpoint, outbox, crash } = open('down')
    outbox.add(signal('old'))
    await origin.pass(6 * day)
    outbox.add(signal('young'))
    await origin.pass(2 * day)
    assert.deepEqual(origin.disk.held.map((it) => it.signal.id), ['young'])
    crash()
    origin.now += 30 * day
    endpoint.weather = 'fine'
    createOutbox(origin.tab().world)
    await origin.pass(minute)
    assert.deepEqual([...endpoint.stored.keys()], ['young'])
    assert.deepEqual(endpoint.dropped, { expired: 1 })
  })

  const name = (index: number) => `s${String(index).padStart(5, '0')}`
  for (const [what, length, kept] of [['a number', 0, mostHeld], ['so many bytes', 10_000, Math.floor(mostBytes / 10_086)]] as const) {
    it(`is the oldest beyond ${what}, and each is named`, async () => {
      const { origin, endpoint, outbox } = open('down')
      const taken = kept + 60
      for (let i = 0; i < taken; i++) {
        outbox.add({ ...signal(name(i)), detail: 'x'.repeat(length) })
        if (i % 1000 === 0) await origin.pass(0)
      }
      await origin.pass(5 * minute)
      // Until somebody looks there may be some more.
      createOutbox(origin.tab().world)
      await origin.pass(minute)
      assert.ok(Math.abs(origin.disk.held.length - kept) < 2, `${origin.disk.held.length} of ${kept}`)
      endpoint.weather = 'fine'
      await origin.pass(5 * minute)
      assert.equal(endpoint.stored.size + endpoint.losses.size, taken)
      assert.deepEqual(Object.keys(endpoint.dropped), ['overflow'])
      assert.ok(endpoint.stored.has(name(taken - 1)) && endpoint.losses.has(name(0)))
    })
  }

  it('comes in time, so that the disk never has much more than that, however fast signals come', async () => {
    const { origin, outbox } = open('down')
    await origin.pass(5 * minute)
    let most = 0
    for (let i = 0; i < 10_000; i++) {
      outbox.add({ ...signal(`s${i}`), detail: 'x'.repeat(1000) })
      if (i % 100) continue
      await origin.pass(0)
      most = Math.max(most, JSON.stringify(origin.disk.held).length)
    }
    assert.ok(most > mostBytes && most < 5_000_000, `${most} bytes`)
  })

  it('is counted where it is too much to be named, and none of it is lost or doubled by answers that get lost', async () => {
    const { origin, endpoint, outbox } = open('down')
    const taken = 3 * mostHeld
    for (let i = 0; i < taken; i++) {
      outbox.add({ ...signal(`s${i}`), detail: 'x'.repeat(500) })
      if (i % 500 === 0) await origin.pass(0)
    }
    await origin.pass(10 * minute)
    assert.ok(origin.disk.lost.size <= mostNotes + 1)
    for (const [round, weather] of (['lost', 'down', 'lost', 'fine'] as const).entries()) {
      endpoint.weather = weather
      await origin.pass(2 * minute)
      outbox.add(signal(`after ${round}`))
    }
    await origin.pass(20 * minute)
    assert.deepEqual([origin.disk.held, [...origin.disk.lost]], [[], []])
    assert.equal(endpoint.stored.size + total(endpoint.dropped), taken + 4)
  })

  it('is told until a receipt names it', async () => {
    const { origin, endpoint, outbox } = open('strict')
    const { receive } = endpoint
    endpoint.receive = (batch) => {
      const delivery = receive.call(endpoint, { ...batch, losses: [] })
      return delivery.ok ? { ok: true, value: { ...delivery.value, losses: [] } } : delivery
    }
    outbox.add(signal('s3'))
    await origin.pass(minute)
    endpoint.receive = receive
    assert.deepEqual(endpoint.dropped, {})
    outbox.add(signal('s4'))
    await origin.pass(minute)
    assert.deepEqual(endpoint.dropped, { 'rejected: no threes': 1 })
  })

  it('is no signal that the endpoint has kept, though its answer got lost', async () => {
    const { origin, endpoint, outbox } = open('lost')
    outbox.add(signal('a'))
    await origin.pass(minute)
    endpoint.weather = 'down'
    await origin.pass(8 * day)
    assert.deepEqual(origin.disk.held, [])
    endpoint.weather = 'fine'
    await origin.pass(10 * minute)
    assert.ok(endpoint.losses.has('a') && endpoint.stored.has('a'))
    assert.deepEqual(endpoint.dropped, {})
  })

  it('is what is no signal: it holds up none that is', async () => {
    const origin = new FakeOrigin()
    const loop: Record<string, unknown> = { id: 'loop', type: 'click' }
    loop['self'] = loop
    const damage = [undefined, null, 5, {}, { id: 7 }, { id: '' }, { id: 'x'.repeat(101) }, loop, { id: 'big', type: 5n }]
    origin.disk.held = damage.map((it, key) => ({ key, signal: it as unknown as Signal, at: NaN }))
    const outbox = createOutbox(origin.tab().world)
    outbox.add(signal('good'))
    await origin.pass(minute)
    assert.deepEqual([...origin.endpoint.stored.keys()], ['good'])
    assert.deepEqual(origin.disk.held, [])
    assert.deepEqual(origin.endpoint.dropped, { unreadable: damage.length })
  })

  it('goes along when what is in memory moves to the disk', async () => {
    const origin = new FakeOrigin()
    const { world } = origin.tab()
    const outbox = createOutbox({ ...world, storage: createMemoryStorage() })
    origin.endpoint.weather = 'strict'
    outbox.add(signal('s3'))
    await origin.pass(1900)
    const { receive } = origin.endpoint
    origin.endpoint.receive = (batch) => (batch.losses ? { ok: false } : receive.call(origin.endpoint, batch))
    await origin.pass(1000)
    outbox.moveTo(world.storage)
    await origin.pass(0)
    assert.deepEqual([...origin.disk.lost.keys()], ['s3'])
  })
})
