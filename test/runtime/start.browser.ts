import { expect } from 'chai'
import type { Item } from '../../src/contract/item.ts'
import { KanmaiErrorEvent } from '../../src/elements/events.ts'
import { KanmaiRequestEvent, type Answer, type PageSettings, type Wishes, type WishKind } from '../../src/elements/wish.ts'
import { start, type StartOptions } from '../../src/runtime/start.ts'
import { aPublisher, FakeEndpoint, isTaken, listenToPage, well } from './fake-endpoint.ts'

function wish<K extends WishKind>(wish: Wishes[K]['wish']) {
  const request = new KanmaiRequestEvent<K>(wish)
  document.body.dispatchEvent(request)
  return request.answer!
}
const wishItem = (item: string) => wish<'item'>({ kind: 'item', item })

/** The first answer that is more than waiting, or the first that passes. */
function settled<T>(answer: ReturnType<typeof wish> | { subscribe(listener: (value: Answer<T>) => void): () => void }, passes = (it: Answer<T>) => it.state !== 'waiting') {
  return new Promise<Answer<T>>((resolve) => {
    const stop = (answer as { subscribe(listener: (value: Answer<T>) => void): () => void }).subscribe((it) => {
      if (!passes(it)) return
      resolve(it)
      queueMicrotask(() => stop())
    })
  })
}

describe('a started page', () => {
  let endpoint: FakeEndpoint
  let page: ReturnType<typeof listenToPage>
  let stop = () => {}

  const begin = (options: Partial<StartOptions> = {}) => {
    stop = start({ endpoint: 'https://shop.example', publisher: aPublisher(), consent: 'none', ...options }, endpoint.wire)
    return stop
  }

  beforeEach(() => {
    endpoint = new FakeEndpoint()
    page = listenToPage()
  })
  afterEach(() => {
    stop()
    page.stop()
    expect(page.escaped).to.deep.equal([])
  })

  it('makes one request of the wishes of one frame, sorted and once each', async () => {
    begin()
    const answers = ['lamp-b', 'lamp-a', 'lamp-b', 'lamp-c'].map(wishItem)
    const settledAnswers = await Promise.all(answers.map((it) => settled<Item>(it)))
    expect(settledAnswers.map((it) => it.state === 'ready' && it.value.id)).to.deep.equal(['lamp-b', 'lamp-a', 'lamp-b', 'lamp-c'])
    expect(endpoint.asked.sort()).to.deep.equal(['/config', '/items?ids=lamp-a,lamp-b,lamp-c'])
    expect(answers[0]).to.equal(answers[2])
  })

  it('asks for at most fifty items at once', async () => {
    begin()
    await Promise.all(Array.from({ length: 120 }, (_, i) => settled(wishItem(`lamp-${i}`))))
    const sizes = endpoint.asked.filter((it) => it.startsWith('/items')).map((it) => it.split(',').length)
    expect(sizes).to.deep.equal([50, 50, 20])
  })

  it('says of an unknown item what is wrong, and shows the others', async () => {
    begin()
    const [lamp, desk] = [wishItem('lamp'), wishItem('desk')]
    expect(await settled(lamp)).to.include({ state: 'ready' })
    expect(await settled(desk)).to.deep.equal({ state: 'failed', issue: 'unknown item "desk": import it, or correct the item attribute', unknown: true })
    expect(page.lines).to.deep.equal(['[kanmai] unknown item "desk": import it, or correct the item attribute'])
  })

  it('answers feeds and media with what was asked for', async () => {
    begin()
    const feed = wish<'feed'>({ kind: 'feed', placement: 'article end', feed: 'similar', item: 'lamp', cursor: 'a/b' })
    const film = wish<'media'>({ kind: 'media', media: 'film' })
    expect((await settled(feed)).state).to.equal('ready')
    expect((await settled(film)).state).to.equal('ready')
    expect(endpoint.asked).to.include('/feeds/article%20end?kind=similar&item=lamp&cursor=a%2Fb').and.include('/media/film/cues')
  })

  it('tells elements what the page config says, unless the tag says otherwise, and the endpoint\'s time', async () => {
    const anHour = 3600_000
    endpoint.answer = (path) =>
      path === '/config'
        ? new Response(JSON.stringify({ publisher: 'demo', locale: 'zh-CN', target: '_self', colorScheme: 'dark' }), {
            headers: { date: new Date(Date.now() + anHour).toUTCString(), age: '60' },
          })
        : well(path)
    begin({ locale: 'en', theme: 'light' })
    const answer = (await settled(wish<'page'>({ kind: 'page' }))) as Answer<PageSettings>
    expect(answer.state === 'ready' && answer.value).to.include({ locale: 'en', target: '_self', colorScheme: 'light' })
    expect(answer.state === 'ready' && answer.value.now() - Date.now()).to.be.closeTo(anHour + 60_000, 5000)
  })

  it('tells the elements that nothing may be sent, whoever says so', async () => {
    for (const [tag, said] of [['none', 'granted'], ['granted', 'none'], ['granted', 'granted']] as const) {
      endpoint.answer = (path) => (path === '/config' ? { publisher: 'demo', consent: said } : well(path))
      begin({ consent: tag })
      const answer = (await settled(wish<'page'>({ kind: 'page' }))) as Answer<PageSettings>
      expect(answer.state === 'ready' && answer.value.consent).to.equal(tag === said ? 'granted' : 'none')
      stop()
    }
  })

  it('gives the page the publisher\'s tokens, weaker than the page\'s own, and takes them back', async () => {
    endpoint.answer = () => ({ publisher: 'demo', theme: { accent: '#123456', radius: '3px' } })
    document.documentElement.style.setProperty('--kanmai-radius', '9px')
    const sheets = document.adoptedStyleSheets.length
    begin()
    await settled(wish({ kind: 'page' }))
    const style = getComputedStyle(document.documentElement)
    expect(style.getPropertyValue('--kanmai-accent')).to.equal('#123456')
    expect(style.getPropertyValue('--kanmai-radius')).to.equal('9px')
    stop()
    expect(document.adoptedStyleSheets.length).to.equal(sheets)
    document.documentElement.style.removeProperty('--kanmai-radius')
  })

  it('leaves out a token whose value this browser does not know', async () => {
    endpoint.answer = () => ({ publisher: 'demo', theme: { accent: 'nocolour', font: 'default', sale: '#654321' } })
    begin()
    await settled(wish({ kind: 'page' }))
    const style = getComputedStyle(document.documentElement)
    expect(['accent', 'font', 'sale'].map((it) => style.getPropertyValue(`--kanmai-${it}`))).to.deep.equal(['', '', '#654321'])
    await page.line()
    expect(page.lines[0]).to.contain('[kanmai] theme.font: expected names of fonts')
  })

  it('names a token that no page takes, and keeps the others', async () => {
    endpoint.answer = () => ({ publisher: 'demo', theme: { accent: 'red;background:url(//x)', sale: '#654321' } })
    begin()
    await settled(wish({ kind: 'page' }))
    await page.line()
    expect(page.lines[0]).to.contain('[kanmai] theme.accent: expected a colour')
    const style = getComputedStyle(document.documentElement)
    expect(['accent', 'sale'].map((it) => style.getPropertyValue(`--kanmai-${it}`))).to.deep.equal(['', '#654321'])
  })

  it('shows nothing and says nothing when the publisher has switched it off', async () => {
    endpoint.answer = (path) => (path === '/config' ? { publisher: 'demo', enabled: false } : well(path))
    begin({ consent: 'granted' })
    expect(await settled(wishItem('lamp'))).to.deep.equal({ state: 'failed', issue: 'switched off by the publisher' })
    document.body.dispatchEvent(new KanmaiErrorEvent({}, 'switched off by the publisher'))
    expect(page.lines).to.deep.equal([])
  })

  it('shows nothing before it is known whether it may', async () => {
    let configure = (_: unknown) => {}
    const configured = new Promise((resolve) => (configure = resolve))
    const answered = new Promise<void>((resolve) => {
      endpoint.answer = (path) => {
        if (path === '/config') return configured
        setTimeout(resolve, 20)
        return well(path)
      }
    })
    begin()
    const lamp = wishItem('lamp')
    const passed: string[] = []
    lamp.subscribe((it) => passed.push(it.state))
    await answered
    expect(passed).to.deep.equal(['waiting'])
    configure({ publisher: 'demo' })
    expect((await settled(lamp)).state).to.equal('ready')
  })

  const bad: [string, () => unknown, RegExp][] = [
    ['is down', () => Promise.reject(new TypeError('Failed to fetch')), /^\[kanmai\] https:\/\/shop\.example\/v1\/\S+ cannot be reached: start the endpoint, or .*Access-Control-Allow-Origin/],
    ['answers a page of its own', () => new Response('<html>'), /does not answer as a Kanmai endpoint does \(not JSON\): let data-endpoint name one/],
    ['answers nonsense', () => ({ items: 'none' }), /does not answer as a Kanmai endpoint does \(.*expected/],
    ['knows no such publisher', () => new Response('', { status: 404 }), /answers 404: check data-endpoint, data-publisher/],
    ['fails', () => new Response('', { status: 503, headers: { 'retry-after': '0' } }), /answers 503: look into the endpoint's log/],
  ]
  for (const [name, answer, line] of bad) {
    it(`says so in one line when the endpoint ${name}`, async () => {
      endpoint.answer = answer
      begin()
      const failed = await settled(wishItem('lamp'))
      expect(failed.state).to.equal('failed')
      expect(`[kanmai] ${failed.state === 'failed' && failed.issue}`).to.match(line)
      // An element that says it again does not make a second line of it.
      if (failed.state === 'failed') document.body.dispatchEvent(new KanmaiErrorEvent({}, failed.issue))
      expect(new Set(page.lines.map((it) => it.replace(/\(.*\)/, ''))).size).to.equal(1)
      expect(page.lines[0]).to.match(line)
    })
  }

  it('recovers when the page comes back online', async () => {
    endpoint.answer = () => Promise.reject(new TypeError('Failed to fetch'))
    begin()
    const answer = wishItem('lamp')
    await settled(answer)
    endpoint.answer = well
    const ready = settled(answer, (it) => it.state === 'ready')
    window.dispatchEvent(new Event('online'))
    expect((await ready).state).to.equal('ready')
  })

  it('keeps its one line short of nobody: a bad entry is named by its path', async () => {
    endpoint.answer = (path) => (path === '/config' ? { publisher: 'demo', colorScheme: 'pink' } : well(path))
    begin()
    await settled(wish({ kind: 'page' }))
    await page.line()
    expect(page.lines).to.deep.equal(['[kanmai] colorScheme: expected one of light, dark, auto, received "pink"'])
  })

  it('stands down beside a copy that came first', async () => {
    begin({ publisher: 'first' })
    const second = new FakeEndpoint()
    const stopSecond = start({ endpoint: 'https://shop.example', publisher: 'second' }, second.wire)
    await page.line()
    expect(page.lines[0]).to.match(/already started for https:\/\/shop\.example\/v1\/first/)
    expect(second.asked).to.deep.equal([])
    stopSecond()
    expect(isTaken()).to.equal(true)
    expect((await settled(wishItem('lamp'))).state).to.equal('ready')
  })

  it('takes an endpoint below a path, and says so when the address is none', async () => {
    const urls: string[] = []
    const fetch = endpoint.wire.fetch
    stop = start({ endpoint: 'https://a.example/shop/?x#y', publisher: 'a b' }, { ...endpoint.wire, fetch: (url, init) => (urls.push(url), fetch(url, init)) })
    await settled(wish({ kind: 'page' }))
    expect(urls[0]).to.equal('https://a.example/shop/v1/a%20b/config')
    stop()
    begin({ endpoint: 'http://[' })
    await page.line()
    expect(page.lines[0]).to.equal('[kanmai] "http://[" is no address: name the endpoint as in https://shop.example')
    expect(isTaken()).to.equal(false)
  })

  it('answers nobody after it was stopped, and may be started again', async () => {
    begin()()
    expect(wishItem('lamp')).to.equal(undefined)
    begin()
    expect((await settled(wishItem('lamp'))).state).to.equal('ready')
  })

  it('says that it is ready', () => {
    let ready = 0
    document.addEventListener('kanmai-ready', () => ready++, { once: true })
    begin()
    expect(ready).to.equal(1)
  })
})
