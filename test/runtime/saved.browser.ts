import { expect } from 'chai'
import type { Item } from '../../src/contract/item.ts'
import type { SavedItem, SavedStorage } from '../../src/core/saved-items.ts'
import { KanmaiSaveEvent } from '../../src/elements/events.ts'
import { KanmaiRequestEvent, type Answer, type SavedItems } from '../../src/elements/wish.ts'
import { createSavedStorage } from '../../src/page/saved-storage.ts'
import { openSaved } from '../../src/runtime/saved.ts'
import type { $Answer, Site } from '../../src/runtime/site.ts'
import { start, type StartOptions } from '../../src/runtime/start.ts'
import { leftListeners, until } from '../elements/fake-page.ts'
import { aPublisher, FakeEndpoint, listenToPage } from './fake-endpoint.ts'

const item = (id: string): Item => ({ id, title: id, url: 'https://shop.example' })

/** What the page's runtime answers, followed as an element would. */
function follow(): { ids(): string[] | undefined; now(): SavedItems; leave(): void } {
  const request = new KanmaiRequestEvent<'saved'>({ kind: 'saved' })
  document.body.dispatchEvent(request)
  let answer: Answer<SavedItems> | undefined
  const leave = request.answer!.subscribe((it) => (answer = it))
  const now = (): SavedItems => {
    if (answer?.state !== 'ready') throw new Error('not answered yet')
    return answer.value
  }
  return { ids: () => (answer?.state === 'ready' ? answer.value.items.map(({ id }) => id) : undefined), now, leave }
}

describe('what is saved for later', () => {
  let endpoint: FakeEndpoint
  let page: ReturnType<typeof listenToPage>
  let publisher: string
  let stop = (): void => {}

  const base = (): string => `https://shop.example/v1/${publisher} saved`
  const begin = (options: Partial<StartOptions> = {}): void => {
    stop = start({ endpoint: 'https://shop.example', publisher, consent: 'granted', ...options }, endpoint.wire)
  }
  const onDisk = async (): Promise<string[]> => (await createSavedStorage(base()).all()).map(({ id }) => id)

  beforeEach(() => {
    publisher = aPublisher()
    endpoint = new FakeEndpoint()
    page = listenToPage()
  })
  afterEach(async () => {
    stop()
    page.stop()
    indexedDB.deleteDatabase(base())
    expect(page.escaped).to.deep.equal([])
  })

  for (const consent of ['granted', 'essential', 'auto'] as const) {
    it(`outlives the page under the consent ${consent}`, async () => {
      begin({ consent })
      const saved = follow()
      await until(() => saved.ids())
      expect(saved.now().lasting).to.equal(true)
      saved.now().keep(item('lamp'), 1)
      saved.now().keep(item('rug'), 2)
      expect(saved.ids()).to.deep.equal(['rug', 'lamp'])
      while ((await onDisk()).length < 2) await new Promise(requestAnimationFrame)
      stop()
      begin({ consent })
      const again = follow()
      await until(() => again.ids()?.length === 2)
      expect(again.ids()).to.deep.equal(['rug', 'lamp'])
      again.now().drop('rug')
      expect(again.ids()).to.deep.equal(['lamp'])
    })
  }

  it('stays in memory under the consent none, as long as the page', async () => {
    begin({ consent: 'none' })
    const saved = follow()
    await until(() => saved.ids())
    saved.now().keep(item('lamp'))
    expect(saved.now().lasting).to.equal(false)
    expect(saved.ids()).to.deep.equal(['lamp'])
    saved.leave()
    // Nobody looks for a while, and then somebody does.
    await new Promise((resolve) => setTimeout(resolve))
    const again = follow()
    await until(() => again.ids())
    expect(again.ids()).to.deep.equal(['lamp'])
    const names = 'databases' in indexedDB ? (await indexedDB.databases()).map(({ name }) => name) : []
    expect(names).to.not.include(base())
  })

  it('is the same in another tab, a moment later', async () => {
    begin()
    const saved = follow()
    await until(() => saved.ids())
    const other = createSavedStorage(base())
    const leave = other.follow(() => {})
    await other.put({ id: 'mug', at: 3, item: item('mug') })
    await until(() => saved.ids()?.length)
    expect(saved.ids()).to.deep.equal(['mug'])
    let told = false
    const third = createSavedStorage(base())
    const leaveThird = third.follow(() => (told = true))
    saved.now().drop('mug')
    await until(() => told)
    expect(await onDisk()).to.deep.equal([])
    leave()
    leaveThird()
  })

  it('is counted once as a signal', async () => {
    begin()
    document.body.dispatchEvent(new KanmaiSaveEvent({ item: 'lamp' }))
    await until(() => endpoint.signals.length)
    expect(endpoint.signals.map((it) => [it['type'], it['item']])).to.deep.equal([['save', 'lamp']])
  })

  it('leaves no listener when nobody follows it', async () => {
    const left = await leftListeners(() => {
      createSavedStorage(base()).follow(() => {})()
      return Promise.resolve()
    })
    expect(left).to.deep.equal([])
  })

  /** A store of its own, on a disk that fails as told. */
  function onDiskThat(fails: Partial<Record<'all' | 'put', string>>): { value(): SavedItems; issues: string[] } {
    const issues: string[] = []
    const refuse = (name: string | undefined): Promise<never> | undefined => (name ? Promise.reject(new DOMException('', name)) : undefined)
    const storage: SavedStorage = {
      all: () => refuse(fails.all) ?? Promise.resolve<SavedItem[]>([]),
      put: () => refuse(fails.put) ?? Promise.resolve(),
      remove: () => Promise.resolve(),
      follow: () => () => {},
    }
    let answer: Answer<SavedItems> = { state: 'waiting' }
    const site = {
      http: { base: 'x' },
      view: window,
      clock: { now: () => 1 },
      isOff: () => false,
      isSilent: () => false,
      configured: () => Promise.resolve(),
      trouble: (use: (it: { warn(issue: string): void }) => void) => use({ warn: (it) => void issues.push(it) }),
    } as unknown as Site
    openSaved(site, { set: (it: Answer<SavedItems>) => (answer = it) } as unknown as $Answer<never>, storage)
    return { issues, value: () => (answer as { value: SavedItems }).value }
  }

  for (const [fails, issue] of [
    [{ put: 'QuotaExceededError' }, 'saved items cannot be stored (QuotaExceededError)'],
    [{ all: 'SecurityError' }, 'saved items cannot be read (SecurityError)'],
  ] as const) {
    it(`falls back to memory, and says so, on ${Object.values(fails)[0]}`, async () => {
      const { value, issues } = onDiskThat(fails)
      await until(() => value())
      value().keep(item('lamp'))
      await until(() => issues.length)
      expect(issues).to.deep.equal([`${issue}: they last as long as this page; let the page use IndexedDB, or free some of its storage`])
      expect(value().lasting).to.equal(false)
      expect(value().items.map(({ id }) => id)).to.deep.equal(['lamp'])
    })
  }

  it('makes room for the latest', async () => {
    const { value } = onDiskThat({})
    await until(() => value())
    for (let index = 0; index < 205; index++) value().keep(item(`i${index}`), index)
    expect(value().items.length).to.equal(200)
    expect(value().items.at(-1)!.id).to.equal('i5')
  })
})
