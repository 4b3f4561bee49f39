import { expect } from 'chai'
import type { CueSheet } from '../../src/contract/cue.ts'
import type { KanmaiRoomEvent } from '../../src/elements/room-event.ts'
import { KanmaiRequestEvent, type Answer } from '../../src/elements/wish.ts'
import { start } from '../../src/runtime/start.ts'
import { aPublisher, FakeEndpoint, listenToPage, well } from './fake-endpoint.ts'

describe('a live room', () => {
  let endpoint: FakeEndpoint
  let page: ReturnType<typeof listenToPage>
  let stop = () => {}
  let sheets: CueSheet[]
  let unfollow: (() => void) | undefined
  let room: CueSheet
  const cue = (id: string, start: number) => ({ cue: { id, item: 'lamp', start }, item: { id: 'lamp', title: 'Lamp', url: 'https://shop.example' } })
  const last = () => sheets.at(-1)!
  const shown = () => last().cues.map((it) => [it.id, it.start])
  const asked = () => endpoint.asked.filter((it) => it.startsWith('/media/')).length
  const stream = () => endpoint.streams.at(-1)!
  const waiting: (() => void)[] = []
  /** Waits until something holds, looking after every sheet. */
  const untilShown = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => waiting.push(resolve))
  }

  beforeEach(async () => {
    page = listenToPage()
    sheets = []
    room = { media: { id: 'room', origin: '2026-11-23T14:00:00Z' }, cues: [{ id: 'c1', item: 'lamp', start: 1 }], items: [], last: 7 }
    endpoint = new FakeEndpoint((path, init) => (path.startsWith('/media/') ? room : well(path, init)))
    stop = start({ endpoint: 'https://shop.example', publisher: aPublisher(), consent: 'none' }, endpoint.wire)
    const request = new KanmaiRequestEvent<'media'>({ kind: 'media', media: 'room' })
    document.dispatchEvent(request)
    unfollow = request.answer!.subscribe((it: Answer<CueSheet>) => {
      if (it.state === 'ready') sheets.push(it.value)
      waiting.splice(0).forEach((look) => look())
    })
    await endpoint.until(() => endpoint.streams.length > 0)
    await untilShown(() => sheets.length > 1)
  })
  afterEach(() => {
    unfollow?.()
    stop()
    page.stop()
    expect(page.escaped).to.deep.equal([])
  })

  it('goes on where the sheet ends', () => {
    expect(stream().url).to.match(/\/live\/room\?after=7$/)
  })

  it('takes a new cue with its item, and one of the same id in its place, with its past', () => {
    stream().say('8', cue('c2', 5))
    expect(shown()).to.deep.equal([['c1', 1], ['c2', 5]])
    expect(last().items.map((it) => it.id)).to.deep.equal(['lamp'])
    stream().say('9', cue('c1', 9))
    expect(shown()).to.deep.equal([['c1', 9], ['c2', 5], ['c1~9', 1]])
    expect(last().cues[2]!.end).to.equal(9)
  })

  it('names a bad cue and goes on', async () => {
    const before = asked()
    stream().say('8', { cue: { id: 'c2' } })
    stream().say('9', 'no JSON')
    stream().say('10', cue('c3', 5))
    expect(shown()).to.deep.equal([['c1', 1], ['c3', 5]])
    await page.line()
    await endpoint.until(() => asked() > before)
    expect(page.lines.join()).to.match(/^\[kanmai\] cue/)
    expect(page.lines.join()).to.match(/live cue: expected JSON/)
  })

  it('hears a repeated or late cue once', () => {
    stream().say('8', cue('c2', 5))
    stream().say('9', cue('c2', 20))
    const before = sheets.length
    stream().say('8', cue('c2', 5))
    stream().say('9', cue('c2', 20))
    stream().say('7', cue('old', 2))
    expect(sheets.length).to.equal(before)
    expect(shown()).to.deep.equal([['c1', 1], ['c2', 20], ['c2~9', 5]])
  })

  it('asks for the sheet when a cue is left out, and keeps what came since', async () => {
    // The sheet is of the moment at which 9 had been sent, and reaches the page after 10.
    room = { ...room, cues: [...room.cues, { id: 'dropped', item: 'lamp', start: 4 }, { id: 'c3', item: 'lamp', start: 6 }], last: 9 }
    stream().say('9', cue('c3', 6))
    stream().say('10', cue('c4', 8))
    await untilShown(() => last().last === 9)
    expect(shown()).to.deep.equal([['c1', 1], ['dropped', 4], ['c3', 6], ['c4', 8]])
    stream().say('9', cue('c3', 6))
    expect(shown().length).to.equal(4)
  })

  it('says how many follow, and learns from it that the last cue was left out', async () => {
    const heard: number[] = []
    const handle = (event: KanmaiRoomEvent) => heard.push(event.viewers)
    document.addEventListener('kanmai-room', handle)
    const before = asked()
    stream().say('', { viewers: 12, last: 7 }, 'room')
    stream().say('', { viewers: 'many' }, 'room')
    expect(heard).to.deep.equal([12])
    expect(asked()).to.equal(before)
    room = { ...room, cues: [{ id: 'c9', item: 'lamp', start: 3 }], last: 8 }
    stream().say('', { viewers: 13, last: 8 }, 'room')
    await untilShown(() => last().last === 8)
    expect(shown()).to.deep.equal([['c9', 3]])
    document.removeEventListener('kanmai-room', handle)
    await page.line()
    expect(page.lines.join()).to.match(/viewers: expected an integer of 0 or more/)
  })

  it('begins again with a room that begins again', async () => {
    stream().say('8', cue('c2', 5))
    room = { ...room, cues: [{ id: 'new', item: 'lamp', start: 1 }], last: 1 }
    stream().say('', { viewers: 1, last: 0 }, 'room')
    stream().say('1', cue('new', 1))
    await untilShown(() => last().last === 1)
    expect(shown()).to.deep.equal([['new', 1]])
  })

  it('is left when the page is hidden, and asked for what was missed when it is back', async () => {
    stream().say('41', cue('c2', 5))
    const [first] = endpoint.streams
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    expect(first!.readyState).to.equal(2)
    const before = asked()
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await endpoint.until(() => endpoint.streams.length > 1 && asked() > before)
    expect(stream().url).to.match(/\/live\/room\?after=41$/)
  })

  it('asks for the sheet when the stream is refused again and again, and says so once', async () => {
    const before = asked()
    for (let failures = 1; failures < 4; failures++) {
      stream().refuse()
      await endpoint.until(() => endpoint.streams.length > failures)
    }
    await endpoint.until(() => asked() > before)
    await page.line()
    expect(page.lines.filter((it) => it.includes('the stream was refused')).length).to.equal(1)
  })

  it("comes to all other tabs over the first one's stream, each cue once", async () => {
    const { followRoom } = await import('../../src/runtime/live.ts')
    const base = new URL(stream().url.replace(/\/live\/room.*/, '')).href
    const heard = Array.from({ length: 3 }, () => {
      let leave = () => {}
      const numbers: number[] = []
      const both = new Promise<number[]>((resolve) => {
        const following = followRoom({ http: { base, wire: endpoint.wire }, view: window, trouble() {} } as never, 'room', 7, {
          missed() {},
          cue: (_, number) => numbers.push(number) === 2 && resolve(numbers),
        })
        leave = following.stop
      })
      return { both, leave: () => leave() }
    })
    stream().say('8', cue('c2', 5))
    stream().say('8', cue('c2', 5))
    stream().say('9', cue('c3', 6))
    for (const tab of heard) {
      expect(await tab.both).to.deep.equal([8, 9])
      tab.leave()
    }
    expect(endpoint.streams.length).to.equal(1)
  })

  it('is left when nobody follows it any more, and when the page stops', async () => {
    unfollow!()
    unfollow = undefined
    await new Promise((resolve) => requestAnimationFrame(resolve))
    expect(stream().readyState).to.equal(2)
  })

  it('is not followed when it is over, and its cues are there', async () => {
    const leave: (() => void)[] = []
    const open = (media: CueSheet['media']): Promise<CueSheet> => {
      room = { ...room, media }
      const request = new KanmaiRequestEvent<'media'>({ kind: 'media', media: media.id })
      document.dispatchEvent(request)
      return new Promise((resolve) => leave.push(request.answer!.subscribe((it: Answer<CueSheet>) => it.state === 'ready' && resolve(it.value))))
    }
    const origin = '2026-11-23T14:00:00Z'
    expect((await open({ id: 'over', origin, duration: 60 })).cues.map((it) => it.id)).to.deep.equal(['c1'])
    // A room that goes on, opened after it, has its stream; it would have had one before.
    await open({ id: 'on', origin })
    const followed = (name: string) => endpoint.streams.some(({ url }) => url.includes(`/live/${name}?`))
    await endpoint.until(() => followed('on'))
    leave.forEach((it) => it())
    expect(followed('over')).to.equal(false)
  })
})
