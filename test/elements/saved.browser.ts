import 'axe-core'
import { expect } from 'chai'
import type { Item } from '../../src/contract/item.ts'
import { snapshotOf, type SavedItem } from '../../src/core/saved-items.ts'
import type { CardElement } from '../../src/elements/card.ts'
import '../../src/elements/kanmai-saved.ts'
import type { SavedElement } from '../../src/elements/saved.ts'
import type { Answer, KanmaiRequestEvent, SavedItems } from '../../src/elements/wish.ts'
import { fakePage, leftListeners, until, type FakePage } from './fake-page.ts'

// axe-core is no module: it puts itself on the window.
const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }

const itemOf = (title: string): Item => ({ id: title.toLowerCase(), title, url: `https://shop.example/${title}?r={ref}` })

/** A store of saved items as a runtime would keep it. */
function fakeSaved() {
  let items: SavedItem[] = []
  let lasting = true
  const listeners = new Set<(answer: Answer<SavedItems>) => void>()
  const answer = (): Answer<SavedItems> => ({ state: 'ready', value: { items, lasting, keep, drop } })
  const publish = (): void => listeners.forEach((it) => it(answer()))
  function keep(item: Item, at = 100 + items.length): void {
    items = [...items.filter(({ id }) => id !== item.id), { id: item.id, at, item: snapshotOf(item) }].sort((a, b) => b.at - a.at)
    publish()
  }
  function drop(id: string): void {
    items = items.filter((it) => it.id !== id)
    publish()
  }
  const handle = (event: Event): void => {
    const request = event as KanmaiRequestEvent<'saved'>
    if (request.wish.kind !== 'saved') return
    request.answer = {
      get: answer,
      subscribe(listener) {
        listeners.add(listener)
        listener(answer())
        return () => void listeners.delete(listener)
      },
    }
  }
  document.addEventListener('kanmai-request', handle)
  return {
    keep,
    drop,
    ids: () => items.map(({ id }) => id),
    briefly() {
      lasting = false
      publish()
    },
    followers: () => listeners.size,
    stop: () => document.removeEventListener('kanmai-request', handle),
  }
}

describe('kanmai-saved', () => {
  let page: FakePage
  let saved: ReturnType<typeof fakeSaved>
  let tray: SavedElement

  const find = (selector: string): HTMLElement => tray.shadowRoot!.querySelector<HTMLElement>(selector)!
  const rows = (): HTMLElement[] => [...tray.shadowRoot!.querySelectorAll<HTMLElement>('li')]
  const shown = (): (Item | string | undefined)[] => [...tray.shadowRoot!.querySelectorAll('kanmai-card')].map(({ item }) => item)
  const press = (key: string): boolean => document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  const open = async (): Promise<void> => {
    find('.toggle').click()
    await tray.updateComplete
  }
  const card = async (more: Partial<CardElement> = {}): Promise<{ card: CardElement; heart: HTMLElement }> => {
    const made = Object.assign(document.createElement('kanmai-card'), { item: itemOf('Lamp'), layout: 'over-video' as const, placement: 'here', ...more })
    tray.before(made)
    return { card: made, heart: await until(() => made.shadowRoot?.querySelector<HTMLElement>('[part=save]')) }
  }

  beforeEach(async () => {
    page = fakePage()
    saved = fakeSaved()
    tray = document.createElement('kanmai-saved')
    document.body.append(tray)
    await tray.updateComplete
  })
  afterEach(() => {
    document.querySelectorAll('kanmai-card').forEach((it) => it.remove())
    tray.remove()
    saved.stop()
    page.stop()
  })

  it('passes the axe audit, closed, empty and full', async () => {
    const audit = async (): Promise<string[]> => {
      // What fades in has its colours when it is there.
      await Promise.all(find('.panel').getAnimations({ subtree: true }).map((it) => it.finished))
      return (await axe.run(tray, { rules: { region: { enabled: false } } })).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    }
    const found = await audit()
    await open()
    found.push(...(await audit()))
    saved.keep(itemOf('Lamp'))
    saved.keep(itemOf('Rug'))
    await tray.updateComplete
    found.push(...(await audit()))
    expect(found).to.deep.equal([])
  })

  it('counts what is kept, in its badge and in its name', async () => {
    const said = (): unknown[] => [find('[part=count]').hidden, find('[part=count]').textContent, find('.toggle').ariaLabel ?? find('.toggle').getAttribute('aria-label')]
    expect(said()).to.deep.equal([true, '0', 'Saved for later'])
    saved.keep(itemOf('Lamp'))
    saved.keep(itemOf('Rug'))
    await tray.updateComplete
    expect(said()).to.deep.equal([false, '2', 'Saved for later: 2'])
  })

  it('takes the same room, whatever it holds and whether it is open', async () => {
    const sizes = [[tray.offsetWidth, tray.offsetHeight]]
    for (let index = 0; index < 120; index++) saved.keep(itemOf(`Lamp${index}`))
    await open()
    sizes.push([tray.offsetWidth, tray.offsetHeight])
    expect(sizes).to.deep.equal([[44, 44], [44, 44]])
  })

  it('asks for its items only when it is opened, and shows meanwhile what it remembers', async () => {
    saved.keep(itemOf('Lamp'))
    await tray.updateComplete
    expect(page.asked.filter(({ kind }) => kind === 'item')).to.deep.equal([])
    await open()
    expect(page.asked.filter(({ kind }) => kind === 'item')).to.deep.equal([{ kind: 'item', item: 'lamp' }])
    expect(shown()).to.deep.equal([itemOf('Lamp')])
    const fresh = { ...itemOf('Lamp'), title: 'Lamp, now in green' }
    page.items['lamp']!.set({ state: 'ready', value: fresh })
    await tray.updateComplete
    expect(shown()).to.deep.equal([fresh])
  })

  it('says of what the endpoint no longer knows that it is gone, and keeps a link while nothing answers', async () => {
    saved.keep(itemOf('Lamp'))
    saved.keep(itemOf('Rug'))
    await open()
    page.items['lamp']!.set({ state: 'failed', issue: 'unknown item', unknown: true })
    page.items['rug']!.set({ state: 'failed', issue: 'no answer' })
    await tray.updateComplete
    expect(rows().map((it) => it.textContent!.replace(/\s+/g, ' ').trim())).to.deep.equal(['', 'L LampNo longer available'])
    expect(shown()).to.deep.equal([itemOf('Rug')])
    expect(rows()[1]!.querySelector('a, kanmai-card')).to.equal(null)
  })

  it('removes with one press, keeps the focus, and takes it back with another', async () => {
    for (const [index, title] of ['Lamp', 'Rug', 'Mug'].entries()) saved.keep(itemOf(title), index)
    await open()
    expect(saved.ids()).to.deep.equal(['mug', 'rug', 'lamp'])
    rows()[1]!.querySelector<HTMLElement>('.remove')!.click()
    await until(() => tray.shadowRoot!.activeElement)
    expect(saved.ids()).to.deep.equal(['mug', 'lamp'])
    expect(tray.shadowRoot!.activeElement!.getAttribute('aria-label')).to.equal('Remove Lamp')
    find('.undo').click()
    expect(saved.ids()).to.deep.equal(['mug', 'rug', 'lamp'])
  })

  it('opens without taking the focus, closes at Escape and gives it to its button', async () => {
    const outside = document.createElement('input')
    document.body.append(outside)
    outside.focus()
    await open()
    expect(document.activeElement).to.equal(outside)
    press('Escape')
    expect(tray.open).to.equal(false)
    expect(tray.shadowRoot!.activeElement).to.equal(find('.toggle'))
    outside.remove()
  })

  it('closes when something else is pressed, and not when it is', async () => {
    await open()
    find('.panel').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }))
    expect(tray.open).to.equal(true)
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }))
    expect(tray.open).to.equal(false)
  })

  for (const dir of ['ltr', 'rtl']) {
    it(`opens inside the window at both of its edges, ${dir}`, async () => {
      document.documentElement.dir = dir
      for (const edge of ['left', 'right']) {
        tray.style.cssText = `position:fixed;top:0;${edge}:0`
        await open()
        await Promise.all(find('.panel').getAnimations().map((it) => it.finished))
        const box = find('.panel').getBoundingClientRect()
        expect(box.left).to.be.at.least(0)
        expect(box.right).to.be.at.most(innerWidth)
        await open()
      }
      document.documentElement.dir = ''
    })
  }

  it('says when nothing will outlive the page', async () => {
    saved.keep(itemOf('Lamp'))
    await open()
    expect(tray.shadowRoot!.querySelector('footer')).to.equal(null)
    saved.briefly()
    await tray.updateComplete
    expect(find('footer').textContent!.trim()).to.equal('Kept until you leave this page')
  })

  it('gives every card a button that keeps its product, and says so once', async () => {
    const events: Event[] = []
    const hear = (event: Event): void => void events.push(event)
    document.addEventListener('kanmai-save', hear)
    const { heart, card: made } = await card()
    expect([heart.getAttribute('aria-pressed'), heart.getAttribute('aria-label')]).to.deep.equal(['false', 'Save Lamp for later'])
    heart.click()
    await made.updateComplete
    expect(saved.ids()).to.deep.equal(['lamp'])
    expect(heart.getAttribute('aria-pressed')).to.equal('true')
    heart.click()
    await made.updateComplete
    document.removeEventListener('kanmai-save', hear)
    expect(saved.ids()).to.deep.equal([])
    expect(events.map((it) => [(it as Event & { item: string }).item, (it as Event & { placement: string }).placement])).to.deep.equal([['lamp', 'here']])
  })

  it('lets a card be followed beside its button, and the button be pressed without following', async () => {
    const { heart, card: made } = await card()
    heart.click()
    expect(page.hear('kanmai-select')).to.deep.equal([])
    made.shadowRoot!.querySelector<HTMLElement>('[part=link]')!.click()
    expect(page.hear('kanmai-select').length).to.equal(1)
  })

  for (const layout of ['grid', 'row', 'compact', 'over-video'] as const) {
    it(`leaves a ${layout} card its size and passes the audit there`, async () => {
      const { card: made, heart } = await card({ layout })
      const { height } = made.getBoundingClientRect()
      made.style.setProperty('--test', '1')
      const { left, right, top, bottom } = heart.getBoundingClientRect()
      const box = made.getBoundingClientRect()
      expect(right - left).to.be.at.least(24)
      expect([left >= box.left, right <= box.right, top >= box.top, bottom <= box.bottom]).to.deep.equal([true, true, true, true])
      heart.remove()
      expect(made.getBoundingClientRect().height).to.equal(height)
      const { violations } = await axe.run(made, { rules: { region: { enabled: false } } })
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).to.deep.equal([])
    })
  }

  it('leaves nothing behind', async () => {
    await card()
    document.querySelectorAll('kanmai-card').forEach((it) => it.remove())
    tray.remove()
    const left = await leftListeners(async () => {
      for (let round = 0; round < 5; round++) {
        document.body.append(tray)
        await tray.updateComplete
        await open()
        await card().then((it) => it.card.remove())
        tray.remove()
        await tray.updateComplete
      }
    })
    expect(left).to.deep.equal([])
    expect([saved.followers(), page.followed()]).to.deep.equal([0, 0])
  })
})
