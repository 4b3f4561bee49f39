import 'axe-core'
import { expect } from 'chai'
import type { FeedPage, Item } from '../../src/contract/item.ts'
import type { CardElement } from '../../src/elements/card.ts'
import type { FeedElement } from '../../src/elements/feed.ts'
import '../../src/elements/kanmai-feed.ts'
import type { Answer, Wish } from '../../src/elements/wish.ts'
import { fakePage, leftListeners, until, type FakePage } from './fake-page.ts'

const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }

const item = (index: number): Item => ({
  id: `i${index}`,
  title: `Thing ${index}`,
  url: `https://shop.example/${index}?r={ref}`,
  price: { now: { minor: 1000 + index, currency: 'USD' } },
})
const items = (count: number, from = 0): Item[] => Array.from({ length: count }, (_, it) => item(from + it))

/** A feed of `total` items in pages of 20. */
const endless = (total: number) => (wish: Extract<Wish, { kind: 'feed' }>): Answer<FeedPage> => {
  const start = Number(wish.cursor ?? 0)
  const next = start + 20
  return { state: 'ready', value: { list: `l${start}`, items: items(Math.min(20, total - start), start), ...(next < total && { next: String(next) }) } }
}

describe('kanmai-feed', () => {
  let page: FakePage
  let box: HTMLElement

  const put = async (set: Partial<FeedElement> = {}): Promise<FeedElement> => {
    const feed = document.createElement('kanmai-feed')
    Object.assign(feed, { placement: 'end', ...set })
    box.append(feed)
    await feed.updateComplete
    return feed
  }
  const cards = (feed: FeedElement) => [...feed.shadowRoot!.querySelectorAll<CardElement>('kanmai-card')]
  const idOf = (card: CardElement) => (card.item as Item | undefined)?.id
  const ids = (feed: FeedElement) => cards(feed).map(idOf)
  const cursors = () => page.asked.flatMap((it) => (it.kind === 'feed' ? [it.cursor] : []))
  const inView = (feed: FeedElement) =>
    cards(feed).filter((it) => {
      const { top, bottom } = it.getBoundingClientRect()
      return bottom > 0 && top < innerHeight
    })
  const settled = (feed: FeedElement) => until(() => inView(feed).length && inView(feed).every((it) => it.item))

  beforeEach(() => {
    page = fakePage()
    box = document.createElement('div')
    box.style.width = '700px'
    document.body.append(box)
    scrollTo(0, 0)
  })
  afterEach(() => {
    box.remove()
    page.stop()
    document.documentElement.removeAttribute('dir')
  })

  for (const layout of ['grid', 'row', 'compact'] as const) {
    it(`passes the axe audit as ${layout}, waiting and ready`, async () => {
      const feed = await put({ layout })
      for (const shown of [undefined, items(9)]) {
        feed.items = shown
        await feed.updateComplete
        const { violations } = await axe.run(feed)
        expect(violations.map((it) => `${it.id}: ${it.nodes[0]?.html}`)).to.deep.equal([])
      }
    })
  }

  describe('asks', () => {
    it('for its placement, kind and item', async () => {
      box.innerHTML = '<kanmai-feed placement="end" kind="similar" item="lamp"></kanmai-feed>'
      await (box.firstElementChild as FeedElement).updateComplete
      expect(page.asked).to.deep.include({ kind: 'feed', placement: 'end', feed: 'similar', item: 'lamp' })
    })
    it('for nothing again when it is moved, and all cards stay', async () => {
      page.feed = endless(6)
      const feed = await put()
      await settled(feed)
      const [before, asked] = [cards(feed), page.asked.length]
      document.body.prepend(feed)
      await feed.updateComplete
      await new Promise((resolve) => setTimeout(resolve, 50))
      expect([cards(feed), page.asked.length]).to.deep.equal([before, asked])
      expect(cards(feed).every((it) => it.item)).to.equal(true)
      feed.remove()
    })
    it('for nothing without a placement, or with items of its own', async () => {
      await put({ placement: undefined })
      await put({ items: items(3) })
      expect(cursors()).to.deep.equal([])
    })
    it('for the first page alone while its end is far', async () => {
      page.feed = endless(1000)
      const feed = await put()
      await settled(feed)
      expect(cursors().length).to.be.below(4)
      expect(cursors().slice(0, 2)).to.deep.equal([undefined, '20'].slice(0, cursors().length))
    })
    it('anew when it is to show another feed', async () => {
      page.feed = endless(20)
      const feed = await put()
      feed.placement = 'other'
      await feed.updateComplete
      expect(page.asked.at(-1)).to.deep.include({ placement: 'other' })
    })
  })

  describe('shows', () => {
    it('skeletons while it waits, then the cards in their place', async () => {
      let answer!: (it: Answer<FeedPage>) => void
      page.feed = () => new Promise((resolve) => (answer = resolve))
      const feed = await put()
      expect(cards(feed).length).to.be.above(1)
      expect(ids(feed).some(Boolean)).to.equal(false)
      const [first] = cards(feed)
      const { top } = first!.getBoundingClientRect()
      const { height } = feed.getBoundingClientRect()
      answer(endless(6)({ kind: 'feed', placement: 'end' }))
      await settled(feed)
      expect(cards(feed)[0]).to.equal(first)
      expect(first!.getBoundingClientRect().top).to.equal(top)
      expect(feed.getBoundingClientRect().height).to.equal(height)
    })
    it('a list that says how long it is', async () => {
      const feed = await put({ items: items(5) })
      const list = feed.shadowRoot!.querySelector('[part~=list]')!
      expect(list.getAttribute('role')).to.equal('list')
      expect(list.getAttribute('aria-label')).to.equal('Suggested products')
      const entries = [...list.children].map((it) => ['role', 'aria-setsize', 'aria-posinset'].map((name) => it.getAttribute(name)))
      expect(entries[1]).to.deep.equal(['listitem', '5', '2'])
    })
    it('that its length is not known while there is more', async () => {
      page.feed = endless(1000)
      const feed = await put()
      await settled(feed)
      expect(feed.shadowRoot!.querySelector('[role=listitem]')!.getAttribute('aria-setsize')).to.equal('-1')
    })
    it('where each card stands, in its events', async () => {
      page.feed = endless(20)
      const feed = await put()
      await settled(feed)
      cards(feed)[2]!.shadowRoot!.querySelector('a')!.click()
      const [select] = page.hear('kanmai-select')
      expect(['item', 'placement', 'list', 'position'].map((name) => select![name])).to.deep.equal(['i2', 'end', 'l0', 2])
    })
    it('as many columns as its own room has, not the window', async () => {
      const columns = async (width: number) => {
        box.style.width = `${width}px`
        const feed = await put({ items: items(12) })
        const tops = cards(feed).map((it) => it.getBoundingClientRect().top)
        feed.remove()
        return tops.filter((it) => it === tops[0]).length
      }
      expect(await columns(343)).to.equal(2)
      expect(await columns(700)).to.equal(3)
      expect(await columns(960)).to.equal(4)
    })
    it('the right number of columns when its room changes', async () => {
      const feed = await put({ items: items(200) })
      box.style.width = '343px'
      await until(() => {
        const all = cards(feed)
        return all.length > 2 && all[0]!.getBoundingClientRect().width < 200 && all.every((it) => it.item)
      })
      const last = feed.shadowRoot!.querySelector('.track')!.getBoundingClientRect().height
      const pitch = cards(feed)[0]!.getBoundingClientRect().height + 16
      await until(() => Math.abs(feed.shadowRoot!.querySelector('.track')!.getBoundingClientRect().height - (100 * pitch - 16)) < 20)
      expect(last).to.be.above(0)
    })
    it('the layout of its placement when it has none itself', async () => {
      page.settings.set({ state: 'ready', value: { publisher: 'demo', placements: { end: { layout: 'compact' } }, now: Date.now } })
      const feed = await put({ items: items(4) })
      await until(() => cards(feed)[0]?.getAttribute('layout') === 'compact')
    })
    it('its kept room, empty, when it is too short and its end is in sight', async () => {
      page.feed = endless(1)
      const feed = await put({ layout: 'compact', rows: 3 })
      await settled(feed)
      expect(feed.offsetHeight).to.equal(3 * 98 - 16)
    })
    it('nothing when it cannot be had, and says so once', async () => {
      page.feed = () => ({ state: 'failed', issue: 'feed "end": not known' })
      const feed = await put({ layout: 'compact', rows: 1 })
      await until(() => page.hear('kanmai-error').length)
      feed.requestUpdate()
      await feed.updateComplete
      expect(cards(feed).length).to.equal(0)
      expect(feed.offsetHeight).to.equal(82)
      expect(page.hear('kanmai-error').map((it) => it['issue'])).to.deep.equal(['feed "end": not known'])
    })
  })

  describe('of 1,000 items', () => {
    it('renders at first only what is on the screen', async () => {
      const feed = await put({ items: items(1000) })
      expect(cards(feed).length).to.be.below(3 * (Math.ceil(innerHeight / 380) + 2))
      expect(inView(feed).length).to.equal(cards(feed).filter((it) => it.getBoundingClientRect().top < innerHeight).length)
    })
    it('is as high as all of them', async () => {
      const feed = await put({ items: items(1000) })
      const { height } = cards(feed)[0]!.parentElement!.getBoundingClientRect()
      await until(() => Math.abs(feed.getBoundingClientRect().height - (334 * (height + 16) - 16)) < 2)
    })
    it('shows what one jumps to', async () => {
      const feed = await put({ items: items(1000) })
      for (const share of [0.5, 0.97, 0.1]) {
        scrollTo(0, feed.offsetHeight * share)
        await until(() => inView(feed).length >= 3)
        const first = Number(idOf(inView(feed)[0]!)!.slice(1))
        expect(Math.abs(first / 1000 - share)).to.be.below(0.05)
      }
      expect(cards(feed).length).to.be.below(60)
    })
  })

  describe('that goes on', () => {
    it('pages as the end comes near, and ends', async () => {
      page.feed = endless(60)
      const feed = await put()
      await until(() => {
        scrollTo(0, document.documentElement.scrollHeight)
        return ids(feed).includes('i59')
      })
      expect(cursors()).to.deep.equal([undefined, '20', '40'])
      await until(() => feed.shadowRoot!.querySelector('[role=listitem]')!.getAttribute('aria-setsize') === '60')
    })
    it('holds few nodes and few pages, and asks again for what it let go', async () => {
      page.feed = endless(10_000)
      const feed = await put()
      let most = 0
      let followed = 0
      for (let step = 0; step < 40; step++) {
        scrollTo(0, document.documentElement.scrollHeight)
        await settled(feed)
        most = Math.max(most, cards(feed).length)
        followed = Math.max(followed, page.followed())
      }
      expect(cursors().length).to.be.above(30)
      expect(most).to.be.below(80)
      // Each card and the feed follow the page settings by one store; the rest are pages.
      expect(followed).to.be.below(10)
      const asked = cursors().length
      scrollTo(0, 0)
      await until(() => ids(feed)[0] === 'i0')
      expect(cursors().slice(asked)).to.include(undefined)
    })
    it('keeps what the reader sees where it is while it pages', async () => {
      page.feed = endless(10_000)
      const feed = await put()
      await settled(feed)
      scrollTo(0, 900)
      await settled(feed)
      const seen = inView(feed).at(-1)!
      const before = seen.getBoundingClientRect().top
      await until(() => cursors().length > 1)
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      expect(seen.isConnected).to.equal(true)
      expect(seen.getBoundingClientRect().top).to.equal(before)
    })
    it('ends when the endpoint gives the same cursor or nothing, again and again', async () => {
      let count = 0
      page.feed = () => ({ state: 'ready', value: { list: 'l', items: count++ ? [] : items(2), next: `c${count}` } })
      const feed = await put()
      await until(() => feed.shadowRoot!.querySelector('[role=listitem]')?.getAttribute('aria-setsize') === '2')
      expect(count).to.be.below(6)
      page.feed = () => ({ state: 'ready', value: { list: 'l', items: items(2), next: 'same' } })
      feed.placement = 'other'
      await until(() => cards(feed).length && feed.shadowRoot!.querySelector('[role=listitem]')?.getAttribute('aria-setsize') === '4')
    })
    it('tells of no impression twice when cards come back', async () => {
      const feed = await put({ items: items(300) })
      await until(() => page.hear('kanmai-impression').length >= 3)
      const position = page.hear('kanmai-impression')[0]!['position']
      scrollTo(0, feed.offsetHeight)
      await until(() => !ids(feed).includes('i0'))
      scrollTo(0, 0)
      const back = await until(() => cards(feed).find((it) => idOf(it) === `i${String(position)}`))
      expect(back.seen).to.equal(true)
    })
  })

  describe('as a row', () => {
    it('stands on one line and goes on to the side', async () => {
      page.feed = endless(100)
      const feed = await put({ layout: 'row' })
      await settled(feed)
      expect(new Set(cards(feed).map((it) => it.getBoundingClientRect().top)).size).to.equal(1)
      expect(feed.offsetHeight).to.equal(348)
      const view = feed.shadowRoot!.querySelector('.view')!
      await until(() => {
        view.scrollLeft = view.scrollWidth
        return ids(feed).includes('i99')
      })
      expect(cards(feed).length).to.be.below(40)
      expect(document.documentElement.scrollWidth).to.be.at.most(innerWidth)
    })
    it('goes the other way where the page does', async () => {
      document.documentElement.dir = 'rtl'
      const feed = await put({ layout: 'row', items: items(100) })
      const [first, second] = cards(feed)
      expect(second!.getBoundingClientRect().left).to.be.below(first!.getBoundingClientRect().left)
      const view = feed.shadowRoot!.querySelector('.view')!
      await until(() => {
        view.scrollLeft = -view.scrollWidth
        return ids(feed).includes('i99')
      })
    })
  })

  it('writes no more than two custom properties by script', async () => {
    const feed = await put({ items: items(40) })
    const styled = [...feed.shadowRoot!.querySelectorAll<HTMLElement>('[style]')].flatMap((it) => [...it.style])
    expect(styled.sort()).to.deep.equal(['--_after', '--_before'])
  })

  it('leaves nothing behind when it is put up and taken down 200 times', async () => {
    page.feed = endless(1000)
    const left = await leftListeners(async () => {
      for (let time = 0; time < 200; time++) {
        const feed = await put()
        feed.remove()
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    })
    expect(left).to.deep.equal([])
    expect(page.followed()).to.equal(0)
  })
})
