import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { after, afterEach, before, describe, it } from 'node:test'
import { parse } from '../../src/contract/parse.ts'
import { Receipt } from '../../src/contract/signal.ts'
import { Report } from '../../src/contract/report.ts'
import { json, noon, openWorld, token, type TestWorld } from './test-world.ts'

let world: TestWorld
before(async () => (world = await openWorld()))
after(() => world.close())
afterEach(async () => {
  await world.sql.query('delete from signal')
  await world.sql.query('delete from lost')
})

const at = '2026-11-23T11:59:59.000Z'
const impression = (id: string, more: object = {}) => ({ id, type: 'impression', occurredAt: at, ...more })
const click = (id: string, more: object = {}) => ({ id, type: 'click', occurredAt: at, ...more })

const post = (body: unknown, headers: Record<string, string> = {}) =>
  world.ask('/signals', { method: 'POST', headers: { 'content-type': 'text/plain', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) })
const send = async (signals: unknown[], more: object = {}) => json<Receipt>(post({ signals, ...more }))
const stored = <R extends object = Record<string, unknown>>() => world.sql.query<R>('select * from signal order by id')
const auditList = async (query = '') => (await json<{ signals: Record<string, unknown>[]; next?: string }>(world.command('GET', `/signals${query}`)))

describe('POST signals', () => {
  it('names what it has kept, what it had and what it refuses', async () => {
    await send([impression('b')])
    const receipt = await send([impression('a'), impression('b'), { id: 'c', type: 'nonsense', occurredAt: at }, impression('a')], { sentAt: at })
    assert.deepEqual(parse(Receipt, receipt), { value: receipt, issues: [] })
    assert.deepEqual(receipt.accepted, ['a'])
    assert.deepEqual(receipt.duplicate, ['b', 'a'])
    assert.equal(receipt.rejected.length, 1)
    assert.equal(receipt.rejected[0]!.id, 'c')
    assert.match(receipt.rejected[0]!.reason, /^type: expected one of impression, .*received "nonsense"$/)
    assert.equal(receipt.now, '2026-11-23T12:00:00.000Z')
    assert.equal((await stored()).length, 2)
  })

  for (const [what, bad] of Object.entries({
    'no object': 5,
    null: null,
    'a list': [],
    'no id': { type: 'click', occurredAt: at },
    'an id that is too long': click('x'.repeat(101)),
    'an id with NUL': click('a\0'),
    'half a character in the id': click('a\ud800'),
    'a bad moment': { id: 'm', type: 'click', occurredAt: 'yesterday' },
    'a bad ref': click('r', { ref: 'no-dash' }),
    'a negative second': click('s', { second: -1 }),
    'a second as text': click('s', { second: '12' }),
    'fifty thousand fields': Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`k${n}`, 1])),
    'an infinite second': '{"id":"i","type":"click","occurredAt":"2026-11-23T11:59:59.000Z","second":1e999}',
  })) {
    it(`refuses ${what}, with a reason, and keeps the rest of the batch`, async () => {
      const text = typeof bad === 'string' ? bad : JSON.stringify(bad)
      const response = await post(`{"signals":[${JSON.stringify(impression('before'))},${text},${JSON.stringify(impression('after'))}]}`)
      assert.equal(response.status, 200)
      const receipt = await json<Receipt>(response)
      assert.deepEqual(receipt.accepted, ['before', 'after'])
      assert.equal(receipt.rejected.length, 1)
      assert.match(receipt.rejected[0]!.reason, /expected/)
    })
  }

  it('keeps no visit of a browser that opts out in its header', async () => {
    await post({ signals: [impression('a', { session: 's', seq: 1 })] }, { 'sec-gpc': '1' })
    await post({ signals: [impression('b', { session: 's', seq: 2 })] }, { 'sec-gpc': '0' })
    assert.deepEqual((await stored()).map((it) => [it['id'], it['session'], it['seq']]), [['a', null, null], ['b', 's', 2]])
  })

  it('keeps words that PostgreSQL would refuse, mended', async () => {
    const receipt = await send([impression('a', { item: 'x\0y', page: 'https://a.example/\ud800', detail: '\udfff' })])
    assert.deepEqual(receipt.accepted, ['a'])
    assert.equal((await stored())[0]!['item'], 'xy')
  })

  it('takes every optional field there is and gives it back in the audit list', async () => {
    const full = { item: 'i', placement: 'p', media: 'm', second: 12.5, ref: 'abc', offer: 'o', cue: 'c', list: 'l', position: 3, session: 's', seq: 9, page: 'https://a.example/', durable: false, detail: 'd' }
    await send([click('abc', full)])
    const { signals } = await auditList()
    assert.deepEqual(signals[0], { id: 'abc', type: 'click', occurredAt: at, correctedAt: at, receivedAt: '2026-11-23T12:00:00.000Z', ...full, source: 'browser' })
  })

  it('lets nothing onto the prototype', async () => {
    const response = await post(`{"signals":[{"id":"p","type":"click","occurredAt":"${at}","__proto__":{"item":"x"},"constructor":{"prototype":{"item":"y"}}}],"__proto__":{"signals":[]},"losses":[{"__proto__":{"id":"x"}}]}`)
    assert.equal(response.status, 200)
    assert.equal((await stored())[0]!['item'], null)
    assert.equal(({} as Record<string, unknown>)['item'], undefined)
  })

  it('refuses what is no batch, and says what one is', async () => {
    for (const body of ['', 'nonsense', '5', 'null', '[]', '{}', '{"signals":5}', '{"signals":[}']) {
      const response = await post(body)
      assert.equal(response.status, 400, body)
      assert.equal(response.headers.get('content-type'), 'application/problem+json')
    }
  })

  it('answers 413 for more than 500 signals and keeps none of them', async () => {
    const response = await post({ signals: Array.from({ length: 501 }, (_, n) => impression(`n${n}`)) })
    assert.equal(response.status, 413)
    assert.match(String((await json(response))['detail']), /halves/)
    assert.equal((await stored()).length, 0)
    assert.equal((await send(Array.from({ length: 500 }, (_, n) => impression(`n${n}`)))).accepted.length, 500)
  })

  it('answers 404 for an unknown publisher', async () => {
    assert.equal((await world.ask('/v1/nobody/signals', { method: 'POST', body: '{"signals":[]}' })).status, 404)
  })

  it('corrects a clock that is off by more than five seconds and keeps the raw moment', async () => {
    await send([impression('slow')], { sentAt: '2026-11-22T12:00:00.000Z' })
    await send([impression('fine')], { sentAt: '2026-11-23T11:59:56.000Z' })
    const { signals } = await auditList()
    const byId = new Map(signals.map((it) => [it['id'], it]))
    assert.equal(byId.get('slow')!['occurredAt'], at)
    assert.equal(byId.get('slow')!['correctedAt'], '2026-11-24T11:59:59.000Z')
    assert.equal(byId.get('fine')!['correctedAt'], at)
  })

  it('takes any year a browser may believe in', async () => {
    const receipt = await send([{ ...impression('old'), occurredAt: '0000-01-01T00:00:00Z' }, { ...impression('new'), occurredAt: '9999-12-31T23:59:59Z' }], { sentAt: '0000-01-01T00:00:00Z' })
    assert.deepEqual(receipt.accepted, ['old', 'new'])
    assert.equal((await auditList()).signals.length, 2)
  })

  it('notes what browsers gave up, once however often they tell, and names what it has noted', async () => {
    const losses = [{ id: 'x', reason: 'expired', session: 's', seq: 4 }, { id: 'many', reason: 'overflow', count: 3 }]
    const tell = async (told: unknown[]) => (await json<Receipt>(post({ signals: [impression('d')], losses: told }))).losses
    assert.deepEqual(await tell(losses), ['x', 'many'])
    assert.deepEqual(await tell(losses), ['x', 'many'])
    // A number that has grown meanwhile; an answer from before that comes late.
    assert.deepEqual(await tell([{ id: 'many', reason: 'overflow', count: 5 }, { id: 'many', reason: 'overflow', count: 4 }]), ['many'])
    await tell([{ id: 'many', reason: 'overflow', count: 5 }])
    await tell([{ id: 'many', reason: 'overflow', count: 3 }])
    const bad = [5, null, {}, { id: 'n' }, { id: 'a\0', reason: 'r' }, { id: 'c', reason: 'r', count: 1e12 }, { id: 'l', reason: 'r'.repeat(101) }]
    assert.deepEqual(await tell(bad), [])
    assert.deepEqual(await tell([{ id: 'half', reason: 'a\0b', session: 7, seq: -1 }]), ['half'])
    assert.deepEqual(await tell(Array.from({ length: 50_000 }, (_, n) => n)), [])
    assert.deepEqual(await world.sql.query('select id, reason, count, session, seq from lost order by id'), [
      { id: 'half', reason: 'ab', count: 1, session: null, seq: null },
      { id: 'many', reason: 'overflow', count: 5, session: null, seq: null },
      { id: 'x', reason: 'expired', count: 1, session: 's', seq: 4 },
    ])
  })

  it('takes a sandboxed frame’s null origin, and labels what is not from the publisher’s pages', async () => {
    await world.command('PUT', '/config', { private: { origins: ['https://news.example'] } })
    for (const [id, origin] of [['a', 'https://news.example'], ['b', 'null'], ['c', 'https://thief.example']]) {
      assert.equal((await post({ signals: [impression(id!)] }, { origin: origin! })).status, 200)
    }
    const labels = (await auditList()).signals.map(({ id, origin, foreignOrigin }) => [id, origin, foreignOrigin])
    assert.deepEqual(labels.sort(), [['a', 'https://news.example', false], ['b', 'null', true], ['c', 'https://thief.example', true]])
    await world.command('PUT', '/config', { private: {} })
  })
})

describe('bodies', () => {
  it('stops reading a stream that never ends', async () => {
    let pulls = 0
    let cancelled = false
    const body = new ReadableStream({
      pull(controller) {
        pulls++
        controller.enqueue(new Uint8Array(65_536).fill(0x20))
      },
      cancel: () => void (cancelled = true),
    })
    assert.equal((await world.ask('/signals', { method: 'POST', body })).status, 413)
    assert.ok(cancelled)
    assert.ok(pulls < 30, `${pulls} pulls`)
  })

  it('does not wait for ever for a body that stands still', async () => {
    const handler = world.another({ limits: { bodyMs: 20 } })
    const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"sig')) })
    const response = await handler(new Request('https://kanmai.example/v1/demo/signals', { method: 'POST', body, duplex: 'half' } as RequestInit))
    assert.equal(response.status, 408)
  })

  it('refuses a large body by its announced length', async () => {
    assert.equal((await world.ask('/signals', { method: 'POST', headers: { 'content-length': '1000001' }, body: '{}' })).status, 413)
  })

  it('refuses deep nesting, not brackets in text', async () => {
    const deep = (n: number) => `{"signals":[],"x":${'['.repeat(n)}${']'.repeat(n)}}`
    assert.equal((await post(deep(63))).status, 200)
    assert.equal((await post(deep(64))).status, 400)
    assert.equal((await post(`{"signals":${'['.repeat(400_000)}`)).status, 400)
    assert.deepEqual((await send([impression('text', { detail: `"\\${'['.repeat(500)}` })])).accepted, ['text'])
  })

  it('says of a body that broke off that it did, and takes it for no mistake of its own', async () => {
    const before = world.log.length
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('aborted')) })
    assert.equal((await world.ask('/signals', { method: 'POST', body })).status, 400)
    assert.equal(world.log.length, before)
  })

  it('refuses a compressed body by name', async () => {
    assert.equal((await post('x', { 'content-encoding': 'gzip' })).status, 415)
  })
})

const corpus = new URL('../../../shared/data/malicious/', import.meta.url)
describe('hostile JSON', { skip: !existsSync(corpus) && 'shared/data is not there' }, () => {
  it('reads every file that is JSON and refuses every file that is not', async () => {
    const directory = new URL('jsontestsuite/parsing/', corpus)
    for (const file of readdirSync(directory)) {
      const bytes = readFileSync(new URL(encodeURIComponent(file), directory))
      const body = Buffer.concat([Buffer.from('{"signals":[],"x":'), bytes, Buffer.from('}')])
      const { status } = await world.ask('/signals', { method: 'POST', body })
      assert.ok(status === 200 || status === 400, `${file}: ${status}`)
      if (file.startsWith('y_')) assert.equal(status, 200, file)
      // These are not JSON by themselves, but are as a part of something.
      const fine = /^n_(structure_(no_data|open_array|.*BOM|angle)|.*_invalid[-_]utf|.*continuation)/.test(file)
      if (file.startsWith('n_') && !fine) assert.equal(status, 400, file)
    }
  })

  it('answers every naughty string, wherever it stands', async () => {
    const strings = JSON.parse(readFileSync(new URL('blns/blns.json', corpus), 'utf8')) as string[]
    const before = (await stored()).length
    const signals = strings.flatMap((text, n) => [
      impression(`blns-${n}`, { item: text.slice(0, 200) || 'x', page: text || 'x', session: text.slice(0, 100) || 'x' }),
      { id: text, type: 'open', occurredAt: at },
      { id: `t${n}`, type: text, occurredAt: text },
    ])
    for (let from = 0; from < signals.length; from += 400) {
      const receipt = await send(signals.slice(from, from + 400))
      const answered = receipt.accepted.length + receipt.duplicate.length + receipt.rejected.length
      assert.equal(answered, Math.min(400, signals.length - from))
    }
    assert.ok((await stored()).length > before + strings.length)
  })
})

describe('a store in trouble', () => {
  it('answers 503 with Retry-After, keeps nothing and says so in one line of the log', async () => {
    const broken = world.another({ sql: { ...world.sql, query: () => Promise.reject(new Error('connection lost')) } })
    const response = await broken(new Request('https://kanmai.example/v1/demo/items?ids=a'))
    assert.equal(response.status, 503)
    assert.ok(Number(response.headers.get('retry-after')) >= 1)
    assert.ok(world.log.some((line) => /connection lost/.test(line)))
  })

  it('never accepts what was not committed', async () => {
    let fail = true
    const flaky = world.another({ sql: { ...world.sql, query: (text, params) => (fail && text.includes('insert into signal') ? Promise.reject(new Error('disk full')) : world.sql.query(text, params)) } })
    const ask = () => flaky(new Request('https://kanmai.example/v1/demo/signals', { method: 'POST', body: JSON.stringify({ signals: [impression('once')] }) }))
    const answers = await Promise.all([ask(), ask(), ask()])
    assert.deepEqual(answers.map((it) => it.status), [503, 503, 503])
    fail = false
    assert.deepEqual((await json<Receipt>(ask())).accepted, ['once'])
  })

  it('does not let one refused batch cost the ones it was written with', async () => {
    const refused = Object.assign(new Error('invalid input'), { code: '22P05' })
    let release = () => {}
    const gate = new Promise<void>((resolve) => (release = resolve))
    const picky = world.another({
      sql: {
        ...world.sql,
        async query(text, params) {
          if (!text.includes('insert into signal')) return world.sql.query(text, params)
          await gate
          if (String(params?.[0]).includes('poison')) throw refused
          return world.sql.query(text, params)
        },
      },
    })
    const ask = (id: string) => picky(new Request('https://kanmai.example/v1/demo/signals', { method: 'POST', body: JSON.stringify({ signals: [impression(id)] }) }))
    const answers = ['first', 'good', 'poison', 'fine'].map(ask)
    release()
    assert.deepEqual((await Promise.all(answers)).map((it) => it.status), [200, 200, 503, 200])
  })

  it('answers 503 at once when too many questions wait, and takes signals all the same', async () => {
    let release = () => {}
    const gate = new Promise<void>((resolve) => (release = resolve))
    const slow = world.another({
      sql: {
        ...world.sql,
        async query(text, params) {
          if (text.includes('catalogue')) await gate
          return world.sql.query(text, params)
        },
      },
      limits: { waitingQueries: 2 },
    })
    const ask = (path: string, init?: RequestInit) => slow(new Request(`https://kanmai.example/v1/demo${path}`, init))
    assert.equal((await ask('/config')).status, 200)
    const waiting = ['a', 'b'].map((id) => ask(`/items?ids=${id}`))
    await new Promise((resolve) => setImmediate(resolve))
    const refused = await ask('/items?ids=c')
    assert.equal(refused.status, 503)
    assert.equal(refused.headers.get('retry-after'), '2')
    assert.equal((await ask('/signals', { method: 'POST', body: JSON.stringify({ signals: [impression('taken')] }) })).status, 200)
    release()
    assert.deepEqual((await Promise.all(waiting)).map((it) => it.status), [200, 200])
  })

  it('answers 503 at once when too many signals wait', async () => {
    let release = () => {}
    const gate = new Promise<void>((resolve) => (release = resolve))
    const slow = world.another({
      limits: { waitingSignals: 3 },
      sql: { ...world.sql, query: async (text, params) => (text.includes('insert into signal') && (await gate), world.sql.query(text, params)) },
    })
    const ask = (id: string) => slow(new Request('https://kanmai.example/v1/demo/signals', { method: 'POST', body: JSON.stringify({ signals: [impression(`${id}1`), impression(`${id}2`)] }) }))
    const first = ask('a')
    const second = ask('b')
    const over = await Promise.race([first, second])
    assert.equal(over.status, 503)
    assert.ok(over.headers.get('retry-after'))
    release()
    assert.deepEqual((await Promise.all([first, second])).map((it) => it.status).sort(), [200, 503])
    assert.equal((await ask('c')).status, 200)
  })
})

describe('rate limits', () => {
  const limits = { impressionBatches: 2, actBatches: 3, clicks: 2, reads: 2, failedTokens: 2 }
  const limited = () => world.another({ limits, clientAddress: (request) => request.headers.get('x-test-address') ?? undefined })
  const from = (address: string, path: string, body?: unknown) =>
    new Request(`https://kanmai.example/v1/demo${path}`, { headers: { 'x-test-address': address }, ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }) })
  const statuses = async (handler: ReturnType<typeof limited>, requests: Request[]) => {
    const answers = []
    for (const request of requests) answers.push((await handler(request)).status)
    return answers
  }

  it('shed impressions before clicks', async () => {
    const handler = limited()
    const views = () => from('192.0.2.1', '/signals', { signals: [impression('i')] })
    const acts = () => from('192.0.2.1', '/signals', { signals: [impression('i'), click('c')] })
    assert.deepEqual(await statuses(handler, [views(), views(), views(), acts(), views(), acts(), acts(), acts()]), [200, 200, 429, 200, 429, 200, 200, 429])
    const refused = await handler(views())
    assert.ok(Number(refused.headers.get('retry-after')) >= 1)
    assert.match(String((await json(refused))['detail']), /Try again in \d+ s/)
  })

  it('count an address prefix as one and others apart', async () => {
    const handler = limited()
    const read = (address: string) => from(address, '/config')
    assert.deepEqual(await statuses(handler, ['192.0.2.1', '192.0.2.200', '192.0.2.7', '198.51.100.1', '::ffff:192.0.2.9'].map(read)), [200, 200, 429, 200, 429])
    assert.deepEqual(await statuses(handler, ['2001:db8:1::1', '2001:0db8:0001:ff::2', '2001:db8:1:2::3', '2001:db8:2::1'].map(read)), [200, 200, 429, 200])
  })

  it('hold for the redirector, which then counts nothing', async () => {
    assert.deepEqual(await statuses(limited(), [1, 2, 3].map((n) => from('192.0.2.1', `/go/arc-lamp?ref=g${n}`))), [302, 302, 429])
    assert.equal((await stored()).length, 2)
  })

  it('stop the guessing of tokens', async () => {
    const handler = limited()
    const guess = () => new Request('https://kanmai.example/v1/demo/report', { headers: { 'x-test-address': '192.0.2.1', authorization: 'Bearer guess' } })
    assert.deepEqual(await statuses(handler, [guess(), guess(), guess()]), [401, 401, 429])
  })
})

describe('GET report', () => {
  /** Figures of what has no flag. */
  const figures = (impressions: number, clicks: number, ctr: number) => ({ impressions, clicks, ctr, netImpressions: impressions, netClicks: clicks, netCtr: ctr })

  it('finds a click by its ref, its media and its second', async () => {
    await send([
      impression('i1', { placement: 'end', item: 'arc-lamp' }),
      impression('i2', { placement: 'end', item: 'arc-lamp' }),
      click('ref1', { placement: 'end', item: 'arc-lamp' }),
      click('ref2', { item: 'arc-lamp', media: 'film', second: 12.7 }),
      { ...click('ref3', { item: 'arc-lamp', media: 'film', second: 12.1 }), occurredAt: '2026-11-23T11:59:58Z' },
      { id: 'open', type: 'open', occurredAt: at, item: 'arc-lamp' },
    ])
    const body = await json<Report>(world.command('GET', '/report'))
    assert.deepEqual(parse(Report, body), { value: body, issues: [] })
    assert.deepEqual(body, {
      totals: figures(2, 3, 1.5),
      rows: [
        { item: 'arc-lamp', media: 'film', second: 12, ...figures(0, 2, 0), refs: ['ref2', 'ref3'] },
        { placement: 'end', item: 'arc-lamp', ...figures(2, 1, 0.5), refs: ['ref1'] },
      ],
    })
  })

  it('asks by time, placement, item and media, and groups as asked', async () => {
    await send([click('a', { placement: 'p', item: 'x' }), click('b', { placement: 'q', item: 'x' }), { ...click('c'), occurredAt: '2026-11-20T00:00:00Z' }])
    const rows = async (query: string) => (await json<Report>(world.command('GET', `/report?${query}`))).rows
    assert.deepEqual(await rows('by=item&item=x'), [{ item: 'x', ...figures(0, 2, 0), refs: ['b', 'a'] }])
    assert.deepEqual((await rows('placement=p')).flatMap((it) => it.refs), ['a'])
    assert.deepEqual((await rows('to=2026-11-21T00:00:00Z')).flatMap((it) => it.refs), ['c'])
    assert.deepEqual((await rows('from=2026-11-21T00:00:00Z&by=')).map((it) => it.clicks), [2])
    assert.deepEqual(await rows('media=none&by='), [])
    for (const bad of ['by=colour', 'from=yesterday', 'limit=0']) assert.equal((await world.command('GET', `/report?${bad}`)).status, 400, bad)
  })

  it('names at most a hundred refs, the newest', async () => {
    await send(Array.from({ length: 120 }, (_, n) => ({ ...click(`r${n}`), occurredAt: new Date(noon - 1000 * n).toISOString() })))
    const [row] = (await json<Report>(world.command('GET', '/report'))).rows
    assert.equal(row!.clicks, 120)
    assert.equal(row!.refs.length, 100)
    assert.equal(row!.refs[0], 'r0')
  })

  it('gives each row its own refs and the totals of all, also when it names only some', async () => {
    await send(['a', 'b', 'c', 'd'].flatMap((item) => [click(`${item}1`, { item }), click(`${item}2`, { item }), impression(`i${item}`, { item })]))
    await send([click('e1', { item: 'e' }), click('none')])
    const { rows, totals } = await json<Report>(world.command('GET', '/report?by=item&limit=3'))
    assert.deepEqual(rows.map(({ item, clicks, refs }) => [item, clicks, refs]), ['a', 'b', 'c'].map((item) => [item, 2, [`${item}2`, `${item}1`]]))
    assert.deepEqual([totals.impressions, totals.clicks], [4, 10])
    const all = (await json<Report>(world.command('GET', '/report?by=item'))).rows
    assert.deepEqual(all.at(-1), { ...figures(0, 1, 0), refs: ['none'] })
  })

  it('makes two at the same time, and asks others to come again', async () => {
    let release = () => {}
    const gate = new Promise<void>((resolve) => (release = resolve))
    let reading = 0
    const slow = world.another({
      sql: {
        ...world.sql,
        async query(text, params) {
          if (text.includes('grouping sets') && ++reading) await gate
          return world.sql.query(text, params)
        },
      },
    })
    const ask = () => slow(new Request('https://kanmai.example/v1/demo/report', { headers: { authorization: `Bearer ${token}` } }))
    const two = [ask(), ask()]
    while (reading < 2) await new Promise((resolve) => setImmediate(resolve))
    const third = await ask()
    assert.equal(third.status, 503)
    assert.equal(third.headers.get('retry-after'), '10')
    release()
    assert.deepEqual((await Promise.all(two)).map((it) => it.status), [200, 200])
    assert.equal((await ask()).status, 200)
  })

  it('says what is missing: what browsers gave up, and holes in the numbers of visits that are over', async () => {
    const visit = (id: string, session: string, seq: number) => ({ ...impression(id), session, seq })
    const losses = [{ id: 'e1', reason: 'expired', session: 'd', seq: 0 }, { id: 'e2', reason: 'expired' }, { id: 'o', reason: 'overflow', count: 7 }]
    await send([visit('a0', 'a', 0), visit('a1', 'a', 1), visit('a4', 'a', 4), visit('b0', 'b', 0), visit('c2', 'c', 2)], { losses })
    const missing = async (query = '') => (await json<Report>(world.command('GET', `/report${query}`))).losses
    const dropped = { expired: 2, overflow: 7 }
    // What came a moment ago may not be all.
    assert.deepEqual(await missing(), { dropped })
    world.clock.now += 61_000
    assert.deepEqual(await missing(), { dropped, missing: 4, visits: 2 })
    // Of a visit that began earlier only the holes in the time asked for are known.
    assert.deepEqual(await missing('?from=2026-11-23T00:00:00Z'), { dropped, missing: 2, visits: 1 })
    assert.equal(await missing('?from=2030-01-01T00:00:00Z'), undefined)
    world.clock.now = noon
  })

  it('says of what is missing once what is known of it', async () => {
    const visit = (id: string, seq: number) => ({ ...impression(id), session: 'a', seq })
    // Given up: 1, 3 after all not, 8 after the last that came. Never heard of: 4.
    const lost = (id: string, seq: number) => ({ id, reason: 'expired', session: 'a', seq })
    await send([visit('a0', 0), visit('a2', 2), visit('a3', 3), visit('a5', 5)], { losses: [lost('a1', 1), lost('a3', 3), lost('a8', 8)] })
    world.clock.now += 61_000
    const { losses } = await json<Report>(world.command('GET', '/report'))
    assert.deepEqual(losses, { dropped: { expired: 2 }, missing: 1, visits: 1 })
    await send([visit('a4', 4), visit('a1', 1)])
    world.clock.now += 61_000
    assert.deepEqual((await json<Report>(world.command('GET', '/report'))).losses, { dropped: { expired: 1 } })
    world.clock.now = noon
  })

  it('shows only the publisher’s own', async () => {
    await send([click('mine')])
    await world.sql.query("update signal set publisher = 'other'")
    assert.deepEqual((await json<Report>(world.command('GET', '/report'))).rows, [])
    assert.deepEqual((await auditList()).signals, [])
    await world.sql.query("delete from signal where publisher = 'other'")
  })
})

describe('GET signals', () => {
  it('pages through all of them, newest first, each once', async () => {
    for (let n = 0; n < 3; n++) {
      world.clock.now = noon + n
      await send(Array.from({ length: 5 }, (_, k) => impression(`p${n}${k}`)))
    }
    world.clock.now = noon
    const seen: unknown[] = []
    let cursor: string | undefined
    do {
      const { signals, next } = await auditList(`?limit=4${cursor ? `&cursor=${cursor}` : ''}`)
      seen.push(...signals.map((it) => it['id']))
      cursor = next
    } while (cursor)
    assert.deepEqual(seen, (await stored()).map((it) => it['id']).reverse())
  })

  it('finds a click by its ref', async () => {
    await send([click('needle', { media: 'film', second: 3.25 }), click('hay'), impression('straw')])
    const { signals } = await auditList('?ref=needle&type=click')
    assert.deepEqual(signals.map(({ id, second }) => [id, second]), [['needle', 3.25]])
  })

  it('refuses a cursor that is not its own', async () => {
    for (const cursor of ['x', 'e30', '%00', 'bnVsbA']) assert.equal((await world.command('GET', `/signals?cursor=${cursor}`)).status, 400, cursor)
  })
})
