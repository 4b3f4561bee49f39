import { expect } from 'chai'
import { KanmaiImpressionEvent } from '../../src/elements/events.ts'
import { KanmaiRequestEvent, type Answer, type Privacy, type SavedItems } from '../../src/elements/wish.ts'
import { createSavedStorage } from '../../src/page/saved-storage.ts'
import { createSignalStorage } from '../../src/page/signal-storage.ts'
import { start, type StartOptions } from '../../src/runtime/start.ts'
import { until } from '../elements/fake-page.ts'
import { aPublisher, FakeEndpoint, listenToPage, well } from './fake-endpoint.ts'

/** What the page's runtime answers, followed as an element would. */
function follow<K extends 'privacy' | 'saved', V extends { privacy: Privacy; saved: SavedItems }[K]>(kind: K): { now(): V | undefined; leave(): void } {
  const request = new KanmaiRequestEvent({ kind })
  document.body.dispatchEvent(request)
  let answer: Answer<unknown> | undefined
  const leave = request.answer!.subscribe((it) => (answer = it))
  return { now: () => (answer?.state === 'ready' ? (answer.value as V) : undefined), leave }
}
const see = (item: string) => document.body.dispatchEvent(new KanmaiImpressionEvent({ item }))

describe('what a reader is told of their visit', () => {
  let endpoint: FakeEndpoint
  let page: ReturnType<typeof listenToPage>
  let publisher: string
  let stop = (): void => {}

  const base = () => `https://shop.example/v1/${publisher}`
  const key = () => `kanmai ${base()}`
  const begin = (options: Partial<StartOptions> = {}): void => {
    stop = start({ endpoint: 'https://shop.example', publisher, consent: 'granted', ...options }, endpoint.wire)
  }
  const down = (): void => {
    endpoint.answer = (path, init) => (path === '/signals' ? new Response('', { status: 503 }) : well(path, init))
  }
  const databases = async () => (await indexedDB.databases()).map(({ name }) => name).filter((it) => it?.startsWith(base()))

  beforeEach(() => {
    endpoint = new FakeEndpoint()
    page = listenToPage()
    publisher = aPublisher()
  })
  afterEach(() => {
    stop()
    page.stop()
    localStorage.removeItem(key())
    for (const name of [base(), `${base()} saved`]) indexedDB.deleteDatabase(name)
    expect(page.escaped).to.deep.equal([])
  })

  it('is what was delivered, by type, and no more once it was', async () => {
    begin()
    const privacy = follow('privacy')
    see('lamp')
    see('rug')
    await until(() => privacy.now()?.sent.counts['impression'] === 2 && !privacy.now()!.waiting.length)
    const { consent, why, visit, sent, endpoint: host } = privacy.now()!
    expect({ consent, why, host }).to.deep.equal({ consent: 'granted', why: 'tag', host: 'shop.example' })
    expect(sent.latest.map(({ item, seq }) => [item, seq])).to.deep.equal([['lamp', 0], ['rug', 1]])
    expect(visit).to.deep.equal({ session: sent.latest[0]!.session, seq: 2 })
  })

  it('is what waits, of this page and of those before it', async () => {
    down()
    begin()
    see('lamp')
    const storage = createSignalStorage(base())
    await until(() => endpoint.asked.includes('/signals'))
    while (!(await storage.look(1)).count) await new Promise(requestAnimationFrame)
    storage.close()
    stop()
    begin()
    const privacy = follow('privacy')
    await until(() => privacy.now()?.waiting.length === 1)
    see('rug')
    await until(() => privacy.now()!.waiting.length === 2)
    expect(privacy.now()!.waiting.map(({ item }) => item)).to.deep.equal(['lamp', 'rug'])
    expect(privacy.now()!.sent.counts).to.deep.equal({})
  })

  it('can be asked for without anything being stored for that', async () => {
    begin({ consent: 'essential' })
    const privacy = follow('privacy')
    see('lamp')
    await until(() => privacy.now()?.sent.counts['impression'])
    expect(privacy.now()).to.deep.include({ consent: 'essential', why: 'tag', visit: undefined })
    expect(await databases()).to.deep.equal([])
    expect([sessionStorage.getItem(key()), localStorage.getItem(key())]).to.deep.equal([null, null])
  })

  it('is gone when the reader wipes it: reports, visit and saved items, and the visit begins anew', async () => {
    down()
    begin()
    const privacy = follow('privacy')
    const saved = follow('saved')
    await until(() => saved.now())
    saved.now()!.keep({ id: 'lamp', title: 'Lamp', url: 'https://shop.example' })
    see('lamp')
    await until(() => privacy.now()?.waiting.length === 1 && privacy.now()!.saved.length === 1)
    const before = privacy.now()!.visit
    privacy.now()!.wipe()
    await until(() => !privacy.now()!.waiting.length && !privacy.now()!.saved.length)
    expect(privacy.now()!.visit).to.equal(undefined)
    expect(sessionStorage.getItem(key())).to.equal(null)
    while ((await createSavedStorage(`${base()} saved`).all()).length) await new Promise(requestAnimationFrame)
    see('rug')
    await until(() => privacy.now()!.waiting.length)
    expect(privacy.now()!.waiting.map(({ item, seq }) => [item, seq])).to.deep.equal([['rug', 0]])
    expect(privacy.now()!.visit!.session).to.not.equal(before!.session)
    privacy.leave()
    saved.leave()
  })

  it('is that they are not counted, once they object, and for as long as they do', async () => {
    begin()
    const privacy = follow('privacy')
    await until(() => privacy.now())
    privacy.now()!.object(true)
    await until(() => privacy.now()!.objected)
    expect(privacy.now()).to.deep.include({ consent: 'none', why: 'reader', remembered: true })
    const settings = new KanmaiRequestEvent<'page'>({ kind: 'page' })
    document.dispatchEvent(settings)
    expect(settings.answer!.get()).to.have.nested.property('value.consent', 'none')
    see('lamp')
    stop()
    expect([endpoint.asked.includes('/signals'), endpoint.beacons]).to.deep.equal([false, []])
    begin()
    const again = follow('privacy')
    await until(() => again.now())
    expect(again.now()).to.deep.include({ consent: 'none', why: 'reader' })
    again.now()!.object(false)
    await until(() => again.now()!.consent === 'granted')
    see('rug')
    await until(() => again.now()!.sent.counts['impression'])
    expect(localStorage.getItem(key())).to.equal(null)
  })

  it('is that it lasts as long as the page, where their wish cannot be kept', async () => {
    begin()
    const privacy = follow('privacy')
    await until(() => privacy.now())
    const { setItem } = Storage.prototype
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    try {
      privacy.now()!.object(true)
      await until(() => privacy.now()!.objected)
    } finally {
      Storage.prototype.setItem = setItem
    }
    expect(privacy.now()!.remembered).to.equal(false)
    document.dispatchEvent(new Event('visibilitychange'))
    see('lamp')
    expect(privacy.now()!.consent).to.equal('none')
  })

  it('is that nothing is done where the publisher has switched everything off', async () => {
    endpoint.answer = (path, init) => (path === '/config' ? { publisher: 'demo', enabled: false } : well(path, init))
    begin()
    const privacy = follow('privacy')
    await until(() => privacy.now())
    expect(privacy.now()).to.deep.include({ consent: 'none', why: 'off' })
  })
})
