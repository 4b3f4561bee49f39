import { expect } from 'chai'
import '../../src/elements/kanmai-card.ts'
import '../../src/elements/kanmai-coupon.ts'
import type { AppWindow } from '../../src/page/bridge/app-window.ts'
import { start } from '../../src/runtime/start.ts'
import { until } from '../elements/fake-page.ts'
import { FakeApp, places } from '../page/fake-app.ts'
import { aPublisher, FakeEndpoint, listenToPage, well } from './fake-endpoint.ts'

const item = {
  id: 'lamp',
  title: 'Lamp',
  url: 'https://shop.example/lamp?ref={ref}',
  links: { universal: 'https://m.shop.example/lamp?ref={ref}', app: 'taobao://lamp?ref={ref}' },
  offers: [
    { id: 'o1', kind: 'redpacket', claimUrl: 'https://shop.example/claim?ref={ref}' },
    { id: 'o2', kind: 'code', code: 'SAVE10' },
  ],
}

describe('a page in an app', () => {
  let endpoint: FakeEndpoint
  let page: ReturnType<typeof listenToPage>
  let app: FakeApp
  let stops: (() => void)[]
  /** Links that the page followed by itself, after the app was asked. */
  let followed: string[]
  /** What became of clicks on links: whether somebody took them from the browser. */
  let taken: boolean[]
  let config: object

  const { click } = HTMLElement.prototype
  const { matchMedia, setTimeout: later } = window

  const begin = async () => {
    endpoint.answer = (path, init) =>
      path === '/config' ? { publisher: 'demo', target: '_blank', ...config } : path.startsWith('/items') ? { items: [item] } : well(path, init)
    stops.push(start({ endpoint: 'https://shop.example', publisher: aPublisher(), consent: 'essential' }, endpoint.wire))
    // Its answer is heard after the question.
    if (app.verbs.length) await until(() => app.asked('hello').length).then(() => new Promise((resolve) => later(resolve, 20)))
  }
  const put = async (tag: 'kanmai-card' | 'kanmai-coupon', part: string, attributes = {}): Promise<HTMLElement> => {
    const element = document.body.appendChild(Object.assign(document.createElement(tag), { item: 'lamp', ...attributes }))
    stops.push(() => element.remove())
    return until(() => element.shadowRoot?.querySelector<HTMLElement>(`[part~=${part}]`))
  }
  const press = (link: HTMLElement, init: MouseEventInit = {}) =>
    link.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, ...init }))

  // The tests' own page must stay: whatever nobody has taken is looked at, and stopped, last of all.
  const handleClick = (event: Event): void => {
    taken.push(event.defaultPrevented)
    event.preventDefault()
  }

  beforeEach(() => {
    endpoint = new FakeEndpoint()
    page = listenToPage()
    app = new FakeApp()
    stops = [places[0]!.put(app, window)]
    followed = []
    taken = []
    config = {}
    HTMLElement.prototype.click = function (this: HTMLElement) {
      if (this instanceof HTMLAnchorElement && !this.isConnected) followed.push(`${this.target} ${this.href}`)
      else click.call(this)
    }
    window.addEventListener('click', handleClick)
  })
  afterEach(() => {
    stops.reverse().forEach((stop) => stop())
    page.stop()
    HTMLElement.prototype.click = click
    Object.assign(window, { matchMedia, setTimeout: later })
    window.removeEventListener('click', handleClick)
    expect(page.escaped).to.deep.equal([])
    expect(app.issues).to.deep.equal([])
  })

  it('lets the app open a product, with the ref in its link and where it was pressed', async () => {
    await begin()
    const link = await put('kanmai-card', 'link', { placement: 'app-feed' })
    press(link)
    expect(taken).to.deep.equal([true])
    const opened = await until(() => app.asked('open')[0])
    expect(opened).to.include({ item: 'lamp', placement: 'app-feed', url: `https://shop.example/lamp?ref=${opened['ref']}` })
    expect(opened['ref']).to.match(/^[a-z0-9]{29}$/)
    await endpoint.until(() => endpoint.signals.some((it) => it['id'] === opened['ref']))
    expect(followed).to.deep.equal([])
  })

  for (const [what, make] of [
    ['refuses', (it: FakeApp) => (it.reply = () => ({ ok: false }))],
    ['is silent', (it: FakeApp) => (it.reply = () => undefined)],
    ['falls over', (it: FakeApp) => (it.reply = () => Promise.reject(new Error('the app has ended')))],
  ] as const) {
    it(`follows the link itself when the app ${what}`, async () => {
      make(app)
      await begin()
      press(await put('kanmai-card', 'link'))
      const to = await until(() => followed[0])
      const [{ url }] = app.asked('open') as [{ url: string }]
      // Nobody has pressed anything in a test: a window that nobody asked for would not be opened.
      expect(to).to.equal(`_self ${url}`)
    })
  }

  it('leaves to the browser what the app does not open', async () => {
    app.verbs = ['copy']
    await begin()
    press(await put('kanmai-card', 'link'))
    expect(taken).to.deep.equal([false])
  })

  it('leaves to the page what it takes over itself', async () => {
    await begin()
    const own = (event: Event): void => event.preventDefault()
    document.addEventListener('kanmai-select', own)
    press(await put('kanmai-card', 'link'))
    document.removeEventListener('kanmai-select', own)
    expect(taken).to.deep.equal([true])
    await new Promise((resolve) => later(resolve, 50))
    expect([app.asked('open'), followed]).to.deep.equal([[], []])
  })

  it('leaves to the browser who wants another tab', async () => {
    await begin()
    const link = await put('kanmai-card', 'link')
    for (const by of [{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }]) press(link, by)
    expect(taken).to.deep.equal([false, false, false])
    expect(app.asked('open')).to.deep.equal([])
  })

  it('lets a second press go the browser\'s way at once', async () => {
    app.reply = () => undefined
    await begin()
    const link = await put('kanmai-card', 'link')
    press(link)
    press(link)
    expect(taken).to.deep.equal([true, false])
    await new Promise((resolve) => later(resolve, 1200))
    expect(followed).to.deep.equal([])
  })

  it('lets the app sign the reader in before a coupon is claimed, and claims it either way', async () => {
    for (const ok of [true, false]) {
      app.reply = ({ verb }) => ({ ok: verb === 'login' ? ok : true })
      if (ok) await begin()
      press(await put('kanmai-coupon', 'claim', { offer: 'o1' }))
      await until(() => app.asked('open').length === (ok ? 1 : 2))
    }
    expect(app.calls.map((it) => it.verb).filter((it) => it !== 'signal')).to.deep.equal(['hello', 'login', 'open', 'login', 'open'])
    expect(app.asked('login')[0]).to.deep.equal({ item: 'lamp', offer: 'o1' })
    expect(app.asked('open')[0]!['url']).to.match(/claim\?ref=[a-z0-9]{29}$/)
  })

  describe('on a telephone', () => {
    beforeEach(() => {
      window.matchMedia = ((query: string) => ({ matches: query.includes('coarse') })) as never
      window.setTimeout = ((callback: () => void, wait: number) => later(callback, wait === 1500 ? 1 : wait)) as never
    })

    it('tells the app of the shop\'s own app, when its scheme is declared', async () => {
      config = { app: { schemes: ['taobao'] } }
      await begin()
      press(await put('kanmai-card', 'link'))
      const opened = await until(() => app.asked('open')[0])
      const ref = String(opened['ref'])
      expect(opened).to.include({ app: `taobao://lamp?ref=${ref}`, universal: `https://m.shop.example/lamp?ref=${ref}` })
    })

    it('tries the universal link, the shop\'s app and the web in turn', async () => {
      app.verbs = []
      config = { app: { schemes: ['taobao'] } }
      await begin()
      await endpoint.until(() => endpoint.asked.length > 0)
      const link = await put('kanmai-card', 'link')
      await until(() => (press(link), followed.length >= 3))
      const names = followed.map((it) => it.replace(/ref=[a-z0-9]{29}$/, 'ref'))
      expect(names.slice(-3)).to.deep.equal(['_self https://m.shop.example/lamp?ref', '_self taobao://lamp?ref', '_self https://shop.example/lamp?ref'])
    })

    it('opens no app of a scheme that is not declared', async () => {
      app.verbs = ['open']
      config = { app: { schemes: ['javascript', 'weixin'] } }
      await begin()
      press(await put('kanmai-card', 'link'))
      const opened = await until(() => app.asked('open')[0])
      expect(opened).to.not.have.any.keys('app')
    })
  })

  it('lets the app copy a code, and copies it itself when the app does not', async () => {
    const { clipboard } = navigator
    const copied: string[] = []
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: async (text: string) => void copied.push(text) } })
    stops.push(() => Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard }))
    await begin()
    const button = await put('kanmai-coupon', 'claim', { offer: 'o2' })
    const codes: string[] = []
    const handleCopy = (event: Event): void => void codes.push((event as Event & { code: string }).code)
    document.addEventListener('kanmai-copy', handleCopy)
    stops.push(() => document.removeEventListener('kanmai-copy', handleCopy))
    button.click()
    await until(() => codes.length === 1)
    expect([app.asked('copy'), copied]).to.deep.equal([[{ text: 'SAVE10' }], []])
    app.reply = () => ({ ok: false })
    button.click()
    await until(() => codes.length === 2)
    expect(copied).to.deep.equal(['SAVE10'])
  })

  it('lets the app share a product, with a ref of its own, and shares it itself when the app does not', async () => {
    const { share } = navigator
    const shared: ShareData[] = []
    const heard: (Event & { ref?: string })[] = []
    const handleShare = (event: Event): void => void heard.push(event)
    Object.defineProperty(navigator, 'share', { configurable: true, value: async (data: ShareData) => void shared.push(data) })
    document.addEventListener('kanmai-share', handleShare)
    stops.push(() => {
      Object.defineProperty(navigator, 'share', { configurable: true, value: share })
      document.removeEventListener('kanmai-share', handleShare)
    })
    await begin()
    const button = await put('kanmai-card', 'share')
    button.click()
    await until(() => heard.length === 1)
    const [told] = app.asked('share')
    expect(told).to.include({ title: 'Lamp', item: 'lamp', ref: heard[0]!.ref, url: `https://shop.example/lamp?ref=${heard[0]!.ref}` })
    await endpoint.until(() => endpoint.signals.some((it) => it['type'] === 'share' && it['ref'] === heard[0]!.ref))
    app.reply = () => ({ ok: false })
    button.click()
    await until(() => heard.length === 2)
    expect(shared).to.deep.equal([{ title: 'Lamp', url: `https://shop.example/lamp?ref=${heard[1]!.ref}` }])
    expect(heard[1]!.ref).to.not.equal(heard[0]!.ref)
  })

  it('tells an app that listens of every signal, and the endpoint too', async () => {
    await begin()
    press(await put('kanmai-card', 'link'))
    await endpoint.until(() => endpoint.signals.some((it) => it['type'] === 'click'))
    const told = app.asked('signal').flatMap(({ signals }) => signals as { id: string }[])
    expect(told.map((it) => it.id)).to.deep.equal(endpoint.signals.map((it) => it['id']))
  })

  describe('that keeps its signals', () => {
    const receipt = (accepted: string[]) => ({ ok: true, value: { accepted, duplicate: [], rejected: [], now: new Date().toISOString() } })
    const idsOf = ({ body }: { body: unknown }) => (body as { signals: { id: string }[] }).signals.map((it) => it.id)
    beforeEach(() => void (app.signals = 'instead'))

    it('sends to the app alone what the app takes upon itself', async () => {
      app.reply = (call) => (call.verb === 'signal' ? receipt(idsOf(call)) : { ok: true })
      await begin()
      press(await put('kanmai-card', 'link'))
      const opened = await until(() => app.asked('open')[0])
      await until(() => app.calls.some((it) => it.verb === 'signal' && idsOf(it).includes(String(opened['ref']))))
      stops.pop()!()
      expect(endpoint.asked).to.not.include('/signals')
    })

    it('sends to the endpoint what the app does not name', async () => {
      app.reply = (call) => (call.verb === 'signal' ? receipt([]) : { ok: true })
      await begin()
      press(await put('kanmai-card', 'link'))
      await endpoint.until(() => endpoint.signals.some((it) => it['type'] === 'click'))
      const told = app.asked('signal').flatMap(({ signals }) => signals as { id: string }[])
      expect(told.map((it) => it.id)).to.include(endpoint.signals[0]!['id'])
    })
  })

  it('is left alone by an app that speaks otherwise', async () => {
    app.write = () => '{"type":"welcome"}'
    await begin()
    press(await put('kanmai-card', 'link'))
    expect(taken).to.deep.equal([false])
    expect((window as AppWindow).webkit).to.be.an('object')
  })
})
