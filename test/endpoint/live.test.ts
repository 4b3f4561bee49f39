import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { CueSheet, LiveCue, RoomState, type Cue } from '../../src/contract/cue.ts'
import { parse } from '../../src/contract/parse.ts'
import { takeLive } from '../../src/core/take-live.ts'
import { createTimeline } from '../../src/core/timeline.ts'
import { replay } from '../../src/endpoint/store/media.ts'
import { json, noon, openWorld, token, type TestWorld } from './test-world.ts'

let world: TestWorld
// No heartbeat comes to the rescue of a lost notice.
before(async () => (world = await openWorld({ limits: { heartbeatMs: 3_600_000, roomStateMs: 20 } })))
after(() => world.close())

const cue = (id: string, more: object = {}) => ({ id, item: 'arc-lamp', start: 1, ...more })
const sheet = (media: string) => json<CueSheet>(world.ask(`/media/${media}/cues`))

describe('media/{id}/cues', () => {
  it('gives back what was put, sorted by start, with the items it names', async () => {
    const track = { interpolation: 'spline', keyframes: [{ t: 2, x: 0.1, y: 0.2, w: 0.3, h: 0.4 }, { t: 3, x: 0.5, y: 0.2 }] }
    const cues = [cue('late', { start: 9, end: 12, at: { x: 0.5, y: 0.25 } }), cue('early', { start: 2, track, pause: true }), cue('gone', { item: 'unknown' })]
    const put = await world.command('PUT', '/media/film/cues', { media: { title: 'Film', duration: 60 }, cues })
    assert.deepEqual(await json(put), { media: 'film', cues: 3, issues: [] })
    const body = await sheet('film')
    assert.deepEqual(parse(CueSheet, body), { value: body, issues: [] })
    assert.deepEqual(body.media, { id: 'film', title: 'Film', duration: 60 })
    assert.deepEqual(body.cues, [cues[2], cues[1], cues[0]])
    assert.deepEqual(body.items.map((item) => item.id), ['arc-lamp'])
  })

  it('replaces all by the next put, and takes a bare list', async () => {
    await world.command('PUT', '/media/again/cues', { cues: [cue('a'), cue('b')] })
    await world.command('PUT', '/media/again/cues', [cue('c')])
    assert.deepEqual((await sheet('again')).cues.map((it) => it.id), ['c'])
  })

  it('tells what it is by itself, and keeps what it is not told anew', async () => {
    const media = { title: 'Film', duration: 60, chapters: [{ start: 0, title: 'Morning' }], quiet: [{ start: 3, end: 9 }] }
    await world.command('PUT', '/media/told/cues', { media, cues: [cue('a')] })
    assert.deepEqual(await json(world.command('PUT', '/media/told/cues', { media: { duration: 70 } })), { media: 'told', issues: [] })
    const body = await sheet('told')
    assert.deepEqual(body.media, { ...media, id: 'told', duration: 70 })
    assert.deepEqual(body.cues.map((it) => it.id), ['a'])
    assert.equal((await world.command('PUT', '/media/told/cues?live=replace', { media })).status, 422)
    assert.equal((await world.command('PUT', '/media/told/cues?live=drop', { cues: [] })).status, 400)
  })

  it('drops a bad cue, names it, and keeps the rest', async () => {
    const answer = await json<{ cues: number; issues: string[] }>(world.command('PUT', '/media/part/cues', { cues: [cue('a'), cue('b', { end: 0.5 }), cue('c', { start: '12' })] }))
    assert.equal(answer.cues, 1)
    assert.deepEqual(answer.issues, ['cues[1]: expected an end after its start', 'cues[2].start: expected seconds of 0 or more, received "12"'].reverse().sort())
    assert.equal((await world.command('PUT', '/media/part/cues', { nothing: 1 })).status, 422)
  })

  it('answers 404 for a media that has none', async () => {
    assert.equal((await world.ask('/media/none/cues')).status, 404)
  })

  it('is kept by caches when recorded, and by nobody while it is live', async () => {
    const origin = new Date(noon - 60_000).toISOString()
    await world.command('PUT', '/media/air/cues', { media: { origin }, cues: [cue('a')] })
    const kept = async (path: string) => (await world.ask(`/media/air/${path}`)).headers.get('cache-control')!
    assert.equal(await kept('cues'), 'no-store')
    assert.equal(await kept('cues.vtt'), 'no-store')
    await world.command('PUT', '/media/air/cues', { media: { origin, duration: 30 } })
    assert.match(await kept('cues'), /^public, max-age=\d+/)
    assert.match(await kept('cues.vtt'), /^public, max-age=\d+/)
  })

  it('is a WebVTT metadata track too', async () => {
    await world.command('PUT', '/media/vtt/cues', { media: { duration: 7200 }, cues: [cue('a --> b', { start: 3661.5, end: 3662 }), cue('open', { start: 1, title: 'x --> y' })] })
    const response = await world.ask('/media/vtt/cues.vtt')
    assert.equal(response.headers.get('content-type'), 'text/vtt; charset=utf-8')
    assert.ok(response.headers.get('etag'))
    const [head, first, second] = (await response.text()).split('\n\n')
    assert.equal(head, 'WEBVTT')
    assert.match(first!, /^open\n00:00:01\.000 --> 02:00:00\.000\n\{[^\n]*\}$/)
    assert.match(second!.trimEnd(), /^a -- b\n01:01:01\.500 --> 01:01:02\.000\n\{[^\n]*\}$/)
    const payload = JSON.parse(first!.split('\n')[2]!) as { cue: Cue; item: { id: string }; go: string }
    assert.deepEqual([payload.cue.title, payload.item.id, payload.go], ['x --> y', 'arc-lamp', 'https://kanmai.example/v1/demo/go/arc-lamp?media=vtt'])
  })
})

interface Event {
  id: number
  live: LiveCue
}

const streams: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const stream of streams.splice(0)) await stream.close()
})

/** Reads a live room as an EventSource would. */
async function listen(room: string, { after, handler = world.handler, headers = {} }: { after?: number; handler?: TestWorld['handler']; headers?: Record<string, string> } = {}) {
  const gone = new AbortController()
  const response = await handler(
    new Request(`https://kanmai.example/v1/demo/live/${room}${after === undefined ? '' : `?after=${after}`}`, { headers, signal: gone.signal }),
  )
  assert.equal(response.status, 200)
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const events: Event[] = []
  const states: RoomState[] = []
  const next = async (): Promise<void> => {
    const { done, value } = await reader.read()
    if (done) throw new Error(`The stream ended after ${events.length} events`)
    text += value
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end)
      text = text.slice(end + 2)
      const [, id, data] = /^id: (\d+)\nevent: cue\ndata: (.*)$/.exec(block) ?? []
      if (id) events.push({ id: Number(id), live: JSON.parse(data!) as LiveCue })
      const [, state] = /^event: room\ndata: (.*)$/.exec(block) ?? []
      if (state) states.push(JSON.parse(state) as RoomState)
    }
  }
  const stream = {
    response,
    gone,
    /** All events until there are so many; rejects when the stream ends before. */
    async until(count: number): Promise<Event[]> {
      while (events.length < count) await next()
      return events
    },
    /** The last word on how the room stands, once it says so many viewers. */
    async viewers(count: number): Promise<RoomState> {
      while (states.at(-1)?.viewers !== count) await next()
      return states.at(-1)!
    },
    states,
    read: () => reader.read(),
    close: () => reader.cancel(),
  }
  streams.push(stream)
  return stream
}

const say = (room: string, ...ids: string[]) => json<{ ids: number[] }>(world.command('POST', `/live/${room}/cues`, { cues: ids.map((id) => cue(id)) }))

describe('live/{room}', { timeout: 120_000 }, () => {
  it('sends each cue with its item, media and number to who listens', async () => {
    const stream = await listen('one')
    assert.equal(stream.response.headers.get('content-type'), 'text/event-stream')
    assert.equal(stream.response.headers.get('cache-control'), 'no-store')
    assert.equal(stream.response.headers.get('access-control-allow-origin'), '*')
    assert.deepEqual((await say('one', 'a', 'b')).ids, [1, 2])
    const events = await stream.until(2)
    assert.deepEqual(events.map(({ id, live }) => [id, live.cue.id]), [[1, 'a'], [2, 'b']])
    assert.equal(events[0]!.live.item?.id, 'arc-lamp')
    assert.equal(events[0]!.live.media?.origin, '2026-11-23T11:59:59.000Z')
    assert.deepEqual(parse(LiveCue, events[0]!.live), { value: events[0]!.live, issues: [] })
  })

  it('resumes after the number, by the query or the header, whichever is further', async () => {
    await say('resume', 'a', 'b', 'c')
    const numbers = async (options: Parameters<typeof listen>[1], count: number) => (await (await listen('resume', options)).until(count)).map((it) => it.id)
    assert.deepEqual(await numbers({}, 3), [1, 2, 3])
    assert.deepEqual(await numbers({ after: 1 }, 2), [2, 3])
    assert.deepEqual(await numbers({ after: 1, headers: { 'last-event-id': '2' } }, 1), [3])
    assert.equal((await world.ask('/live/resume?after=x')).status, 400)
  })

  it('reaches the listeners of another handler on the same store', async () => {
    const other = await listen('shared', { handler: world.another() })
    await say('shared', 'a')
    assert.equal((await other.until(1))[0]!.live.cue.id, 'a')
  })

  it('loses and doubles nothing across reconnects, whoever speaks meanwhile', async () => {
    let room = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { minLength: 1, maxLength: 6 }), async (gaps) => {
        const name = `reconnect-${room++}`
        const total = 12
        const talk = Promise.all(Array.from({ length: total }, (_, n) => say(name, `c${n}`)))
        const heard: number[] = []
        for (const gap of gaps) {
          const wanted = Math.min(gap + 1, total - heard.length)
          const stream = await listen(name, { after: heard.at(-1) ?? 0 })
          const events = await stream.until(wanted)
          heard.push(...events.slice(0, wanted).map((it) => it.id))
          await stream.close()
        }
        await talk
        const rest = await listen(name, { after: heard.at(-1)! })
        heard.push(...(await rest.until(total - heard.length)).map((it) => it.id))
        assert.deepEqual(heard, Array.from({ length: total }, (_, n) => n + 1))
      }),
      { numRuns: 15 },
    )
  })

  it('gives its past to who comes while a newer cue is read', async () => {
    await say('late', 'a', 'b')
    let gate: Promise<void> | undefined
    let open = () => {}
    let reading = () => {}
    const handler = world.another({
      sql: {
        ...world.sql,
        async query(text, params) {
          const rows = await world.sql.query(text, params)
          if (gate && text.includes('from live_cue')) {
            reading()
            await gate
          }
          return rows as never
        },
      },
    })
    const ahead = await listen('late', { handler, after: 1 })
    await ahead.until(1)
    gate = new Promise((resolve) => (open = resolve))
    const read = new Promise<void>((resolve) => (reading = resolve))
    await say('late', 'c')
    await read
    const behind = await listen('late', { handler, after: 0 })
    gate = undefined
    open()
    assert.deepEqual((await behind.until(3)).map((it) => it.id), [1, 2, 3])
    assert.deepEqual((await ahead.until(2)).map((it) => it.id), [2, 3])
  })

  it('hears by its heartbeat what no notice told', async () => {
    const deaf = world.another({ sql: { ...world.sql, listen: () => Promise.resolve(() => Promise.resolve()) }, limits: { heartbeatMs: 10 } })
    const stream = await listen('deaf', { handler: deaf })
    await say('deaf', 'a')
    assert.equal((await stream.until(1))[0]!.id, 1)
  })

  it('ends when the client goes and when the handler closes, and gives its place back', async () => {
    const handler = world.another({ limits: { streams: 1 } })
    const busy = () => handler(new Request('https://kanmai.example/v1/demo/live/full'))
    const first = await listen('full', { handler })
    assert.equal((await busy()).status, 503)
    assert.ok((await busy()).headers.get('retry-after'))
    first.gone.abort()
    const second = await listen('full', { handler })
    await second.close()
    const third = await listen('full', { handler })
    await handler.close()
    for (;;) if ((await third.read()).done) break
  })

  it('answers HEAD without opening a stream', async () => {
    const handler = world.another({ limits: { streams: 0 } })
    assert.equal((await handler(new Request('https://kanmai.example/v1/demo/live/x', { method: 'HEAD' }))).status, 200)
  })

  it('starts a cue without a start at the second the room stands at', async () => {
    const before = world.clock.now
    await world.command('POST', '/live/clock/cues', { id: 'first', item: 'arc-lamp' })
    world.clock.now = before + 12_500
    await world.command('POST', '/live/clock/cues', { cue: { id: 'second', item: 'arc-lamp', end: 20 } })
    assert.equal((await world.command('POST', '/live/clock/cues', { id: 'late', item: 'arc-lamp', end: 3 })).status, 422)
    world.clock.now = before
    const { media, cues, last } = await sheet('clock')
    assert.equal(media.origin, '2026-11-23T12:00:00.000Z')
    assert.deepEqual(cues.map(({ id, start }) => [id, start]), [['first', 0], ['second', 12.5]])
    assert.equal(last, 2)
  })

  it('refuses a batch with a bad cue as a whole', async () => {
    for (const body of [5, null, [], {}, { cues: [] }, { cues: [cue('a'), { id: 'b' }] }, cue('c', { start: 'soon' })]) {
      const { status } = await world.command('POST', '/live/strict/cues', body)
      assert.ok(status === 400 || status === 422, JSON.stringify(body))
    }
    assert.equal((await world.ask('/media/strict/cues')).status, 404)
  })

  it('can be seen again: the sheet shows at every second what was live then', async () => {
    const send = (body: object) => world.command('POST', '/live/show/cues', body)
    await world.command('PUT', '/media/show/cues', { media: { origin: '2026-11-23T11:00:00Z' }, cues: [cue('planned', { start: 5, end: 6 })] })
    await send(cue('spot', { start: 10 }))
    await send(cue('spot', { start: 30, item: 'other' }))
    await send(cue('spot', { start: 30, item: 'other', end: 40 }))
    const { cues, media, last } = await sheet('show')
    assert.equal(media.origin, '2026-11-23T11:00:00.000Z')
    assert.equal(last, 3)
    assert.deepEqual(cues, [cue('planned', { start: 5, end: 6 }), cue('spot~2', { start: 10, end: 30 }), cue('spot', { start: 30, item: 'other', end: 40 })])
  })

  it('keeps what was live when its plan is put anew, and drops it only when told so', async () => {
    const put = async (query: string, cues: object[]) => {
      const { media: _, ...rest } = await json(world.command('PUT', `/media/kept/cues${query}`, { cues }))
      return [rest, (await sheet('kept')).cues.map((it) => it.id)]
    }
    await say('kept', 'spot', 'other')
    assert.deepEqual(await put('', [cue('planned', { start: 0 })]), [{ cues: 1, live: 2, issues: [] }, ['planned', 'spot', 'other']])
    assert.deepEqual(await put('?live=keep', []), [{ cues: 0, live: 2, issues: [] }, ['spot', 'other']])
    assert.deepEqual(await put('?live=replace', [cue('edited')]), [{ cues: 1, dropped: 2, issues: [] }, ['edited']])
    await say('kept', 'encore')
    assert.deepEqual(await put('', [cue('edited')]), [{ cues: 1, live: 1, issues: [] }, ['edited', 'encore']])
  })

  it('takes a cue off the table when its offers are over', async () => {
    const at = (seconds: number) => new Date(noon + seconds * 1000).toISOString()
    const flash = (seconds: number) => ({ kind: 'flash', price: { minor: 99, currency: 'USD' }, endsAt: at(seconds) })
    const endOf = async (id: string, more: object) => {
      const answer = await world.command('POST', '/live/flash/cues', { id, item: 'arc-lamp', start: 10, ...more })
      if (!answer.ok) return answer.status
      return (await sheet('flash')).cues.find((it) => it.id === id)!.end
    }
    await world.command('PUT', '/media/flash/cues', { media: { origin: at(0) }, cues: [] })
    assert.equal(await endOf('one', { offers: [flash(70)] }), 70)
    assert.equal(await endOf('last', { offers: [flash(70), flash(90)] }), 90)
    assert.equal(await endOf('sooner', { offers: [flash(70)], end: 50 }), 50)
    assert.equal(await endOf('later', { offers: [flash(70)], end: 500 }), 70)
    assert.equal(await endOf('open', { offers: [flash(70), { kind: 'code', code: 'TEN' }] }), undefined)
    assert.equal(await endOf('none', { offers: [] }), undefined)
    assert.equal(await endOf('over', { offers: [flash(10)] }), 422)
  })

  it('says how many follow, at all handlers on the store, and which cue was the last', async () => {
    const other = world.another()
    await say('crowd', 'a', 'b')
    const first = await listen('crowd')
    assert.deepEqual(parse(RoomState, await first.viewers(1)), { value: { viewers: 1, last: 0 }, issues: [] })
    const second = await listen('crowd', { handler: other, after: 2 })
    assert.deepEqual([await first.viewers(2), await second.viewers(2)], [{ viewers: 2, last: 2 }, { viewers: 2, last: 2 }])
    const third = await listen('crowd', { handler: other, after: 2 })
    await Promise.all([first, second, third].map((it) => it.viewers(3)))
    await third.close()
    await first.viewers(2)
    await other.close()
    await first.viewers(1)
  })

  it('starts again for who brings a number that the room never reached', async () => {
    await say('reset', 'a', 'b')
    const stream = await listen('reset', { after: 41 })
    assert.deepEqual((await stream.until(2)).map((it) => it.id), [1, 2])
    assert.equal(stream.states[0]!.last, 0)
  })

  it('works with the token of another publisher no more than without one', async () => {
    assert.equal((await world.ask('/live/x/cues', { method: 'POST', as: `${token}2`, body: '{}' })).status, 401)
  })
})

describe('replay', () => {
  it('gives live viewers of any delay and who watches later the same cues at the same seconds', () => {
    const item = fc.constantFrom('x', 'y', 'z')
    const spoken = fc.record({ id: fc.constantFrom('a', 'b'), item, start: fc.integer({ min: 1, max: 20 }), length: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }) })
    fc.assert(
      fc.property(fc.array(spoken, { maxLength: 8 }), fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 15 }), (words, near, far) => {
        const show = [...words]
          .sort((a, b) => a.start - b.start)
          .map(({ length, ...cue }, index) => ({ id: index + 1, cue: { ...cue, ...(length && { end: cue.start + length }) } as Cue }))
        const seen = (cuesAt: (second: number) => readonly Cue[]) =>
          Array.from({ length: 30 }, (_, second) => createTimeline(cuesAt(second)).active(second).map(({ cue }) => `${cue.id.split('~')[0]} ${cue.item}`).sort())
        // Who watches with a delay has heard, at each second of the picture, also of what is said later on the clock.
        const live = (delay: number) =>
          seen((second) => {
            const cues = new Map<string, Cue>()
            for (const { id, cue } of show) if (cue.start <= second + delay) takeLive(cues, cue, id)
            return [...cues.values()]
          })
        const later = seen(() => replay([], show))
        assert.deepEqual(live(near), later)
        assert.deepEqual(live(far), later)
      }),
    )
  })

  const liveCue = fc.record({ id: fc.constantFrom('a', 'b'), item: fc.constantFrom('x', 'y', 'z'), start: fc.nat(20) })

  it('shows at each second the cue that was the newest of its id and had started', () => {
    fc.assert(
      fc.property(fc.array(liveCue, { maxLength: 8 }), (spoken) => {
        // In a show that goes on, starts only grow.
        const cues = [...spoken].sort((a, b) => a.start - b.start)
        const shown = replay([], cues.map((cue, index) => ({ id: index + 1, cue })))
        for (let second = 0; second <= 21; second++) {
          const now = shown.filter((it) => it.start <= second && (it.end === undefined || second < it.end)).map((it) => it.item).sort()
          const then = ['a', 'b'].flatMap((id) => cues.findLast((it) => it.id === id && it.start <= second)?.item ?? []).sort()
          assert.deepEqual(now, then)
        }
      }),
    )
  })
})
