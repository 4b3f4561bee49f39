import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Signal } from '../../src/contract/signal.ts'
import { cutBatch } from '../../src/tracking/cut-batch.ts'
import { createMemoryStorage } from '../../src/tracking/memory-storage.ts'
import { createOutbox, mostHeld, type Outbox } from '../../src/tracking/outbox.ts'
import { FakeOrigin, type Weather } from './fake-world.ts'

const signal = (id: string, type: Signal['type'] = 'impression'): Signal => ({ id, type, occurredAt: '2026-11-23T14:00:00Z' })
const total = (drops: Record<string, number>) => Object.values(drops).reduce((sum, count) => sum + count, 0)
const disk = (origin: FakeOrigin) => origin.disk.map((it) => it.signal.id)
const minute = 60_000
const day = 86_400_000

/** An origin with one open tab. */
function open(weather: Weather = 'fine') {
  const origin = new FakeOrigin()
  origin.endpoint.weather = weather
  const { world, crash } = origin.tab()
  return { origin, endpoint: origin.endpoint, world, crash, outbox: createOutbox(world) }
}

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
    assert.deepEqual(origin.disk, [])
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
    assert.equal(origin.disk.length, 1)
    assert.ok(endpoint.batches.length < 100)
  })

  it('halves a batch that is too large and gives up on a signal that is too large alone', async () => {
    const { origin, endpoint, outbox } = open('tight')
    for (let i = 0; i < 9; i++) outbox.add(signal(`s${i}`))
    await origin.pass(minute)
    assert.equal(endpoint.stored.size, 9)
    endpoint.weather = 'tightest'
    outbox.add(signal('giant'))
    await origin.pass(minute)
    endpoint.weather = 'fine'
    outbox.add(signal('next'))
    await origin.pass(minute)
    assert.deepEqual(endpoint.dropped, { 'too large': 1 })
    assert.ok(endpoint.stored.has('next'))
  })

  it('forgets a refused signal, says why, and reports it with the next batch', async () => {
    const origin = new FakeOrigin()
    const warnings: string[] = []
    const outbox = createOutbox({ ...origin.tab().world, warn: (issue) => warnings.push(issue) })
    origin.endpoint.weather = 'strict'
    outbox.add(signal('s3'))
    await origin.pass(minute)
    outbox.add(signal('s4'))
    await origin.pass(minute)
    assert.deepEqual(warnings, ['the endpoint refused a signal: no threes'])
    assert.deepEqual(origin.endpoint.dropped, { 'rejected: no threes': 1 })
    assert.deepEqual(origin.drops, {})
  })

  it('gives up on what is older than seven days and on the oldest of too many, and reports both', async () => {
    const { origin, endpoint, outbox } = open('down')
    outbox.add(signal('old'))
    await origin.pass(8 * day)
    for (let i = 0; i < mostHeld + 10; i++) outbox.add(signal(`s${i}`))
    await origin.pass(minute)
    endpoint.weather = 'fine'
    outbox.resume()
    await origin.pass(10 * minute)
    outbox.add(signal('last'))
    await origin.pass(minute)
    assert.equal(endpoint.stored.size + total(endpoint.dropped), 1 + mostHeld + 10 + 1)
    assert.ok(endpoint.stored.has(`s${mostHeld + 9}`) && !endpoint.stored.has('old'))
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
    assert.equal(origin.disk.length, 401)
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
    assert.deepEqual(origin.disk, [])
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

// What is promised, in so many words: whatever was taken is, once the weather is fine again, stored or counted as dropped.
class Model {
  taken = 0
  tabs = 1
}
interface Real {
  origin: FakeOrigin
  tabs: { outbox: Outbox; crash: () => void }[]
}
type Step = fc.AsyncCommand<Model, Real, false>

const openTab = (origin: FakeOrigin) => {
  const { world, crash } = origin.tab()
  return { outbox: createOutbox(world), crash }
}
const step = (name: string, run: (model: Model, real: Real) => Promise<void> | void, check = (_: Readonly<Model>) => true): Step => ({
  check,
  run: async (model, real) => void (await run(model, real)),
  toString: () => name,
})
const withTab = (model: Readonly<Model>) => model.tabs > 0
const pick = <T>(list: T[], at: number): T => list[at % list.length]!

const track = (at: number, count: number) =>
  step(`track ${count} in tab ${at}`, (model, { tabs }) => {
    for (let i = 0; i < count; i++) pick(tabs, at).outbox.add(signal(`s${model.taken++}`, i % 3 ? 'impression' : 'click'), i % 3 === 0)
  }, withTab)
const tick = (milliseconds: number) => step(`wait ${milliseconds}`, (_, { origin }) => origin.pass(milliseconds))
const weather = (name: Weather) => step(name, (_, { origin }) => void (origin.endpoint.weather = name))
const openAnother = step('open a tab', (model, real) => {
  real.tabs.push(openTab(real.origin))
  model.tabs++
}, ({ tabs }) => tabs < 4)
const crash = (at: number) =>
  step(`crash tab ${at}`, (model, real) => {
    real.tabs.splice(at % real.tabs.length, 1)[0]!.crash()
    model.tabs--
  }, withTab)
const close = (at: number) =>
  step(`close tab ${at}`, (model, real) => {
    const tab = real.tabs.splice(at % real.tabs.length, 1)[0]!
    tab.outbox.freeze()
    tab.crash()
    model.tabs--
  }, withTab)
const leaveAndReturn = (at: number) =>
  step(`leave and return to tab ${at}`, async (_, { origin, tabs }) => {
    pick(tabs, at).outbox.freeze()
    await origin.pass(100)
    pick(tabs, at).outbox.resume()
  }, withTab)

const weathers: Weather[] = ['fine', 'down', 'busy', 'limited', 'lost', 'partial', 'blank', 'strict', 'tight', 'tightest']
const someSignals = fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 60 })).map(([at, count]) => track(at, count))
const someTime = fc.constantFrom(0, 10, 30, 1500, 5000, 70_000).map(tick)
const steps = fc.commands(
  [
    // Thrice, so that there is something to lose.
    someSignals,
    someSignals,
    someSignals,
    someTime,
    someTime,
    fc.constantFrom(...weathers).map(weather),
    fc.constant(openAnother),
    fc.nat(3).map(crash),
    fc.nat(3).map(close),
    fc.nat(3).map(leaveAndReturn),
  ],
  { maxCommands: 40, size: 'max' },
)

describe('whatever happens', () => {
  it('everything taken is stored exactly once or counted as dropped', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (commands) => {
        const origin = new FakeOrigin()
        const real: Real = { origin, tabs: [openTab(origin)] }
        const model = new Model()
        await fc.asyncModelRun(() => ({ model, real }), commands)

        origin.endpoint.weather = 'fine'
        const last = openTab(origin)
        await origin.pass(20 * minute)
        // Drops are told with the next batch.
        last.outbox.add(signal('last'))
        await origin.pass(5 * minute)
        const { stored, dropped } = origin.endpoint
        // What was stored by an answer that got lost may be given up afterwards: counted twice, lost never.
        const kept = stored.size - 1
        assert.ok(kept <= model.taken && total(dropped) <= model.taken && kept + total(dropped) >= model.taken, `${kept} of ${model.taken}`)
        assert.deepEqual(origin.disk, [])
      }),
      { numRuns: 200 },
    )
  })
})
