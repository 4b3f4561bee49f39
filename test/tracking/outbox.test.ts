import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cutBatch } from '../../src/tracking/cut-batch.ts'
import { createMemoryStorage } from '../../src/tracking/memory-storage.ts'
import { createOutbox } from '../../src/tracking/outbox.ts'
import { FakeOrigin, openTab as open, signal } from './fake-world.ts'

const disk = (origin: FakeOrigin) => origin.disk.held.map((it) => it.signal.id)
const minute = 60_000
const day = 86_400_000

describe('the outbox', () => {
  it('sends a click at once and gathers the rest', async () => {
    const { origin, endpoint, outbox } = open()
    await origin.pass(100)
    outbox.add(signal('a'))
    outbox.add(signal('b'))
    await origin.pass(1000)
    assert.equal(endpoint.stored.size, 0)
    outbox.add(signal('click', 'click'), true)
    await origin.pass(50)
    assert.deepEqual([...endpoint.stored.keys()], ['a', 'b', 'click'])
    assert.equal(endpoint.batches.length, 1)
    assert.deepEqual(origin.disk.held, [])
  })

  it('sends what an earlier page left behind', async () => {
    const { origin, endpoint, outbox, crash } = open('down')
    for (let i = 0; i < 120; i++) outbox.add(signal(`s${i}`))
    await origin.pass(minute)
    crash()
    endpoint.weather = 'fine'
    endpoint.batches.length = 0
    createOutbox(origin.tab().world)
    await origin.pass(minute)
    assert.equal(endpoint.stored.size, 120)
    assert.deepEqual(endpoint.batches.map((batch) => batch.signals.length), [50, 50, 20])
  })

  it('sends from one tab at a time', async () => {
    const { origin, endpoint, outbox } = open()
    const others = [1, 2, 3].map(() => createOutbox(origin.tab().world))
    for (let i = 0; i < 200; i++) [outbox, ...others][i % 4]!.add(signal(`s${i}`, 'click'), true)
    await origin.pass(minute)
    assert.equal(endpoint.stored.size, 200)
    assert.equal(origin.mostSending, 1)
    assert.ok(endpoint.batches.length < 8)
  })

  it('waits longer and longer, and as long as it is asked to', async () => {
    const { origin, endpoint, outbox } = open('down')
    outbox.add(signal('a'))
    await origin.pass(30 * minute)
    const tries = endpoint.batches.length
    assert.ok(tries > 15 && tries < 40, `${tries} tries in half an hour`)

    endpoint.weather = 'busy'
    await origin.pass(5 * minute)
    endpoint.receive = () => ({ ok: false, status: 503, after: 300_000 })
    await origin.pass(5 * minute)
    let asked = 0
    endpoint.receive = () => (asked++, { ok: false, status: 503, after: 300_000 })
    outbox.add(signal('b', 'click'), true)
    outbox.resume()
    await origin.pass(4 * minute)
    assert.ok(asked <= 1, `${asked} requests though asked to wait`)
  })

  it('tries at once when the page comes back', async () => {
    const { origin, endpoint, outbox } = open('down')
    outbox.add(signal('a'))
    await origin.pass(2100)
    endpoint.weather = 'fine'
    outbox.resume()
    await origin.pass(50)
    assert.ok(endpoint.stored.has('a'))
  })

  it('asks an endpoint that is gone at most once a minute, whatever the page does, and finds it again', async () => {
    const { origin, endpoint, outbox } = open('down')
    outbox.add(signal('a'))
    await origin.pass(5 * minute)
    for (let i = 0; i < 10; i++) {
      const before = endpoint.batches.length
      for (let second = 0; second < 60; second++) {
        outbox.add(signal(`${i}-${second}`, 'click'), true)
        outbox.resume()
        await origin.pass(1000)
      }
      assert.ok(endpoint.batches.length - before <= 1)
    }
    endpoint.weather = 'fine'
    await origin.pass(3 * minute)
    assert.equal(endpoint.stored.size, 601)
  })

  it('takes a success without a receipt for a failure, and does not hammer', async () => {
    const { origin, endpoint, outbox } = open('blank')
    outbox.add(signal('a'))
    await origin.pass(10 * minute)
    assert.equal(origin.disk.held.length, 1)
    assert.ok(endpoint.batches.length < 100)
  })

  it('halves a batch that is too large', async () => {
    const { origin, endpoint, outbox } = open('tight')
    for (let i = 0; i < 9; i++) outbox.add(signal(`s${i}`))
    await origin.pass(minute)
    assert.equal(endpoint.stored.size, 9)
    assert.deepEqual(endpoint.batches.map((batch) => batch.signals.length), [9, 5, 3, 6, 3, 3])
  })

  it('keeps everything for an endpoint that refuses everything, and asks it seldom', async () => {
    for (const weather of ['unknown', 'tightest'] as const) {
      const { origin, endpoint, outbox } = open(weather)
      for (let i = 0; i < 5; i++) outbox.add(signal(`s${i}`))
      await origin.pass(60 * minute)
      assert.equal(origin.disk.held.length, 5)
      assert.ok(endpoint.batches.length < 70, `${endpoint.batches.length} requests in an hour`)
      endpoint.weather = 'fine'
      await origin.pass(3 * minute)
      assert.equal(endpoint.stored.size, 5)
      assert.deepEqual(endpoint.dropped, {})
    }
  })

  it('writes again what was on a disk that somebody deleted', async () => {
    const { origin, endpoint, outbox } = open('down')
    for (let i = 0; i < 60; i++) outbox.add(signal(`s${i}`))
    await origin.pass(minute)
    origin.wipe()
    assert.deepEqual(disk(origin), [])
    outbox.add(signal('after'))
    await origin.pass(2 * minute)
    assert.equal(new Set(disk(origin)).size, 61)
    endpoint.weather = 'fine'
    await origin.pass(3 * minute)
    assert.equal(endpoint.stored.size, 61)
  })

  it('marks what the disk does not take, also when a beacon carries it', async () => {
    const { origin, endpoint, outbox } = open('down')
    origin.full = true
    outbox.add(signal('a', 'click'), true)
    await origin.pass(10 * minute)
    endpoint.batches.length = 0
    // The circuit is open: of what is on the disk a leaving page says nothing.
    origin.full = false
    outbox.add(signal('b'))
    await origin.pass(0)
    outbox.leave()
    assert.deepEqual(endpoint.batches.map((it) => it.signals), [[{ ...signal('a', 'click'), durable: false }]])
  })

  it('shares its pause with the other tabs; a page that opens may try once', async () => {
    const { origin, endpoint, outbox } = open('down')
    outbox.add(signal('a'))
    await origin.pass(5 * minute)
    const others = [1, 2, 3, 4].map(() => createOutbox(origin.tab().world))
    await origin.pass(10 * minute)
    endpoint.batches.length = 0
    for (let i = 0; i < 60; i++) {
      others[i % 4]!.add(signal(`s${i}`, 'click'), true)
      others[(i + 1) % 4]!.resume()
      await origin.pass(10_000)
    }
    assert.ok(endpoint.batches.length <= 10, `${endpoint.batches.length} requests in ten minutes`)
    endpoint.weather = 'fine'
    endpoint.batches.length = 0
    createOutbox(origin.tab().world)
    await origin.pass(50)
    assert.equal(endpoint.stored.size, 61)
  })

  it('does not try, not even from a new page, before the time that an endpoint has asked for', async () => {
    const { origin, endpoint, outbox } = open()
    endpoint.receive = () => ({ ok: false, status: 429, after: 200_000 })
    outbox.add(signal('a'))
    await origin.pass(5000)
    let asked = 0
    endpoint.receive = () => (asked++, { ok: false, status: 429 })
    createOutbox(origin.tab().world).add(signal('b', 'click'), true)
    await origin.pass(190_000)
    assert.equal(asked, 0)
    await origin.pass(30_000)
    assert.ok(asked > 0)
  })

  it('does not sleep for ever after the reader\'s clock was set back', async () => {
    const { origin, endpoint, outbox, crash } = open('down')
    outbox.add(signal('a'))
    await origin.pass(10 * minute)
    crash()
    origin.now -= 3000 * day
    const later = createOutbox(origin.tab().world)
    await origin.pass(10 * minute)
    origin.now -= day
    endpoint.weather = 'fine'
    later.add(signal('b'))
    await origin.pass(10 * minute)
    assert.deepEqual([...endpoint.stored.keys()], ['a', 'b'])
  })

  it('hands a leaving page\'s clicks to the browser first, in small beacons, and forgets nothing', async () => {
    const origin = new FakeOrigin()
    const bodies: string[] = []
    const outbox = createOutbox({ ...origin.tab().world, beacon: (batch) => bodies.push(JSON.stringify(batch)) > 0 })
    for (let i = 0; i < 400; i++) outbox.add({ ...signal(`s${i}`), page: 'x'.repeat(100) })
    outbox.add(signal('click', 'click'), true)
    outbox.leave()
    assert.ok(bodies.every((body) => body.length < 17_000) && bodies.length === 3)
    assert.equal(JSON.parse(bodies[0]!).signals[0].id, 'click')
    outbox.leave()
    assert.equal(bodies.filter((body) => body.includes('"click"')).length, 1)
    assert.equal(origin.disk.held.length, 401)
  })

  it('lets go of the lock when the page is put aside in the middle of sending', async () => {
    const { origin, world, outbox } = open()
    let answer = () => {}
    const slow = createOutbox({ ...world, send: () => new Promise((resolve) => (answer = () => resolve({ ok: false }))) })
    outbox.close()
    slow.add(signal('a', 'click'), true)
    await origin.pass(50)
    slow.freeze()
    await origin.pass(0)
    createOutbox(origin.tab().world)
    await origin.pass(50)
    assert.equal(origin.endpoint.stored.get('a'), 2, 'once by beacon, once by the other tab')
    answer()
  })

  it('sends without the lock while a link is being followed, and with it again when nothing came of that', async () => {
    const { origin, world, outbox } = open()
    outbox.close()
    let answer = () => {}
    const slow = createOutbox({ ...world, send: () => new Promise((resolve) => (answer = () => resolve({ ok: false }))) })
    const isFree = async () => {
      let free = false
      await origin.tab().world.locks.ifFree('kanmai', async () => void (free = true))
      return free
    }
    slow.add(signal('a', 'click'), true)
    await origin.pass(50)
    assert.equal(await isFree(), false)
    slow.go()
    await origin.pass(0)
    assert.equal(await isFree(), true, 'let go in the middle of sending')
    answer()
    await origin.pass(5000)
    assert.equal(await isFree(), true, 'the next attempt does not hold it either')
    await origin.pass(10_000)
    answer()
    await origin.pass(minute)
    assert.equal(await isFree(), false, 'the page is still there')
  })

  it('stops when it is dropped, and sends nothing more, not even what is being sent', async () => {
    const { origin, endpoint, outbox } = open('down')
    outbox.add(signal('a'))
    await origin.pass(minute)
    outbox.add(signal('b'))
    outbox.drop()
    endpoint.weather = 'fine'
    outbox.leave()
    outbox.resume()
    outbox.add(signal('c'))
    outbox.close()
    await origin.pass(10 * minute)
    assert.equal(endpoint.stored.size, 0)
  })

  it('takes along what is not delivered when it moves to the disk', async () => {
    const origin = new FakeOrigin()
    const { world } = origin.tab()
    origin.endpoint.weather = 'down'
    const outbox = createOutbox({ ...world, storage: createMemoryStorage() })
    outbox.add(signal('a'))
    await origin.pass(minute)
    assert.deepEqual(origin.disk.held, [])
    outbox.moveTo(world.storage)
    assert.deepEqual(disk(origin), ['a'])
    origin.endpoint.weather = 'fine'
    await origin.pass(2 * minute)
    assert.ok(origin.endpoint.stored.has('a'))
  })

  it('cuts a batch by bytes, but never to nothing', () => {
    const held = Array.from({ length: 10 }, (_, key) => ({ key, at: 0, signal: { ...signal(`s${key}`), detail: '看'.repeat(900) } }))
    assert.equal(cutBatch(held, 10_000).length, 3)
    assert.equal(cutBatch(held, 1).length, 1)
    assert.equal(cutBatch([], 1).length, 0)
  })
})
