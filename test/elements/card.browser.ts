import 'axe-core'
import { expect } from 'chai'
import type { Item } from '../../src/contract/item.ts'
import type { CardElement } from '../../src/elements/card.ts'
import type { KanmaiSelectEvent } from '../../src/elements/events.ts'
import '../../src/elements/kanmai-card.ts'
import { fakePage, leftListeners, until, type FakePage } from './fake-page.ts'

const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }

const usd = (minor: number) => ({ minor, currency: 'USD' })
const image = new URL('./lamp.svg', import.meta.url).href
const lamp: Item = {
  id: 'lamp',
  title: 'Arc lamp',
  url: 'https://shop.example/lamp?a=%20b&sub={ref}',
  image,
  brand: 'Nordlys',
  price: { now: usd(9900), was: usd(12_900) },
  rating: { value: 4.63 },
  sales: { count: 12_034 },
}

describe('kanmai-card', () => {
  let page: FakePage
  let box: HTMLElement

  const put = (set: Partial<CardElement> = {}, light = ''): CardElement => {
    const card = document.createElement('kanmai-card')
    card.innerHTML = light
    Object.assign(card, set)
    if (set.layout) card.setAttribute('layout', set.layout)
    box.append(card)
    return card
  }
  const find = <T extends HTMLElement>(card: CardElement, selector: string) => card.shadowRoot!.querySelector<T>(selector)
  const part = (card: CardElement, name: string) => find(card, `[part~=${name}]`)
  const link = (card: CardElement) => find<HTMLAnchorElement>(card, 'a[part~=link]')!
  const textOf = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim()
  /** The card with all its details. */
  const whole = async (set: Partial<CardElement> = {}, light = ''): Promise<CardElement> => {
    const card = put(set, light)
    await until(() => find(card, '.notes'))
    return card
  }

  beforeEach(() => {
    page = fakePage()
    box = document.createElement('div')
    box.style.width = '260px'
    document.body.append(box)
  })
  afterEach(() => {
    box.remove()
    page.stop()
    document.documentElement.removeAttribute('dir')
  })

  for (const layout of ['grid', 'row', 'compact', 'over-video'] as const) {
    it(`passes the axe audit as ${layout}, light and dark`, async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        page.settings.set({ state: 'ready', value: { publisher: 'demo', colorScheme, now: Date.now } })
        const card = await whole({ item: { ...lamp, offers: [{ kind: 'code', off: usd(1000) }], availability: 'low_stock' }, layout })
        const { violations } = await axe.run(card)
        expect(violations.map((it) => `${it.id}: ${it.nodes[0]?.html}`)).to.deep.equal([])
        card.remove()
      }
    })
  }

  describe('asks and shows', () => {
    it('what its item attribute names', async () => {
      box.innerHTML = '<kanmai-card item="lamp"></kanmai-card>'
      const card = box.firstElementChild as CardElement
      expect(page.asked).to.deep.include({ kind: 'item', item: 'lamp' })
      page.items['lamp']!.set({ state: 'ready', value: lamp })
      await card.updateComplete
      expect(textOf(link(card))).to.equal('Arc lamp')
    })
    it('without asking what its item property holds', async () => {
      const card = put({ item: lamp })
      await card.updateComplete
      expect(page.asked.some((it) => it.kind === 'item')).to.equal(false)
      expect(textOf(part(card, 'price'))).to.equal('$99 was $129')
    })
    it('one real link that says what it is', async () => {
      const card = put({ item: lamp })
      await card.updateComplete
      expect(card.shadowRoot!.querySelectorAll('a').length).to.equal(1)
      expect(link(card).getAttribute('href')).to.equal('https://shop.example/lamp?a=%20b&sub=')
      expect(link(card).rel).to.equal('sponsored nofollow noopener norewrite noskim')
      expect(link(card).target).to.equal('_blank')
      const { x, y, width, height } = card.getBoundingClientRect()
      expect(card.shadowRoot!.elementFromPoint(x + width - 8, y + height - 8)).to.equal(link(card))
      expect(card.shadowRoot!.elementFromPoint(x + 8, y + 8)).to.equal(link(card))
    })
    it('where links open as the page settings say', async () => {
      page.settings.set({ state: 'ready', value: { publisher: 'demo', target: '_top', now: Date.now } })
      const card = put({ item: lamp })
      await card.updateComplete
      expect(link(card).target).to.equal('_top')
    })
    it('nothing of an address that is not http', async () => {
      for (const url of ['javascript:alert(1)', 'data:text/html,x', ' javascript:alert(1)', '//shop.example', 'https://a b']) {
        const card = put({ item: { ...lamp, url, image: 'javascript:alert(1)' } })
        await card.updateComplete
        expect(link(card).hasAttribute('href'), url).to.equal(false)
        expect(find(card, 'img')).to.equal(null)
        link(card).click()
        card.remove()
      }
      expect(page.hear('kanmai-select')).to.deep.equal([])
    })
    it('a quiet stand-in for a picture that does not load', async () => {
      const card = await whole({ item: { ...lamp, image: `${location.origin}/no-such-picture.jpg` } })
      find(card, 'img')?.scrollIntoView()
      await until(() => !find(card, 'img'))
      expect(textOf(find(card, '.picture'))).to.equal('A')
    })
    it('stars, pieces sold and the offer that counts', async () => {
      const card = await whole({ item: { ...lamp, offers: [{ kind: 'threshold', off: usd(1000), threshold: usd(5000) }] } })
      expect(textOf(part(card, 'coupon'))).to.equal('$10 off over $50')
      expect(textOf(part(card, 'price'))).to.equal('$89 after offers $99 was $129')
      expect(textOf(find(card, '.notes'))).to.include('★ 4.6')
      expect(textOf(find(card, '.notes'))).to.include('12K sold')
    })
    it('no price that offers may lower before their rules are there, and never a second one', async () => {
      const card = put({ item: { ...lamp, offers: [{ kind: 'code', off: usd(1000) }] } })
      const prices = new Set<string>()
      await until(() => {
        const price = textOf(find(card, '.sum'))
        if (price) prices.add(price)
        return find(card, '.notes')
      })
      expect([...prices]).to.deep.equal(['$89'])
    })
    it('that a price must be looked up when it is too old', async () => {
      page.settings.set({ state: 'ready', value: { publisher: 'demo', priceMaxAge: 60, now: () => Date.parse('2026-01-01T01:00:00Z') } })
      const card = put({ item: { ...lamp, price: { now: usd(1), asOf: '2026-01-01T00:00:00Z' } } })
      await card.updateComplete
      expect(textOf(part(card, 'price'))).to.equal('See price')
    })
    for (const [availability, words] of [
      ['out_of_stock', 'Sold out'],
      ['low_stock', 'Few left'],
      ['preorder', 'Pre-order, ships Jan 12'],
      ['backorder', 'Back order'],
    ] as const) {
      it(`that it is ${availability}, and keeps its link`, async () => {
        const card = await whole({ item: { ...lamp, availability, availableFrom: '2027-01-12T12:00:00Z', offers: [{ kind: 'code', off: usd(1) }] } })
        expect(textOf(find(card, '.flag'))).to.equal(words)
        expect(link(card).href).to.include('shop.example')
        expect(!part(card, 'coupon')).to.equal(availability === 'out_of_stock')
      })
    }
  })

  describe('disclosure', () => {
    const disclosed = async (item: Item) => {
      const card = put({ item })
      await card.updateComplete
      return textOf(part(card, 'disclosure'))
    }
    it('is in the page’s words, then the link’s own', async () => {
      expect(await disclosed(lamp)).to.equal('Ad')
      page.settings.set({ state: 'ready', value: { publisher: 'demo', disclosure: 'Paid link', now: Date.now } })
      expect(await disclosed(lamp)).to.equal('Paid link')
      expect(await disclosed({ ...lamp, disclosure: 'As an Associate we earn' })).to.equal('As an Associate we earn')
    })
    it('is visible and at least 11 px', async () => {
      const card = put({ item: lamp })
      await card.updateComplete
      const label = part(card, 'disclosure')!
      expect(parseFloat(getComputedStyle(label).fontSize)).to.be.at.least(11)
      expect(label.offsetWidth).to.be.above(5)
      expect(label.offsetHeight).to.be.above(10)
    })
    it('stands beside the link that the page brought, too', async () => {
      const card = put({ item: 'lamp' }, '<a href="https://shop.example/x">Lamp</a>')
      await card.updateComplete
      expect(textOf(part(card, 'disclosure'))).to.equal('Ad')
    })
  })

  describe('light link', () => {
    it('is read while waiting', async () => {
      const card = put({ item: 'lamp' }, '<a href="https://shop.example/v1/demo/go/lamp"> The lamp </a>')
      await card.updateComplete
      expect(textOf(link(card))).to.equal('The lamp')
      expect(link(card).getAttribute('href')).to.equal('https://shop.example/v1/demo/go/lamp?ref=')
      link(card).dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }))
      expect(link(card).getAttribute('href')).to.equal('https://shop.example/v1/demo/go/lamp?ref=ref1')
      expect((card.firstElementChild as HTMLElement).offsetWidth).to.equal(0)
    })
    it('is read when it comes late', async () => {
      const card = put({ item: 'lamp' })
      await card.updateComplete
      card.innerHTML = '<a href="https://shop.example/late">Late</a>'
      await until(() => textOf(link(card)) === 'Late')
    })
    it('is shown itself when the item cannot be had, and is said so once', async () => {
      const card = put({ item: 'lamp' }, '<a href="https://shop.example/x">The lamp</a>')
      page.items['lamp']!.set({ state: 'failed', issue: 'item "lamp": not known' })
      await until(() => (card.firstElementChild as HTMLElement).offsetWidth)
      expect(find(card, 'a')).to.equal(null)
      card.requestUpdate()
      await card.updateComplete
      expect(page.hear('kanmai-error').map((it) => [it['issue'], it['item']])).to.deep.equal([['item "lamp": not known', 'lamp']])
    })
    it('is hidden again when the item comes after all', async () => {
      const card = put({ item: 'lamp' }, '<a href="https://shop.example/x">The lamp</a>')
      page.items['lamp']!.set({ state: 'failed', issue: 'down' })
      await until(() => (card.firstElementChild as HTMLElement).offsetWidth)
      page.items['lamp']!.set({ state: 'ready', value: lamp })
      await until(() => link(card))
      expect((card.firstElementChild as HTMLElement).offsetWidth).to.equal(0)
    })
    it('is not looked for in a drawing', async () => {
      const card = put({ item: 'lamp' }, '<svg><a href="https://shop.example/drawn"><text>Lamp</text></a></svg>')
      await card.updateComplete
      expect(link(card)).to.equal(null)
    })
    it('is never followed where it is a script', async () => {
      const card = put({ item: 'lamp' }, '<a href="javascript:alert(1)">The lamp</a>')
      await card.updateComplete
      expect(link(card).hasAttribute('href')).to.equal(false)
    })
  })

  describe('size', () => {
    for (const [layout, height] of [['grid', 400], ['row', 148], ['compact', 82], ['over-video', 96]] as const) {
      it(`of ${layout} is the same waiting, ready, failed, with much and with little in it`, async () => {
        const long = { ...lamp, title: 'A very long title '.repeat(20), offers: [{ kind: 'code', off: usd(10) }], disclosure: 'Paid '.repeat(40) } as Item
        const short: Item = { id: 'x', title: 'X', url: 'https://shop.example' }
        const heights = new Set<number>()
        for (const item of [undefined, long, short]) {
          const card = item ? await whole({ item, layout }) : put({ layout })
          await card.updateComplete
          heights.add(card.getBoundingClientRect().height)
        }
        const failed = put({ item: 'lamp', layout })
        page.items['lamp']!.set({ state: 'failed', issue: 'down' })
        await until(() => page.hear('kanmai-error').length)
        heights.add(failed.getBoundingClientRect().height)
        expect([...heights]).to.deep.equal([height])
      })
    }
  })

  describe('being followed', () => {
    it('gets its ref at the first sign of intent, before the browser reads its address', async () => {
      const card = put({ item: lamp, placement: 'article', context: { list: 'l', position: 3, media: 'film', get second() { return 12.5 } } })
      await card.updateComplete
      let href = ''
      document.addEventListener('click', () => (href = link(card).getAttribute('href')!), { once: true })
      link(card).dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }))
      expect(link(card).getAttribute('href')).to.equal('https://shop.example/lamp?a=%20b&sub=ref1')
      link(card).click()
      expect(href).to.equal('https://shop.example/lamp?a=%20b&sub=ref1')
      const select = page.hear('kanmai-select')[0] as unknown as KanmaiSelectEvent
      const { item, placement, list, position, media, second, ref } = select
      expect({ item, placement, list, position, media, second, ref, href: select.href }).to.deep.equal({
        item: 'lamp',
        placement: 'article',
        list: 'l',
        position: 3,
        media: 'film',
        second: 12.5,
        ref: 'ref1',
        href,
      })
      expect(page.hear('kanmai-intent').length).to.equal(1)
    })
    for (const [name, event] of [
      ['Enter', new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true })],
      ['a context menu', new MouseEvent('contextmenu', { bubbles: true, composed: true })],
      ['a drag', new Event('dragstart', { bubbles: true, composed: true })],
    ] as const) {
      it(`takes ${name} for intent`, async () => {
        const card = put({ item: lamp })
        await card.updateComplete
        link(card).dispatchEvent(event)
        expect(link(card).href).to.include('sub=ref1')
        expect(page.hear('kanmai-select')).to.deep.equal([])
      })
    }
    it('takes no other key for intent', async () => {
      const card = put({ item: lamp })
      await card.updateComplete
      link(card).dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab', bubbles: true, composed: true }))
      expect(page.hear('kanmai-intent')).to.deep.equal([])
    })
    it('gets its ref by a bare click, too', async () => {
      const card = put({ item: lamp })
      await card.updateComplete
      link(card).click()
      expect(page.hear('kanmai-select')[0]!['ref']).to.equal('ref1')
    })
    it('gets one ref for each following', async () => {
      const card = put({ item: lamp })
      await card.updateComplete
      for (let time = 0; time < 2; time++) {
        link(card).dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }))
        link(card).dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, composed: true }))
        link(card).click()
      }
      expect(page.hear('kanmai-select').map((it) => it['ref'])).to.deep.equal(['ref1', 'ref2'])
    })
    it('counts the middle button and no other', async () => {
      const card = put({ item: lamp })
      await card.updateComplete
      const press = (button: number) => link(card).dispatchEvent(new MouseEvent('auxclick', { button, bubbles: true, composed: true, cancelable: true }))
      press(2)
      expect(page.hear('kanmai-select').length).to.equal(0)
      press(1)
      expect(page.hear('kanmai-select').length).to.equal(1)
    })
    it('is left to a host that prevents the event', async () => {
      const card = put({ item: lamp })
      await card.updateComplete
      let prevented: boolean | undefined
      box.addEventListener('click', (event) => (prevented = event.defaultPrevented))
      link(card).click()
      expect(prevented).to.equal(false)
      box.addEventListener('kanmai-select', (event) => event.preventDefault())
      link(card).click()
      expect(prevented).to.equal(true)
    })
    const go = 'https://shop.example/v1/demo/go/lamp?ref={ref}&placement={placement}&media={media}&second={second}'
    const direct = 'https://awin.example/?clickref={ref}'
    it('takes the place of the click along over the redirector', async () => {
      const card = put({ item: { ...lamp, url: go, links: { direct } }, placement: 'article end', context: { media: 'film&1', get second() { return 12.5 } } })
      await card.updateComplete
      expect(link(card).getAttribute('href')).to.equal('https://shop.example/v1/demo/go/lamp?ref=')
      link(card).click()
      const href = 'https://shop.example/v1/demo/go/lamp?ref=ref1&placement=article%20end&media=film%261&second=12.5'
      expect([link(card).getAttribute('href'), page.hear('kanmai-select')[0]!['href']]).to.deep.equal([href, href])
    })
    for (const [name, link1, url, links, wanted] of [
      ['the redirector when its placement says so', 'redirect', direct, { redirect: go }, go],
      ['the shop when its placement says so', 'direct', go, { direct }, direct],
      ['the shop when its network allows nothing else', 'redirect', direct, undefined, direct],
    ] as const) {
      it(`leads to ${name}`, async () => {
        page.settings.set({ state: 'ready', value: { publisher: 'demo', placements: { end: { link: link1 } }, now: Date.now } })
        const card = put({ item: { ...lamp, url, ...(links && { links }) }, placement: 'end' })
        await card.updateComplete
        link(card).click()
        expect(link(card).href.split('?')[0]).to.equal(wanted.split('?')[0])
      })
    }
    it('leads to the shop when nothing of the click may be sent', async () => {
      page.settings.set({ state: 'ready', value: { publisher: 'demo', consent: 'none', now: Date.now } })
      const card = put({ item: { ...lamp, url: go, links: { direct } } })
      await card.updateComplete
      expect(link(card).getAttribute('href')).to.equal('https://awin.example/?clickref=')
    })
    it('says when no press has done it', async () => {
      const card = put({ item: lamp })
      await card.updateComplete
      link(card).click()
      expect(page.hear('kanmai-select')[0]!['trusted']).to.equal(false)
    })
    it('goes out bare when nobody gives a ref', async () => {
      page.stop()
      document.addEventListener('click', (event) => event.preventDefault(), { once: true })
      const card = put({ item: lamp })
      await card.updateComplete
      link(card).click()
      expect(link(card).getAttribute('href')).to.equal('https://shop.example/lamp?a=%20b&sub=')
    })
  })

  describe('looks', () => {
    it('speaks Chinese where the page does', async () => {
      box.lang = 'zh-CN'
      const card = await whole({ item: { ...lamp, price: { now: { minor: 9900, currency: 'CNY' } }, offers: [{ kind: 'threshold', off: { minor: 1000, currency: 'CNY' }, threshold: { minor: 5000, currency: 'CNY' } }] } })
      await until(() => textOf(part(card, 'disclosure')) === '广告')
      await until(() => textOf(part(card, 'coupon')) === '满¥50减¥10')
      expect(textOf(part(card, 'price'))).to.equal('¥89 到手价 ¥99')
    })
    it('speaks as the page settings say, whatever the markup says', async () => {
      box.lang = 'en'
      page.settings.set({ state: 'ready', value: { publisher: 'demo', locale: 'zh', now: Date.now } })
      const card = put({ item: lamp })
      await until(() => textOf(part(card, 'disclosure')) === '广告')
    })
    it('speaks English where the language makes no sense', async () => {
      box.lang = 'no such language!'
      const card = put({ item: lamp })
      await card.updateComplete
      expect(textOf(part(card, 'disclosure'))).to.equal('Ad')
    })
    it('goes with the page’s direction', async () => {
      document.documentElement.dir = 'rtl'
      const card = await whole({ item: lamp, layout: 'row' })
      expect(find(card, '.picture')!.getBoundingClientRect().left).to.be.above(find(card, '.body')!.getBoundingClientRect().left)
    })
    it('takes nothing from the host page’s style but its tokens', async () => {
      const hostile = document.createElement('style')
      hostile.textContent = 'kanmai-card { font: italic 40px/3 cursive; color: red; text-transform: uppercase; letter-spacing: 9px; text-align: right }'
      document.head.append(hostile)
      const card = put({ item: lamp })
      await card.updateComplete
      const { fontStyle, fontSize, color, textTransform, letterSpacing } = getComputedStyle(link(card))
      expect([fontStyle, fontSize, textTransform, letterSpacing]).to.deep.equal(['normal', '15px', 'none', 'normal'])
      expect(color).not.to.equal('rgb(255, 0, 0)')
      hostile.remove()
      box.style.setProperty('--kanmai-text', 'rgb(1, 2, 3)')
      expect(getComputedStyle(link(card)).color).to.equal('rgb(1, 2, 3)')
    })
    it('is dark or light as the page settings say', async () => {
      const colors = []
      for (const colorScheme of ['light', 'dark'] as const) {
        page.settings.set({ state: 'ready', value: { publisher: 'demo', colorScheme, now: Date.now } })
        const card = put({ item: lamp })
        await card.updateComplete
        colors.push(getComputedStyle(link(card)).color)
      }
      expect(colors).to.deep.equal(['rgb(28, 27, 25)', 'rgb(243, 241, 237)'])
    })
    it('needs no style attribute, which a strict page would refuse', async () => {
      expect((await whole({ item: { ...lamp, availability: 'low_stock' } })).shadowRoot!.innerHTML).not.to.match(/<style|\sstyle=/)
    })
    it('says so when its layout is none, and is a grid card', async () => {
      const card = await whole({ item: lamp, layout: 'gird' as 'grid' })
      expect(page.hear('kanmai-error')[0]!['issue']).to.match(/^layout: expected one of grid, row/)
      expect(card.offsetHeight).to.equal(400)
    })
  })

  describe('impressions', () => {
    it('come once when half of it was on the screen for a second, not before', async () => {
      const room = document.createElement('div')
      room.style.height = '3000px'
      box.append(room)
      const card = await whole({ item: lamp, placement: 'article' })
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      expect(page.hear('kanmai-impression')).to.deep.equal([])
      card.scrollIntoView()
      await until(() => page.hear('kanmai-impression').length)
      scrollTo(0, 0)
      card.scrollIntoView()
      const [impression] = page.hear('kanmai-impression')
      expect([impression!['item'], impression!['placement']]).to.deep.equal(['lamp', 'article'])
      link(card).click()
      expect(page.hear('kanmai-impression').length).to.equal(1)
    })
    it('come with a click, before it', async () => {
      const card = await whole({ item: lamp })
      link(card).click()
      expect(page.heard.map((it) => it.type).filter((it) => it !== 'kanmai-intent')).to.deep.equal(['kanmai-impression', 'kanmai-select'])
    })
    it('come again for another item', async () => {
      const card = await whole({ item: lamp })
      link(card).click()
      card.item = { ...lamp, id: 'other' }
      await card.updateComplete
      link(card).click()
      expect(page.hear('kanmai-impression').map((it) => it['item'])).to.deep.equal(['lamp', 'other'])
    })
    it('never come for what was seen before, nor for an empty card', async () => {
      const seen = await whole({ item: lamp, seen: true })
      link(seen).click()
      expect(page.hear('kanmai-impression')).to.deep.equal([])
    })
  })

  it('leaves nothing behind when it is put up and taken down 200 times', async () => {
    await whole({ item: lamp })
    box.innerHTML = ''
    const left = await leftListeners(async () => {
      for (let time = 0; time < 200; time++) {
        const card = put({ item: 'lamp' })
        if (time % 10 === 0) await card.updateComplete
        card.remove()
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    })
    expect(left).to.deep.equal([])
    expect(page.followed()).to.equal(0)
  })
})
