import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { createPace } from '../../src/endpoint/pace.ts'
import { createRepeats } from '../../src/endpoint/repeats.ts'
import { migrate } from '../../src/endpoint/store/migrate.ts'
import { migrations } from '../../src/endpoint/store/migrations.ts'
import { openPGlite } from '../../src/endpoint/store/pglite.ts'
import type { SignalRow } from '../../src/endpoint/store/signals.ts'
import { createTraffic } from '../../src/endpoint/traffic.ts'
import type { Report } from '../../src/contract/report.ts'
import { json, noon, openWorld } from './test-world.ts'

const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 40 })

describe('the pace of a key', () => {
  it('passes the first so many ids of a span and no more, in whatever order and however often they come', () => {
    fc.assert(
      fc.property(ids, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 3 }), (ids, most, times) => {
        const isTooMany = createPace(1000)
        const said = Array.from({ length: times }, () => ids.map((id) => isTooMany('key', 5_500, id, most)))
        for (const round of said) assert.deepEqual(round, ids.map((_, n) => n >= most))
      }),
    )
  })

  it('counts by when things happened, not by when they came: what a browser brings late is no rush', () => {
    fc.assert(
      fc.property(ids, (ids) => {
        const isTooMany = createPace(1000)
        ids.forEach((id, n) => assert.equal(isTooMany('key', n * 1000, id, 1), false))
      }),
    )
  })

  it('counts keys apart', () => {
    fc.assert(fc.property(ids, (ids) => {
      const isTooMany = createPace(1000)
      ids.forEach((id) => assert.equal(isTooMany(id, 0, 'one', 1), false))
    }))
  })

  it('holds no more than it was told to, and forgets what was asked for longest ago', () => {
    const isTooMany = createPace(1000, 100)
    isTooMany('first', 0, 'a', 1)
    assert.equal(isTooMany('first', 0, 'b', 1), true)
    for (let n = 0; n < 100; n++) isTooMany(`key ${n}`, 0, 'a', 1)
    assert.equal(isTooMany('first', 0, 'b', 1), false)
    assert.equal(isTooMany('key 99', 0, 'b', 1), true)
  })
})

describe('repeats', () => {
  it('leave exactly one of things in a row, the first that came, however often each comes', () => {
    fc.assert(
      fc.property(ids, fc.array(fc.integer({ min: 0, max: 1_999 }), { minLength: 40, maxLength: 40 }), (ids, gaps) => {
        const isRepeat = createRepeats(2_000)
        let at = noon
        const row = ids.map((id, n) => ({ id, at: (at += gaps[n]!) }))
        for (let round = 0; round < 2; round++) {
          assert.deepEqual(row.map(({ id, at }) => isRepeat('key', at, id)), row.map((_, n) => n > 0))
        }
      }),
    )
  })

  it('are none when they are far enough apart, or of another key', () => {
    fc.assert(
      fc.property(ids, fc.array(fc.integer({ min: 2_000, max: 1e7 }), { minLength: 40, maxLength: 40 }), (ids, gaps) => {
        const isRepeat = createRepeats(2_000)
        let at = noon
        ids.forEach((id, n) => assert.equal(isRepeat('key', (at += gaps[n]!), id), false))
        ids.forEach((id) => assert.equal(isRepeat(`another ${id}`, at, id), false))
      }),
    )
  })
})

describe('the rules of traffic', () => {
  const limits = { windowSeconds: 10, visitClicks: 3, visitImpressions: 5, networkClicks: 6, networkImpressions: 9 }
  const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  const judge = () => createTraffic({ limits, random: () => 7, clientOf: (request) => request.headers.get('x-network') ?? '', isFromDatacentre: (request) => request.headers.has('x-datacentre') })
  const request = (headers: Record<string, string> = {}) => new Request('https://kanmai.example/', { headers: { 'user-agent': browser, ...headers } })
  const row = (more: Partial<SignalRow> = {}): SignalRow => ({
    publisher: 'demo', id: String(Math.random()), type: 'click', occurred_at: noon, raw_occurred_at: '', received_at: noon, source: 'browser', ...more,
  })

  for (const [what, flags, signal, headers] of [
    ['a plain click', undefined, {}, {}],
    ['a click without a press', ['untrusted'], { more: { trusted: false } }, {}],
    ['a click 299 ms after its target came', ['hasty'], { more: { afterShown: 299 } }, {}],
    ['a click 300 ms after', undefined, { more: { afterShown: 300 } }, {}],
    ['a browser that is driven', ['bot'], { more: { automated: true } }, {}],
    ['a program that says so', ['bot'], {}, { 'user-agent': 'curl/8.5.0' }],
    ['a headless browser beside a false name', ['bot'], {}, { 'sec-ch-ua': '"HeadlessChrome";v="140"' }],
    ['a redirect that was fetched', ['untrusted'], { source: 'redirect' }, { 'sec-fetch-mode': 'no-cors' }],
    ['a redirect that was followed', undefined, { source: 'redirect' }, { 'sec-fetch-mode': 'navigate' }],
    ['a batch, which is always fetched', undefined, {}, { 'sec-fetch-mode': 'cors' }],
    ['a browser in a data centre', ['bot'], {}, { 'x-datacentre': 'yes' }],
    ['an impression of a program', ['bot'], { type: 'impression' }, { 'user-agent': 'Googlebot/2.1' }],
  ] as [string, string[] | undefined, Partial<SignalRow>, Record<string, string>][]) {
    it(`find ${flags?.join() ?? 'nothing'} in ${what}`, () => assert.deepEqual(judge()(row(signal), request(headers)), flags))
  }

  const flagged = (traffic: ReturnType<typeof judge>, rows: SignalRow[], headers = {}) => rows.map((it) => traffic(it, request(headers))?.join() ?? '')
  const clicksOn = (session: string | undefined, times: number) => Array.from({ length: times }, (_, n) => row({ session, item: `item ${n}` }))

  it('flag what a visit does beyond what people can, and nothing of another visit', () => {
    const traffic = judge()
    assert.deepEqual(flagged(traffic, clicksOn('a', 5)), ['', '', '', 'rate', 'rate'])
    assert.deepEqual(flagged(traffic, clicksOn('b', 1)), [''])
    assert.deepEqual(flagged(traffic, Array.from({ length: 7 }, () => row({ type: 'impression', session: 'a' }))), ['', '', '', '', '', 'rate', 'rate'])
  })

  it('flag what a network and its user agent do beyond that, without a visit', () => {
    const traffic = judge()
    assert.deepEqual(flagged(traffic, clicksOn(undefined, 8), { 'x-network': '192.0.2' }).slice(5), ['', 'rate', 'rate'])
    assert.deepEqual(flagged(traffic, clicksOn(undefined, 1), { 'x-network': '192.0.2', 'user-agent': `${browser} other` }), [''])
    assert.deepEqual(flagged(traffic, clicksOn(undefined, 1), { 'x-network': '198.51.100' }), [''])
    assert.deepEqual(flagged(judge(), clicksOn(undefined, 8)), Array(8).fill(''))
  })

  it('count a click that redirector and browser bring once', () => {
    const traffic = judge()
    const rows = clicksOn('a', 3)
    const from = { 'x-network': '192.0.2' }
    const both = rows.flatMap((it) => [{ ...it, session: undefined, source: 'redirect' as const }, it])
    assert.deepEqual(flagged(traffic, [...both, ...both], from), Array(12).fill(''))
  })

  it('flag the second click of two on the same product in the same place', () => {
    const traffic = judge()
    const same = { session: 'a', item: 'lamp', placement: 'end', media: 'film' }
    assert.deepEqual(
      flagged(traffic, [row(same), row({ ...same, occurred_at: noon + 500 }), row({ ...same, item: 'cup' }), row({ ...same, session: undefined })]),
      ['', 'repeat', '', ''],
    )
    assert.deepEqual(flagged(traffic, [row({ ...same, occurred_at: noon + 11_000 })]), [''])
  })

  it('never refuse anything, whatever a signal says of itself', () => {
    const traffic = judge()
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), fc.string(), (trusted, afterShown, automated, agent) => {
        const flags = traffic(row({ more: { trusted, afterShown, automated } }), request({ 'user-agent': encodeURIComponent(agent) }))
        assert.ok(flags === undefined || flags.length > 0)
      }),
    )
  })
})

describe('flags', () => {
  it('tell what comes from a data centre, whatever it calls itself, as a program’s', async () => {
    const world = await openWorld({ clientAddress: (request) => request.headers.get('x-test-address') ?? undefined, isDatacentre: (address) => address.startsWith('192.0.2.') })
    const click = (id: string, address?: string) =>
      world.ask('/signals', {
        method: 'POST',
        headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', ...(address && { 'x-test-address': address }) },
        body: JSON.stringify({ signals: [{ id, type: 'click', occurredAt: '2026-11-23T11:59:59.000Z', item: 'arc-lamp' }] }),
      })
    await click('c1', '192.0.2.9')
    await click('c2', '198.51.100.9')
    await click('c3')
    const { totals } = await json<Report>(world.command('GET', '/report'))
    assert.deepEqual([totals.clicks, totals.netClicks, totals.flags], [3, 2, { bot: 1 }])
    await world.close()
  })

  it('are kept beside the signal, told in the audit and left out of the net figures', async () => {
    const world = await openWorld()
    const at = '2026-11-23T11:59:59.000Z'
    const signals = [
      { id: 'c1', type: 'click', occurredAt: at, item: 'arc-lamp' },
      { id: 'c2', type: 'click', occurredAt: at, item: 'arc-lamp', trusted: false, afterShown: 20 },
      { id: 'i1', type: 'impression', occurredAt: at, item: 'arc-lamp', automated: true },
      { id: 'i2', type: 'impression', occurredAt: at, item: 'arc-lamp' },
    ]
    await world.ask('/signals', { method: 'POST', body: JSON.stringify({ signals }) })
    const kept = async (query: string) => (await json<{ signals: Record<string, unknown>[] }>(world.command('GET', `/signals${query}`))).signals
    assert.deepEqual((await kept('?flag=hasty')).map(({ id, flags, trusted, afterShown }) => ({ id, flags, trusted, afterShown })), [
      { id: 'c2', flags: ['untrusted', 'hasty'], trusted: false, afterShown: 20 },
    ])
    assert.equal((await kept('')).length, 4)
    const { totals, rows } = await json<Report>(world.command('GET', '/report'))
    const wanted = { impressions: 2, clicks: 2, ctr: 1, netImpressions: 1, netClicks: 1, netCtr: 1, flags: { bot: 1, untrusted: 1, hasty: 1 } }
    assert.deepEqual(totals, wanted)
    assert.deepEqual(rows, [{ item: 'arc-lamp', ...wanted, refs: ['c2', 'c1'] }])
    // Nothing of who it was is kept.
    const columns = await world.sql.query<{ column_name: string }>(`select column_name from information_schema.columns where table_name = 'signal'`)
    assert.ok(!columns.some(({ column_name }) => /address|ip|agent|network/.test(column_name.replace('foreign_origin', ''))), JSON.stringify(columns))
    await world.close()
  })

  it('come to a store that was made before them, whose signals have none', async () => {
    const sql = await openPGlite()
    const before = migrations.findIndex((it) => it.statements.some((statement) => /add column flags/.test(statement)))
    assert.ok(before > 0)
    await migrate(sql, migrations.slice(0, before))
    await sql.query(`insert into signal (publisher, id, type, occurred_at, raw_occurred_at, received_at, source) values ('demo', 'old', 'click', 1, '', 1, 'browser')`)
    await migrate(sql, migrations)
    assert.deepEqual(await sql.query('select id, flags, confirmed from signal'), [{ id: 'old', flags: null, confirmed: null }])
    await sql.close()
  })
})
