import { expect } from 'chai'
import type { Bridge } from '../../src/core/bridge.ts'
import { findLine } from '../../src/page/bridge/find-line.ts'
import { openBridge, patience } from '../../src/page/bridge/open-bridge.ts'
import { seesApp } from '../../src/page/bridge/sees-app.ts'
import { FakeApp, framedPage, places, type Place } from './fake-app.ts'

const link = 'https://shop.example/lamp?ref=abc'
const now = '2026-11-23T14:00:00Z'
const signal = (id: string) => ({ id, type: 'click' as const, occurredAt: now })

for (const { name, app: declared, put } of places) {
  describe(`the bridge to ${name}`, () => {
    let app: FakeApp
    let view: Window
    let stops: (() => void)[]
    let bridge: Bridge | undefined
    /** What would happen if nobody answered for ever. */
    let timers: Map<number, () => void>
    const runOut = () => [...timers.values()].forEach((it) => it())
    let ids: number

    const open = async () => {
      const line = findLine(view as never, declared)!
      bridge = await openBridge(line, {
        publisher: 'demo',
        newId: () => `id-${++ids}`,
        later(callback, milliseconds) {
          const key = ids
          timers.set(key, callback)
          expect(milliseconds).to.be.oneOf(Object.values(patience))
          return () => void timers.delete(key)
        },
      })
      return bridge!
    }

    beforeEach(() => {
      app = new FakeApp()
      const page = framedPage()
      view = page.view
      stops = [put(app, view), page.stop]
      timers = new Map()
      ids = 0
    })
    afterEach(() => {
      bridge?.close()
      stops.forEach((stop) => stop())
      expect(app.issues).to.deep.equal([])
    })

    it('is seen, and greets by the publisher\'s name', async () => {
      expect(seesApp(view as never, declared)).to.equal(true)
      const { can, keeps } = await open()
      expect(app.asked('hello')).to.deep.equal([{ publisher: 'demo' }])
      expect(['open', 'copy', 'share', 'login', 'signal'].map((it) => can(it as 'open'))).to.deep.equal([true, true, true, true, true])
      expect(keeps).to.equal(false)
    })

    it('hands over what is to be opened, copied, shared and signed in for, as the contract has it', async () => {
      const { open: opens, copy, share, login } = await open()
      const what = { url: link, app: 'taobao://item/1', universal: 'https://m.shop.example/1', ref: 'abc', item: 'lamp', media: 'film', second: 12.5 }
      expect(await opens(what)).to.equal(true)
      expect(await copy('SAVE10')).to.equal(true)
      expect(await share({ title: 'Lamp', url: link, ref: 'abc', item: 'lamp' })).to.equal(true)
      expect(await login({ item: 'lamp', offer: 'o1' })).to.equal(true)
      expect(app.calls.slice(1).map(({ verb, body, patience }) => [verb, body, patience])).to.deep.equal([
        ['open', what, 1000],
        ['copy', { text: 'SAVE10' }, 1000],
        ['share', { title: 'Lamp', url: link, ref: 'abc', item: 'lamp' }, 1000],
        ['login', { item: 'lamp', offer: 'o1' }, 120_000],
      ])
      expect(timers.size).to.equal(0)
    })

    it('takes an answer that is no text any more', async () => {
      app.write = (answer) => answer
      expect(await (await open()).copy('x')).to.equal(true)
    })

    it('does not ask for what the app does not do, whatever else it does', async () => {
      app.verbs = ['copy', 'cart']
      const { can, open: opens, copy, login } = await open()
      expect(can('open')).to.equal(false)
      expect(await opens({ url: link })).to.equal(false)
      expect(await login({})).to.equal(false)
      expect(await copy('x')).to.equal(true)
      expect(app.calls.map((it) => it.verb)).to.deep.equal(['hello', 'copy'])
    })

    const noes: Record<string, (app: FakeApp) => void> = {
      'a refusal': (it) => (it.reply = () => ({ ok: false })),
      'silence': (it) => (it.reply = () => undefined),
      'an answer to another call': (it) => (it.write = (answer) => JSON.stringify({ ...answer, id: 'id-1' })),
      'an answer in another version': (it) => (it.write = (answer) => JSON.stringify({ ...answer, kanmai: 2 })),
      'an answer without a yes': (it) => (it.write = (answer) => JSON.stringify({ ...answer, ok: 'true' })),
      'what is no JSON': (it) => (it.write = () => '{"kanmai":1'),
      'what is nothing at all': (it) => (it.write = () => 'null'),
    }
    for (const [what, make] of Object.entries(noes)) {
      it(`takes ${what} for no`, async () => {
        const { open: opens } = await open()
        make(app)
        const opened = opens({ url: link })
        while (app.calls.length < 2) await new Promise((resolve) => setTimeout(resolve))
        await new Promise((resolve) => setTimeout(resolve, 20))
        runOut()
        expect(await opened).to.equal(false)
        expect(timers.size).to.equal(0)
      })
    }

    it('does not hear an answer that comes too late', async () => {
      const { copy } = await open()
      let answer = (): void => {}
      app.reply = () => new Promise((resolve) => (answer = () => resolve({ ok: true })))
      const copied = copy('x')
      while (app.calls.length < 2) await new Promise((resolve) => setTimeout(resolve))
      runOut()
      expect(await copied).to.equal(false)
      answer()
      await new Promise((resolve) => setTimeout(resolve, 20))
      app.reply = () => ({ ok: true })
      expect(await copy('y')).to.equal(true)
    })

    it('keeps to itself what the contract does not let out', async () => {
      const { open: opens, copy } = await open()
      expect(await opens({ url: 'javascript:alert(1)' })).to.equal(false)
      expect(await copy('')).to.equal(false)
      expect(app.calls.length).to.equal(1)
    })

    it('is none when nobody answers the greeting, or nobody that speaks our language', async () => {
      app.write = () => undefined
      const opened = open()
      while (!app.calls.length) await new Promise((resolve) => setTimeout(resolve))
      runOut()
      expect(await opened).to.equal(undefined)
      app.write = (answer) => JSON.stringify({ ...answer, value: { verbs: 'all' } })
      expect(await open()).to.equal(undefined)
    })

    it('tells an app that listens of signals, and takes no receipt from it', async () => {
      app.reply = () => ({ ok: true, value: { accepted: ['a'], duplicate: [], rejected: [], now } })
      const { signal: hand, keeps } = await open()
      expect(keeps).to.equal(false)
      expect(await hand({ signals: [signal('a')] })).to.equal(undefined)
      expect(app.asked('signal')).to.deep.equal([{ signals: [signal('a')] }])
    })

    it('lets an app keep signals that it names, and no others', async () => {
      app.signals = 'instead'
      const { signal: hand, keeps } = await open()
      expect(keeps).to.equal(true)
      const replies: [string, unknown, string[] | undefined][] = [
        ['some', { accepted: ['a'], duplicate: ['b'], rejected: [{ id: 'c', reason: 'no' }], now }, ['a', 'b']],
        ['none', { accepted: [], duplicate: [], rejected: [], now }, undefined],
        ['strange ones', { accepted: ['z'], duplicate: [], rejected: [], now }, undefined],
        ['no receipt', { accepted: 'all' }, undefined],
        ['nothing', undefined, undefined],
      ]
      for (const [what, value, taken] of replies) {
        app.reply = () => ({ ok: true, value })
        const receipt = await hand({ sentAt: now, signals: ['a', 'b', 'c'].map(signal) })
        expect(receipt && [...receipt.accepted, ...receipt.duplicate], what).to.deep.equal(taken)
        expect(receipt?.rejected ?? [], what).to.deep.equal([])
      }
    })
  })
}

describe('the line to an app', () => {
  let page: ReturnType<typeof framedPage>
  beforeEach(() => (page = framedPage()))
  afterEach(() => page.stop())
  const place = (name: string): Place => places.find((it) => it.name.includes(name))!
  const line = (app?: object) => findLine(page.view as never, app)

  it('is none where nothing stands', () => {
    expect(line()).to.equal(undefined)
    expect(line({})).to.equal(undefined)
    expect(seesApp(page.view as never, undefined)).to.equal(false)
    // The window of the tests has no page around it.
    expect(findLine(window as never, { origin: location.origin }) === undefined).to.equal(window.parent === window)
  })

  it('of React Native and of a parent is only there for a publisher who has declared an app', () => {
    const stop = place('React Native').put(new FakeApp(), page.view)
    expect(line()).to.equal(undefined)
    expect(line({})).to.be.an('object')
    stop()
    expect(line({ origin: location.origin })).to.be.an('object')
  })

  it('is no frame and no element of the same name', () => {
    const inner = page.view.document.createElement('iframe')
    inner.name = 'kanmai'
    page.view.document.body.append(inner)
    expect((page.view as { kanmai?: unknown }).kanmai).to.equal(inner.contentWindow)
    expect(line()).to.equal(undefined)
    inner.remove()
    page.view.document.body.append(Object.assign(page.view.document.createElement('p'), { id: 'kanmai' }))
    expect(line()).to.equal(undefined)
  })

  it('hears no other window, though it knows what to say', async () => {
    const other = framedPage()
    const heard: unknown[] = []
    const stops = [place('page around').put(new FakeApp(), page.view), place('the window').put(new FakeApp(), page.view)]
    stops.push(line({ origin: location.origin })!.hear((it) => heard.push(it)))
    delete (page.view as { ReactNativeWebView?: unknown }).ReactNativeWebView
    stops.push(line({ origin: location.origin })!.hear((it) => heard.push(it)))
    const script = other.view.document.createElement('script')
    script.textContent = `window.say = (view, data) => view.postMessage(data, '*')`
    other.view.document.body.append(script)
    const said = new Promise((resolve) => page.view.addEventListener('message', ({ source }) => resolve(source)))
    ;(other.view as unknown as { say(view: Window, data: string): void }).say(page.view, 'from elsewhere')
    expect(await said).to.equal(other.view)
    page.view.postMessage('from around', '*')
    await new Promise((resolve) => page.view.addEventListener('message', resolve, { once: true }))
    stops.forEach((stop) => stop())
    other.stop()
    expect(heard).to.deep.equal(['from around'])
  })

  it('tells nothing to a parent of another origin', async () => {
    const app = new FakeApp()
    const stop = place('page around').put(app, page.view)
    line({ origin: 'https://else.example' })!.post('{"kanmai":1}')
    line({ origin: location.origin })!.post('{"kanmai":2}')
    const { data } = await new Promise<MessageEvent>((resolve) => addEventListener('message', resolve, { once: true }))
    stop()
    expect(data).to.equal('{"kanmai":2}')
    app.issues.length = 0
  })
})
