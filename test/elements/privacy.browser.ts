import 'axe-core'
import { expect } from 'chai'
import type { Signal } from '../../src/contract/signal.ts'
import '../../src/elements/kanmai-privacy.ts'
import type { PrivacyElement } from '../../src/elements/privacy.ts'
import type { Answer, KanmaiRequestEvent, Privacy } from '../../src/elements/wish.ts'
import { fakePage, leftListeners, until, type FakePage } from './fake-page.ts'

// axe-core is no module: it puts itself on the window.
const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }

const signal = (id: string, type: Signal['type'] = 'impression'): Signal => ({ id, type, occurredAt: '2026-11-23T14:00:00.000Z', item: 'lamp' })

/** What a runtime would answer, and what it was told to do. */
function fakePrivacy() {
  const told: string[] = []
  const listeners = new Set<(answer: Answer<Privacy>) => void>()
  let value: Privacy = {
    consent: 'granted',
    why: 'agreed',
    endpoint: 'shop.example',
    waiting: [signal('w1'), signal('w2')],
    lost: [
      { id: 'l1', reason: 'expired', at: 1 },
      { id: 'l2', reason: 'overflow', count: 2, at: 1 },
      { id: 'r1', reason: 'rejected', at: 1, signal: signal('r1') },
    ],
    visit: { session: '0b9f0c1e', seq: 12 },
    saved: [{ id: 'lamp', at: 1, item: { id: 'lamp', title: 'Lamp', url: 'https://shop.example' } }],
    sent: { counts: { impression: 1200, click: 3 }, latest: [signal('s1', 'click')] },
    objected: false,
    remembered: true,
    wipe: () => void told.push('wipe'),
    object: (objects) => void told.push(`object ${objects}`),
  }
  const handle = (event: Event): void => {
    const request = event as KanmaiRequestEvent<'privacy'>
    if (request.wish.kind !== 'privacy') return
    request.answer = {
      get: () => ({ state: 'ready', value }),
      subscribe(listener) {
        listeners.add(listener)
        listener({ state: 'ready', value })
        return () => void listeners.delete(listener)
      },
    }
  }
  document.addEventListener('kanmai-request', handle)
  return {
    told,
    say(more: Partial<Privacy>): void {
      value = { ...value, ...more }
      listeners.forEach((it) => it({ state: 'ready', value }))
    },
    fail: () => listeners.forEach((it) => it({ state: 'failed', issue: 'no' })),
    followers: () => listeners.size,
    stop: () => document.removeEventListener('kanmai-request', handle),
  }
}

describe('kanmai-privacy', () => {
  let page: FakePage
  let privacy: ReturnType<typeof fakePrivacy>
  let element: PrivacyElement

  const find = (selector: string): HTMLElement => element.shadowRoot!.querySelector<HTMLElement>(selector)!
  const text = (selector: string): string => find(selector).textContent.replace(/\s+/g, ' ').trim()
  const rows = (): string[] => [...element.shadowRoot!.querySelectorAll('.row')].map((it) => it.textContent.replace(/\s+/g, ' ').trim())
  const press = async (selector: string): Promise<void> => {
    find(selector).click()
    await element.updateComplete
  }
  const say = async (more: Partial<Privacy>): Promise<void> => {
    privacy.say(more)
    await element.updateComplete
  }
  const focused = (): Element | null => element.shadowRoot!.activeElement

  beforeEach(async () => {
    page = fakePage()
    privacy = fakePrivacy()
    element = document.createElement('kanmai-privacy')
    document.body.append(element)
    await element.updateComplete
  })
  afterEach(() => {
    element.remove()
    privacy.stop()
    page.stop()
  })

  it('shuts nobody out, closed, open and asking', async () => {
    for (const button of ['.toggle', '.wipe', '.keep', '.object']) {
      const { violations } = await axe.run(element)
      expect(violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html).join(' ')}`)).to.deep.equal([])
      await press(button)
    }
  })

  it('says in one line what holds, and on a press why', async () => {
    expect(text('.toggle')).to.equal('Your privacy here Counted in full')
    expect(find('.toggle').ariaExpanded).to.equal('false')
    await press('.toggle')
    expect(find('.toggle').ariaExpanded).to.equal('true')
    expect(text('.means')).to.include('reported to shop.example').and.include('consent dialog of this page allows it')
    await press('.toggle')
    expect(find('.panel').hidden).to.equal(true)
  })

  for (const [consent, why, words] of [
    ['granted', 'tag', 'set up so'],
    ['essential', 'browser', 'Global Privacy Control'],
    ['essential', 'refused', 'declined'],
    ['essential', 'unasked', 'no consent dialog'],
    ['essential', 'config', 'publisher has decided'],
    ['none', 'reader', 'you asked'],
    ['none', 'off', 'switched this off'],
  ] as const) {
    it(`has words for ${consent} by ${why}`, async () => {
      await say({ consent, why })
      await press('.toggle')
      expect(text('.why')).to.include(words)
    })
  }

  it('lists what is kept and what was sent, and nothing else', async () => {
    await press('.toggle')
    expect(rows()).to.deep.equal([
      'Reports waiting to be sent2',
      'Reports refused, and set aside1',
      'Reports given up3',
      'Number of this visit0b9f0c1e12 reports so far',
      'Products saved for later1',
      'Products seen1,200',
      'Links to shops followed3',
    ])
    await say({ waiting: [], lost: [], visit: undefined, saved: [], sent: { counts: {}, latest: [] } })
    expect(rows()).to.deep.equal([])
    expect(element.shadowRoot!.querySelectorAll('.nothing').length).to.equal(2)
    await say({ objected: true })
    expect(rows()).to.deep.equal(['Your wish not to be countedyes'])
  })

  it('shows the reports themselves, those under way too', async () => {
    await press('.toggle')
    expect(find('pre')).to.equal(null)
    // The fake page follows no press.
    ;(find('details') as HTMLDetailsElement).open = true
    await until(() => find('pre'))
    expect(JSON.parse(find('pre').textContent).map((it: Signal) => it.id)).to.deep.equal(['s1', 'w1', 'w2'])
  })

  it('gives it all out as a file', async () => {
    await press('.toggle')
    const made: Blob[] = []
    const files: string[] = []
    const { createObjectURL } = URL
    const { click } = HTMLAnchorElement.prototype
    URL.createObjectURL = (blob: Blob) => (made.push(blob), 'blob:kanmai')
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      files.push(this.download)
    }
    try {
      await press('[part=export]')
    } finally {
      URL.createObjectURL = createObjectURL
      HTMLAnchorElement.prototype.click = click
    }
    expect(files).to.deep.equal(['kanmai-shop.example.json'])
    const { kept, sent, consent, why } = JSON.parse(await made[0]!.text())
    expect([consent, why]).to.deep.equal(['granted', 'agreed'])
    expect(kept.waiting.map((it: Signal) => it.id)).to.deep.equal(['w1', 'w2'])
    expect(kept.visit).to.deep.equal({ session: '0b9f0c1e', seq: 12 })
    expect(kept.saved[0].item.title).to.equal('Lamp')
    expect(sent.counts).to.deep.equal({ impression: 1200, click: 3 })
  })

  it('deletes only after it has asked, and takes the focus along', async () => {
    await press('.toggle')
    await press('.wipe')
    expect(privacy.told).to.deep.equal([])
    await until(() => focused()?.matches('.keep'))
    find('.keep').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))
    await until(() => focused()?.matches('.wipe'))
    await press('.wipe')
    await press('.keep')
    expect(privacy.told).to.deep.equal([])
    await press('.wipe')
    await press('.yes')
    expect(privacy.told).to.deep.equal(['wipe'])
    await until(() => focused()?.matches('.wipe'))
    await until(() => document.querySelector('[role=status]')?.textContent === 'Deleted from this device')
  })

  it('has a switch that ends the counting, and says when it cannot be remembered', async () => {
    await press('.toggle')
    expect(find('.object').ariaChecked).to.equal('false')
    await press('.object')
    await say({ objected: true, consent: 'none', why: 'reader' })
    expect(find('.object').ariaChecked).to.equal('true')
    await press('.object')
    expect(privacy.told).to.deep.equal(['object true', 'object false'])
    await say({ remembered: false })
    expect(text('.hint')).to.include('until you leave this page')
  })

  it('speaks the page\'s language', async () => {
    page.settings.set({ state: 'ready', value: { publisher: 'demo', locale: 'zh-CN', now: Date.now } })
    await until(() => text('.toggle') === '本页隐私 完整统计')
  })

  it('says so when nobody can say anything', async () => {
    await press('.toggle')
    privacy.fail()
    await element.updateComplete
    expect(text('.panel')).to.equal('This cannot be said right now.')
  })

  it('leaves nothing behind', async () => {
    const left = await leftListeners(async () => {
      const other = document.createElement('kanmai-privacy')
      document.body.append(other)
      other.open = true
      await other.updateComplete
      other.remove()
      await Promise.resolve()
    })
    expect(left).to.deep.equal([])
    element.remove()
    await Promise.resolve()
    expect(privacy.followers()).to.equal(0)
  })
})
