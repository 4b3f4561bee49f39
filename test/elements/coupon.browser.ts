import 'axe-core'
import { expect } from 'chai'
import type { Item } from '../../src/contract/item.ts'
import type { Offer } from '../../src/contract/offer.ts'
import type { CouponElement } from '../../src/elements/coupon.ts'
import '../../src/elements/kanmai-coupon.ts'
import { fakePage, leftListeners, until, type FakePage } from './fake-page.ts'

const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }

const usd = (minor: number) => ({ minor, currency: 'USD' })
const code: Offer = { id: 'c', kind: 'threshold', off: usd(1000), threshold: usd(5000), code: 'LAMP10' }
const claimed: Offer = { id: 'r', kind: 'redpacket', off: usd(500), claimUrl: 'https://shop.example/claim?sub={ref}' }
const lamp: Item = { id: 'lamp', title: 'Arc lamp', url: 'https://shop.example/{ref}', price: { now: usd(9900) }, offers: [claimed, code] }
const at = Date.parse('2026-11-11T12:00:00Z')
const inSeconds = (seconds: number) => new Date(at + seconds * 1000).toISOString()

describe('kanmai-coupon', () => {
  let page: FakePage
  let box: HTMLElement
  let now: number

  const put = async (set: Partial<CouponElement>): Promise<CouponElement> => {
    const coupon = document.createElement('kanmai-coupon')
    Object.assign(coupon, set)
    box.append(coupon)
    await coupon.updateComplete
    return coupon
  }
  const part = <T extends HTMLElement>(coupon: CouponElement, name: string) => coupon.shadowRoot!.querySelector<T>(`[part~=${name}]`)
  const textOf = (element: Element | null | undefined) => element?.textContent?.replace(/[\s\u202f\u00a0]+/g, ' ').trim()
  const line = (coupon: CouponElement, name: string) => textOf(coupon.shadowRoot!.querySelector(`.${name}`))

  beforeEach(() => {
    now = at
    page = fakePage()
    page.settings.set({ state: 'ready', value: { publisher: 'demo', locale: 'en', now: () => now } })
    box = document.createElement('div')
    box.style.width = '400px'
    document.body.append(box)
  })
  afterEach(() => {
    box.remove()
    page.stop()
  })

  it('passes the axe audit in every state, light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      page.settings.set({ state: 'ready', value: { publisher: 'demo', colorScheme, now: () => now } })
      for (const offer of [code, claimed, { ...code, endsAt: inSeconds(-1) }, { ...code, startsAt: inSeconds(9) }]) {
        const coupon = await put({ item: lamp, offer })
        const { violations } = await axe.run(coupon)
        expect(violations.map((it) => `${it.id}: ${it.nodes[0]?.html}`)).to.deep.equal([])
        coupon.remove()
      }
    }
  })

  describe('shows', () => {
    it('the best offer of the item that its attribute names', async () => {
      box.innerHTML = '<kanmai-coupon item="lamp"></kanmai-coupon>'
      const coupon = box.firstElementChild as CouponElement
      page.items['lamp']!.set({ state: 'ready', value: lamp })
      await coupon.updateComplete
      expect(line(coupon, 'stub')).to.equal('$10 off')
      expect(line(coupon, 'what')).to.equal('On orders over $50')
    })
    it('the offer that its attribute names', async () => {
      box.innerHTML = '<kanmai-coupon item="lamp" offer="r"></kanmai-coupon>'
      const coupon = box.firstElementChild as CouponElement
      page.items['lamp']!.set({ state: 'ready', value: lamp })
      await coupon.updateComplete
      expect(line(coupon, 'stub')).to.equal('$5 off')
    })
    it('without asking the offer that its property holds', async () => {
      const coupon = await put({ offer: code, item: 'lamp' })
      expect(page.asked.some((it) => it.kind === 'item')).to.equal(false)
      expect(line(coupon, 'stub')).to.equal('$10 off')
    })
    it('that it is an advertisement', async () => {
      expect(textOf(part(await put({ offer: code }), 'disclosure'))).to.equal('Ad')
    })
    for (const [offer, gain, words] of [
      [{ kind: 'code', percent: 15 }, '15% off', '打8.5折'],
      [{ kind: 'flash', price: usd(4999) }, 'Now $49.99', '现价$49.99'],
      [{ kind: 'auto', title: 'Free shipping' }, 'Free shipping', 'Free shipping'],
      [{ kind: 'member' }, 'Members’ offer', '会员专享'],
    ] as const) {
      it(`a ${offer.kind} offer in both languages`, async () => {
        const coupon = await put({ offer })
        expect(line(coupon, 'stub')).to.equal(gain)
        page.settings.set({ state: 'ready', value: { publisher: 'demo', locale: 'zh-CN', now: () => now } })
        await until(() => line(coupon, 'stub') === words)
      })
    }
    it('nothing, in a room of its size, when there is no offer', async () => {
      const coupon = await put({ item: { ...lamp, offers: [] } })
      expect(getComputedStyle(part(coupon, 'badge')!).visibility).to.equal('hidden')
      expect(coupon.offsetHeight).to.equal(96)
    })
    it('and says that its item cannot be had', async () => {
      const coupon = await put({ item: 'lamp' })
      page.items['lamp']!.set({ state: 'failed', issue: 'item "lamp": not known' })
      await coupon.updateComplete
      expect(page.hear('kanmai-error').map((it) => it['issue'])).to.deep.equal(['item "lamp": not known'])
      expect(coupon.offsetHeight).to.equal(96)
    })
    it('all it has in one size', async () => {
      const heights = new Set<number>()
      for (const offer of [code, claimed, { ...code, title: 'Long '.repeat(50), audience: 'Long '.repeat(50) }, { ...code, endsAt: inSeconds(-1) }]) {
        heights.add((await put({ offer })).getBoundingClientRect().height)
      }
      heights.add((await put({ item: 'waiting' })).getBoundingClientRect().height)
      expect([...heights]).to.deep.equal([96])
    })
  })

  describe('time', () => {
    for (const [offer, words] of [
      [{ endsAt: inSeconds(9 * 86_400) }, 'Until Nov 20'],
      [{ endsAt: inSeconds(3 * 3600) }, 'Ends in 3h 0m'],
      [{ endsAt: inSeconds(65) }, 'Ends in 1m 5s'],
      [{ endsAt: inSeconds(-1) }, 'Ended'],
      [{ left: 0 }, 'All gone'],
      [{ left: 12 }, '12 left'],
      [{ startsAt: inSeconds(9 * 86_400) }, 'From Nov 20'],
    ] as const) {
      it(`reads ${words}`, async () => {
        const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
        expect(line(await put({ offer: { ...code, ...offer } }), 'until')).to.equal(calm && words.includes('5s') ? 'Ends in 2m' : words)
      })
    }
    it('runs by the endpoint’s clock until nothing can be claimed', async () => {
      const coupon = await put({ offer: { ...code, endsAt: inSeconds(1) } })
      expect(part(coupon, 'claim')).not.to.equal(null)
      now += 1000
      await until(() => line(coupon, 'until') === 'Ended')
      expect(part(coupon, 'claim')).to.equal(null)
    })
    it('opens by itself what is not yet', async () => {
      const coupon = await put({ offer: { ...code, startsAt: new Date(at + 50).toISOString() } })
      expect(part(coupon, 'claim')).to.equal(null)
      now += 50
      await until(() => part(coupon, 'claim'))
    })
  })

  describe('a code', () => {
    const { clipboard } = navigator
    const withClipboard = (writeText: (text: string) => Promise<void>) =>
      Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })
    afterEach(() => void Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard }))

    it('is copied, and that is seen, said and told', async () => {
      let copied = ''
      withClipboard(async (text) => void (copied = text))
      const coupon = await put({ item: lamp, offer: code, placement: 'article' })
      part(coupon, 'claim')!.click()
      await until(() => line(coupon, 'claim')?.includes('Copied'))
      expect(copied).to.equal('LAMP10')
      const [event] = page.hear('kanmai-copy')
      expect([event!['code'], event!['item'], event!['offer'], event!['placement']]).to.deep.equal(['LAMP10', 'lamp', 'c', 'article'])
      await until(() => [...document.querySelectorAll('body > [role=status]')].some((it) => it.textContent === 'Code LAMP10 copied'))
      await until(() => line(coupon, 'claim')?.includes('Copy code'))
    })
    it('is copied the old way where the clipboard is refused', async () => {
      withClipboard(() => Promise.reject(new Error('refused')))
      const { execCommand } = document
      let selected = ''
      document.execCommand = () => {
        const field = coupon.shadowRoot!.activeElement as HTMLTextAreaElement
        selected = field.value
        return true
      }
      const coupon = await put({ offer: code })
      part(coupon, 'claim')!.click()
      await until(() => page.hear('kanmai-copy').length)
      document.execCommand = execCommand
      expect(selected).to.equal('LAMP10')
      expect(coupon.shadowRoot!.querySelector('textarea')).to.equal(null)
    })
    it('is not said to be copied when it was not', async () => {
      withClipboard(() => Promise.reject(new Error('refused')))
      const { execCommand } = document
      let tried = false
      document.execCommand = () => !(tried = true)
      const coupon = await put({ offer: code })
      part(coupon, 'claim')!.click()
      await until(() => tried)
      await coupon.updateComplete
      document.execCommand = execCommand
      expect(page.hear('kanmai-copy')).to.deep.equal([])
    })
    it('is a button of a size to touch', async () => {
      const { width, height } = part(await put({ offer: code }), 'claim')!.getBoundingClientRect()
      expect(Math.min(width, height)).to.be.at.least(44)
    })
  })

  describe('a link', () => {
    it('to where it is claimed carries a ref and tells of the claim', async () => {
      const coupon = await put({ item: lamp, offer: claimed })
      const link = part<HTMLAnchorElement>(coupon, 'claim')!
      expect(link.getAttribute('href')).to.equal('https://shop.example/claim?sub=')
      expect(link.rel).to.equal('sponsored nofollow noopener norewrite noskim')
      link.click()
      expect(link.href).to.equal('https://shop.example/claim?sub=ref1')
      const [claim] = page.hear('kanmai-claim')
      expect([claim!['item'], claim!['offer'], claim!['ref']]).to.deep.equal(['lamp', 'r', 'ref1'])
      expect(page.hear('kanmai-select')).to.deep.equal([])
    })
    it('to the product stands where there is nothing to claim', async () => {
      const coupon = await put({ item: lamp, offer: { kind: 'auto', off: usd(100) } })
      const link = part<HTMLAnchorElement>(coupon, 'claim')!
      link.click()
      expect(link.href).to.equal('https://shop.example/ref1')
      expect(page.hear('kanmai-select').length).to.equal(1)
    })
    it('that is a script is never there', async () => {
      const coupon = await put({ offer: { ...claimed, claimUrl: 'javascript:alert(1)' } })
      expect(part(coupon, 'claim')).to.equal(null)
    })
  })

  it('counts as seen when it is claimed', async () => {
    const coupon = await put({ item: lamp, offer: claimed })
    await until(() => page.hear('kanmai-impression').length)
    expect(page.hear('kanmai-impression')[0]!['offer']).to.equal('r')
    expect(coupon.isConnected).to.equal(true)
  })

  it('needs no style attribute, which a strict page would refuse', async () => {
    expect((await put({ offer: code })).shadowRoot!.innerHTML).not.to.match(/<style|\sstyle=/)
  })

  it('leaves nothing behind when it is put up and taken down 200 times', async () => {
    const left = await leftListeners(async () => {
      for (let time = 0; time < 200; time++) {
        const coupon = await put({ item: 'lamp', ...(time % 2 && { offer: { ...code, endsAt: inSeconds(100) } }) })
        coupon.remove()
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    })
    expect(left).to.deep.equal([])
    expect(page.followed()).to.equal(0)
  })
})
