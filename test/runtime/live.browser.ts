import { expect } from 'chai'
import type { CueSheet } from '../../src/contract/cue.ts'
import { KanmaiRequestEvent, type Answer } from '../../src/elements/wish.ts'
import { start } from '../../src/runtime/start.ts'
import { aPublisher, FakeEndpoint, listenToPage, well } from './fake-endpoint.ts'

describe('a live room', () => {
  let endpoint: FakeEndpoint
  let page: ReturnType<typeof listenToPage>
  let stop = () => {}
  let sheets: CueSheet[]
  let unfollow: (() => void) | undefined
  const cue = (id: string, start: number) => ({ cue: { id, item: 'lamp', start }, item: { id: 'lamp', title: 'Lamp', url: 'https://shop.example' } })
  const last = () => sheets.at(-1)!

  beforeEach(async () => {
    page = listenToPage()
    sheets = []
    endpoint = new FakeEndpoint((path, init) =>
      path.startsWith('/media/') ? { media: { id: 'room', origin: '2026-11-23T14:00:00Z' }, cues: [{ id: 'c1', item: 'lamp', start: 1 }], items: [] } : well(path, init),
    )
    stop = start({ endpoint: 'https://shop.example', publisher: aPublisher(), consent: 'none' }, endpoint.wire)
    const request = new KanmaiRequestEvent<'media'>({ kind: 'media', media: 'room' })
    document.dispatchEvent(request)
    unfollow = request.answer!.subscribe((it: Answer<CueSheet>) => it.state === 'ready' && sheets.push(it.value))
    await endpoint.until(() => endpoint.streams.length > 0)
  })
  afterEach(() => {
    unfollow?.()
    stop()
    page.stop()
    expect(page.escaped).to.deep.equal([])
  })

  it('takes a new cue with its item, and a cue of the same id in its place', () => {
    const [stream] = endpoint.streams
    expect(stream!.url).to.match(/\/live\/room$/)
    stream!.say('1', cue('c2', 5))
    expect(last().cues.map((it) => it.id)).to.deep.equal(['c1', 'c2'])
    expect(last().items.map((it) => it.id)).to.deep.equal(['lamp'])
    stream!.say('2', cue('c1', 9))
    expect(last().cues.map((it) => [it.id, it.start])).to.deep.equal([['c2', 5], ['c1', 9]])
  })

  it('names a bad cue and goes on', async () => {
    const [stream] = endpoint.streams
    stream!.say('1', { cue: { id: 'c2' } })
    stream!.say('2', cue('c3', 5))
    expect(last().cues.map((it) => it.id)).to.deep.equal(['c1', 'c3'])
    await page.line()
    expect(page.lines.join()).to.match(/^\[kanmai\] cue/)
  })

  it('is left when the page is hidden, and asked for what was missed when it is back', async () => {
    const [stream] = endpoint.streams
    stream!.say('41', cue('c2', 5))
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    expect(stream!.readyState).to.equal(2)
    const asked = endpoint.asked.length
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await endpoint.until(() => endpoint.streams.length > 1 && endpoint.asked.length > asked)
    expect(endpoint.streams[1]!.url).to.match(/\/live\/room\?after=41$/)
  })

  it('comes to a second tab over the first one\'s stream', async () => {
    const { followRoom } = await import('../../src/runtime/live.ts')
    const base = new URL(endpoint.streams[0]!.url.replace('/live/room', '')).href
    const heard = new Promise<string>((resolve) => {
      const leave = followRoom({ http: { base, wire: endpoint.wire }, view: window } as never, 'room', {
        missed() {},
        cue(data) {
          leave()
          resolve(data)
        },
      })
    })
    endpoint.streams[0]!.say('1', cue('c2', 5))
    expect(JSON.parse(await heard).cue.id).to.equal('c2')
    expect(endpoint.streams.length).to.equal(1)
  })

  it('is left when nobody follows it any more, and when the page stops', async () => {
    unfollow!()
    unfollow = undefined
    await new Promise((resolve) => requestAnimationFrame(resolve))
    expect(endpoint.streams[0]!.readyState).to.equal(2)
  })
})
