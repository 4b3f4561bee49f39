import { expect } from 'chai'
import { readRef } from '../../src/core/read-ref.ts'
import { KanmaiErrorEvent, KanmaiImpressionEvent, KanmaiIntentEvent, KanmaiSelectEvent } from '../../src/elements/events.ts'
import { KanmaiRequestEvent } from '../../src/elements/wish.ts'
import { createSignalStorage } from '../../src/page/signal-storage.ts'
import { start, type StartOptions } from '../../src/runtime/start.ts'
import { aPublisher, FakeEndpoint, listenToPage, well } from './fake-endpoint.ts'

const context = { item: 'lamp', placement: 'film-overlay', media: 'film', second: 12.5, list: 'l', position: 0 }
const endpointUrl = 'https://shop.example'

/** What an element does when a reader follows its link. */
function click(): string | undefined {
  const intent = new KanmaiIntentEvent(context)
  document.body.dispatchEvent(intent)
  document.body.dispatchEvent(new KanmaiSelectEvent(context, 'https://shop.example', intent.ref))
  return intent.ref
}
const see = (item = 'lamp') => document.body.dispatchEvent(new KanmaiImpressionEvent({ item }))

async function kept(publisher: string): Promise<number> {
  const storage = createSignalStorage(`${endpointUrl}/v1/${publisher}`)
  try {
    return (await storage.look(1)).count
  } finally {
    storage.close()
  }
}
const exists = async (publisher: string) => (await indexedDB.databases()).some((it) => it.name?.endsWith(publisher))

describe('the books of a page', () => {
  let endpoint: FakeEndpoint
  let page: ReturnType<typeof listenToPage>
  let publisher: string
  let stop = () => {}
  const host = window as { dataLayer?: Record<string, unknown>[] | undefined; __tcfapi?: unknown; __gpp?: unknown }

  const begin = (options: Partial<StartOptions> = {}) => {
    stop = start({ endpoint: endpointUrl, publisher, consent: 'granted', ...options }, endpoint.wire)
  }
  const config = (said: object) => {
    endpoint.answer = (path, init) => (path === '/config' ? { publisher: 'demo', ...said } : well(path, init))
  }

  beforeEach(() => {
    endpoint = new FakeEndpoint()
    page = listenToPage()
    publisher = aPublisher()
  })
  afterEach(() => {
    stop()
    page.stop()
    delete host.dataLayer
    delete host.__tcfapi
    delete host.__gpp
    indexedDB.deleteDatabase(`${endpointUrl}/v1/${publisher}`)
    expect(page.escaped).to.deep.equal([])
  })

  it('gives a click\'s intent a ref, and sends its signal under that very id', async () => {
    begin()
    const ref = click()
    await endpoint.until(() => endpoint.signals.length > 0)
    const [signal] = endpoint.signals
    expect(readRef(ref!)?.second).to.equal(12)
    expect(signal).to.include({ ...context, id: ref, ref, type: 'click', page: location.origin + location.pathname, seq: 0 })
    expect(signal!['session']).to.be.a('string')
    expect(signal!['durable']).to.equal(undefined)
  })

  it('forgets what a receipt names', async () => {
    begin()
    click()
    await endpoint.until(() => endpoint.signals.length > 0)
    while ((await kept(publisher)) > 0) await new Promise((resolve) => requestAnimationFrame(resolve))
  })

  it('keeps on disk what is not receipted, and sends it from the next page', async () => {
    endpoint.answer = (path, init) => (path === '/signals' ? new Response('', { status: 503 }) : well(path, init))
    begin()
    const ref = click()
    await endpoint.until(() => endpoint.asked.includes('/signals'))
    expect(await kept(publisher)).to.equal(1)
    stop()
    expect(endpoint.beacons[0]).to.include(ref)
    endpoint = new FakeEndpoint()
    begin()
    await endpoint.until(() => endpoint.signals.length > 0)
    expect(endpoint.signals.map((it) => it['id'])).to.deep.equal([ref])
  })

  it('keeps what happened before it was open, in order', async () => {
    begin()
    see('lamp-1')
    see('lamp-2')
    click()
    await endpoint.until(() => endpoint.signals.length >= 3)
    expect(endpoint.signals.map((it) => [it['type'], it['item'], it['seq']])).to.deep.equal([['impression', 'lamp-1', 0], ['impression', 'lamp-2', 1], ['click', 'lamp', 2]])
  })

  it('counts what a host stops on its way', async () => {
    begin()
    const div = document.body.appendChild(document.createElement('div'))
    div.addEventListener('kanmai-select', (event) => event.stopPropagation())
    div.dispatchEvent(new KanmaiSelectEvent(context, 'https://shop.example'))
    div.remove()
    await endpoint.until(() => endpoint.signals.length > 0)
    expect(endpoint.signals[0]!['id']).to.match(/^[0-9a-f-]{36}$/)
  })

  it('says of a click how it was made, and of everything that a program drives the browser', async () => {
    begin()
    document.body.dispatchEvent(new KanmaiSelectEvent({ item: 'lamp', trusted: false }, 'https://shop.example', 'r1'))
    see()
    await endpoint.until(() => endpoint.signals.length > 1)
    expect(navigator.webdriver).to.equal(true)
    expect(endpoint.signals[0]).to.include({ trusted: false, automated: true })
    expect(endpoint.signals[1]).to.include({ type: 'impression', automated: true })
  })

  it('under essential consent stores nothing and knows no visit', async () => {
    begin({ consent: 'essential' })
    const ref = click()
    await endpoint.until(() => endpoint.signals.length > 0)
    expect(endpoint.signals[0]).to.include({ id: ref }).and.not.have.any.keys('session', 'seq')
    expect(await exists(publisher)).to.equal(false)
  })

  for (const [name, tag, said] of [['the tag', 'none', 'granted'], ['the page config', 'granted', 'none']] as const) {
    it(`sends nothing when ${name} forbids it, and links go out without a ref`, async () => {
      config({ consent: said, dataLayer: true })
      begin({ consent: tag })
      const request = new KanmaiRequestEvent<'page'>({ kind: 'page' })
      document.dispatchEvent(request)
      await new Promise<void>((resolve) => request.answer!.subscribe((it) => it.state === 'ready' && resolve()))
      expect(click()).to.equal(undefined)
      document.dispatchEvent(new Event('visibilitychange'))
      // What would have been sent would have been sent by the time that the library has stopped.
      await import('../../src/runtime/books.ts')
      await new Promise((resolve) => setTimeout(resolve, 50))
      stop()
      expect(endpoint.asked.filter((it) => it !== '/config')).to.deep.equal([])
      expect(endpoint.beacons).to.deep.equal([])
      expect(host.dataLayer).to.equal(undefined)
      expect(await exists(publisher)).to.equal(false)
    })
  }

  it('tells the page\'s data layer the same, when the page config says so', async () => {
    config({ dataLayer: true })
    host.dataLayer = [{ event: 'before' }]
    begin()
    const ref = click()
    await endpoint.until(() => endpoint.signals.length > 0)
    expect(host.dataLayer).to.deep.equal([{ event: 'before' }, { event: 'kanmai_click', ...context, ref }])
  })

  it('counts errors, but not without end', async () => {
    begin()
    for (let i = 0; i < 30; i++) document.body.dispatchEvent(new KanmaiErrorEvent({ item: 'x' }, 'unknown item "x"'))
    click()
    await endpoint.until(() => endpoint.signals.some((it) => it['type'] === 'click'))
    const errors = endpoint.signals.filter((it) => it['type'] === 'error')
    expect(errors.length).to.equal(10)
    expect(errors[0]).to.include({ detail: 'unknown item "x"', item: 'x' })
  })

  it('hands what is not receipted to the browser when the page is left', async () => {
    endpoint.answer = (path, init) => (path === '/signals' ? new Promise(() => {}) : well(path, init))
    begin()
    const ref = click()
    await endpoint.until(() => endpoint.asked.includes('/signals'))
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    expect(JSON.parse(endpoint.beacons[0]!).signals[0].id).to.equal(ref)
    while ((await navigator.locks.query()).held?.some((it) => it.name?.includes(publisher))) await new Promise((resolve) => requestAnimationFrame(resolve))
  })

  it('waits for the page\'s consent platform, and forgets everything when it is revoked', async () => {
    type Tcf = (data: object, success: boolean) => void
    let tell: Tcf = () => {}
    let removed = 0
    let asked = false
    host.__tcfapi = (command: string, _version: number, callback: Tcf) => {
      if (command === 'removeEventListener') removed++
      else {
        tell = callback
        asked = true
        tell({ eventStatus: 'cmpuishown', listenerId: 7, gdprApplies: true }, true)
      }
    }
    endpoint.answer = (path, init) => (path === '/signals' ? new Response('', { status: 503 }) : well(path, init))
    begin({ consent: 'auto' })
    click()
    await endpoint.until(() => endpoint.asked.includes('/signals'))
    expect(await exists(publisher)).to.equal(false)
    // What speaks with the platform is loaded on its own.
    while (!asked) await new Promise((resolve) => requestAnimationFrame(resolve))

    const purposes = { 1: true, 7: true, 8: true }
    tell({ eventStatus: 'useractioncomplete', gdprApplies: true, purpose: { consents: purposes } }, true)
    const ref = click()
    while ((await kept(publisher)) < 2) await new Promise((resolve) => requestAnimationFrame(resolve))

    tell({ eventStatus: 'useractioncomplete', gdprApplies: true, purpose: { consents: { ...purposes, 1: false } } }, true)
    while (await exists(publisher)) await new Promise((resolve) => requestAnimationFrame(resolve))
    stop()
    expect(endpoint.beacons.join()).to.not.include(ref)
    expect(removed).to.equal(1)
  })

  /** A platform of the page that says what it is told to. */
  function platform(): { say(...consents: number[]): void; show(): void; asked(): Promise<void> } {
    type Tcf = (data: object, success: boolean) => void
    let tell: Tcf | undefined
    host.__tcfapi = (command: string, _version: number, callback: Tcf) => {
      if (command === 'addEventListener') tell = callback
    }
    return {
      say: (...consents) =>
        tell!({ eventStatus: 'useractioncomplete', gdprApplies: true, purpose: { consents: Object.fromEntries(consents.map((it) => [it, true])) } }, true),
      show: () => tell!({ eventStatus: 'cmpuishown', gdprApplies: true, purpose: { consents: {} } }, true),
      async asked() {
        while (!tell) await frame()
      },
    }
  }
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const visitKey = () => `kanmai ${endpointUrl}/v1/${publisher}`
  /** The visit, as the tab's next page would find it. */
  const visit = () => {
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    const found = sessionStorage.getItem(visitKey())
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    return found
  }
  const down = () => {
    endpoint.answer = (path, init) => (path === '/signals' ? new Response('', { status: 503 }) : well(path, init))
  }

  it('keeps nothing of a time in which consent was denied, and gives it no visit', async () => {
    down()
    const reader = platform()
    begin({ consent: 'auto' })
    await reader.asked()
    reader.say(1, 7, 8)
    see('lamp-granted')
    while ((await kept(publisher)) < 1) await frame()
    const first = visit()
    expect(first).to.match(/ 1$/)
    reader.say()
    see('lamp-denied')
    while (await exists(publisher)) await frame()
    expect(visit()).to.equal(null)
    reader.say(1, 7, 8)
    see('lamp-again')
    while ((await kept(publisher)) < 1) await frame()
    expect(visit()).to.be.a('string').and.not.equal(first)
    // The endpoint is back, and the reader too.
    endpoint.answer = well
    window.dispatchEvent(new Event('online'))
    await endpoint.until(() => endpoint.signals.length >= 2)
    expect(Object.fromEntries(endpoint.signals.map((it) => [it['item'], it['seq']]))).to.deep.equal({ 'lamp-denied': undefined, 'lamp-again': 0 })
  })

  it('does not try again what was on its way when consent was taken back, and leaves nothing behind', async () => {
    let refuse = (): void => {}
    endpoint.answer = (path, init) => (path === '/signals' ? new Promise((resolve) => (refuse = () => resolve(new Response('', { status: 503 })))) : well(path, init))
    const reader = platform()
    begin({ consent: 'auto' })
    await reader.asked()
    reader.say(1, 7, 8)
    const ref = click()
    await endpoint.until(() => endpoint.asked.includes('/signals'))
    reader.say()
    while (await exists(publisher)) await frame()
    refuse()
    endpoint.answer = well
    see('lamp-denied')
    window.dispatchEvent(new Event('online'))
    await endpoint.until(() => endpoint.signals.length > 0)
    stop()
    expect(endpoint.signals.map((it) => it['item'])).to.deep.equal(['lamp-denied'])
    expect(endpoint.beacons.join()).to.not.include(ref)
    expect(await exists(publisher)).to.equal(false)
  })

  it('forgets in this tab what was taken back in another', async () => {
    down()
    const reader = platform()
    begin({ consent: 'auto' })
    await reader.asked()
    reader.say(1, 7, 8)
    const ref = click()
    while ((await kept(publisher)) < 1) await frame()
    const other = new BroadcastChannel(`${visitKey()} consent`)
    other.postMessage('forgotten')
    while (await exists(publisher)) await frame()
    expect(sessionStorage.getItem(visitKey())).to.equal(null)
    stop()
    expect(endpoint.beacons.join()).to.not.include(ref)
    other.close()
  })

  it('does not take for a new grant that the reader is asked again', async () => {
    const reader = platform()
    begin({ consent: 'auto' })
    await reader.asked()
    reader.say(1, 7, 8)
    const other = new BroadcastChannel(`${visitKey()} consent`)
    click()
    while ((await kept(publisher)) < 1) await frame()
    other.postMessage('forgotten')
    while (await exists(publisher)) await frame()
    reader.show()
    click()
    await frame()
    expect(sessionStorage.getItem(visitKey())).to.equal(null)
    expect(await exists(publisher)).to.equal(false)
    reader.say(1, 7, 8)
    while (!(await exists(publisher))) await frame()
    other.close()
  })

  it('tells the other tabs when consent is taken back', async () => {
    const reader = platform()
    begin({ consent: 'auto' })
    await reader.asked()
    const other = new BroadcastChannel(`${visitKey()} consent`)
    const told = new Promise((resolve) => (other.onmessage = ({ data }) => resolve(data)))
    reader.say(1, 7, 8)
    reader.say()
    expect(await told).to.equal('forgotten')
    other.close()
  })

  it('counts nothing, gives no ref and forgets what it had once the reader objects in another tab', async () => {
    down()
    begin()
    click()
    while ((await kept(publisher)) < 1) await frame()
    localStorage.setItem(visitKey(), 'not counted')
    window.dispatchEvent(new StorageEvent('storage', { key: visitKey() }))
    try {
      expect(click()).to.equal(undefined)
      while (await exists(publisher)) await frame()
      stop()
      expect(endpoint.beacons).to.deep.equal([])
      endpoint = new FakeEndpoint()
      begin()
      expect(click()).to.equal(undefined)
      await new Promise((resolve) => setTimeout(resolve, 100))
      stop()
      expect(endpoint.asked).to.not.include('/signals')
      expect(endpoint.beacons).to.deep.equal([])
    } finally {
      localStorage.removeItem(visitKey())
    }
  })

  it('follows the browser that begins to opt out on an open page', async () => {
    down()
    begin()
    see('lamp-before')
    while ((await kept(publisher)) < 1) await frame()
    Object.defineProperty(navigator, 'globalPrivacyControl', { value: true, configurable: true })
    try {
      see('lamp-after')
      while (await exists(publisher)) await frame()
      endpoint.answer = well
      window.dispatchEvent(new Event('online'))
      await endpoint.until(() => endpoint.signals.length > 0)
      expect(endpoint.signals.map((it) => [it['item'], it['session']])).to.deep.equal([['lamp-after', undefined]])
    } finally {
      delete (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl
    }
  })

  it('follows an opt-out that the browser makes for its reader', async () => {
    Object.defineProperty(navigator, 'globalPrivacyControl', { value: true, configurable: true })
    begin()
    click()
    await endpoint.until(() => endpoint.signals.length > 0)
    delete (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl
    expect(endpoint.signals[0]).to.not.have.any.keys('session', 'seq')
    expect(await exists(publisher)).to.equal(false)
  })

  it('goes on in memory where storage is denied, says so once, and marks what it sends', async () => {
    const { open } = indexedDB
    IDBFactory.prototype.open = () => {
      throw new DOMException('denied', 'SecurityError')
    }
    try {
      begin()
      click()
      see()
      await endpoint.until(() => endpoint.signals.length >= 1)
      expect(endpoint.signals[0]).to.include({ type: 'click', durable: false })
      await page.line()
      expect(page.lines).to.have.lengthOf(1)
      expect(page.lines[0]).to.match(/^\[kanmai\] signals cannot be kept on disk \(SecurityError: denied\)/)
    } finally {
      IDBFactory.prototype.open = open
    }
  })
})
