// The page of bench/feed.ts: the same products as plain lit cards and as a feed.
import { LitElement, html, nothing } from 'lit'
import { atom } from 'nanostores'
import '../../src/elements/kanmai-card.ts'
import '../../src/elements/kanmai-feed.ts'
import type { Item } from '../../src/contract/item.ts'
import { CardElement } from '../../src/elements/card.ts'
import { linkRel } from '../../src/elements/product-link.ts'
import type { FeedElement } from '../../src/elements/feed.ts'
import type { Answer, KanmaiRequestEvent, Wishes } from '../../src/elements/wish.ts'

const itemAt = (index: number): Item => ({
  id: `item-${index}`,
  title: `Arc lamp ${index} with a marble foot`,
  url: `https://shop.example/${index}?ref={ref}`,
  image: `${location.origin}/picture.webp?${index % 20}`,
  brand: 'Halden',
  price: { now: { minor: 12_900 + index, currency: 'USD' }, was: { minor: 15_900 + index, currency: 'USD' } },
})

const formats = [0, 2].map(
  (digits) =>
    new Intl.NumberFormat('en', {
      style: 'currency',
      currency: 'USD',
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }),
)
const dollars = (minor: number) => formats[minor % 100 ? 1 : 0]!.format(minor / 100)

/** A lit card with the markup of ours and nothing of its work. */
class PlainCard extends LitElement {
  static override styles = CardElement.styles
  static override properties = { item: { attribute: false } }
  declare item: Item

  override render() {
    const { title, url, image, brand, price } = this.item
    return html`<div class=${'root '} lang=${'en'}><div class="card ${'grid'} ${''}">
      <div class="picture ${'shot'}"><img src=${image ?? nothing} alt="" loading="lazy" decoding="async" draggable="false" /></div>
      <div class="body">
        <div class="label"><span part="disclosure" title=${'Ad'}>${'Ad'}</span><span class="brand">${brand}</span></div>
        <a class="title" part="link" href=${url.replace('{ref}', '')} rel=${linkRel} target=${'_blank'}>${title}</a>
        <div class="money">
          <div class="prices" part="price"><span class="sum ${'sale'}">${dollars(price!.now.minor)}</span>
            <s><span class="sr">${'was'} </span>${dollars(price!.was!.minor)}</s></div>
        </div>
      </div>
    </div></div>`
  }
}
customElements.define('plain-card', PlainCard)

const stage = document.querySelector<HTMLElement>('#stage')!
const nextFrame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()))
/** Resolves when what stands in the DOM now has been painted. */
const painted = async () => {
  await nextFrame()
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port2.onmessage = () => resolve()
    port1.postMessage(0)
  })
}

const cardsOf = (root: ParentNode) => [...root.querySelectorAll<CardElement>('kanmai-card')]
const visible = (cards: Element[]) =>
  cards.filter((card) => {
    const box = card.getBoundingClientRect()
    return box.top < innerHeight && box.bottom > 0 && box.height > 0
  })

async function clear(): Promise<void> {
  stage.replaceChildren()
  await painted()
  await new Promise((resolve) => setTimeout(resolve, 50))
}

/** Milliseconds until the visible cards of a feed of `length` items are painted, and how many cards these are. */
async function feed(length: number): Promise<{ time: number; cards: number }> {
  const items = Array.from({ length }, (_, index) => itemAt(index))
  await clear()
  const start = performance.now()
  const element = document.createElement('kanmai-feed') as FeedElement
  element.items = items
  stage.append(element)
  let cards: Element[] = []
  do {
    await painted()
    cards = visible(cardsOf(element.shadowRoot!))
  } while (!cards.length || cards.some((card) => !card.shadowRoot!.querySelector('[part~=price]')))
  return { time: performance.now() - start, cards: cards.length }
}

/** The same for plain cards in a grid of the same columns. */
async function plain(count: number, width: number): Promise<{ time: number; cards: number }> {
  const items = Array.from({ length: count }, (_, index) => itemAt(index))
  await clear()
  const start = performance.now()
  const grid = document.createElement('div')
  grid.style.cssText = `display:grid;gap:16px;grid-template-columns:repeat(auto-fill,${width}px)`
  for (const item of items) {
    const card = document.createElement('plain-card') as PlainCard
    card.item = item
    grid.append(card)
  }
  stage.append(grid)
  do await painted()
  while ([...grid.children].some((card) => !card.shadowRoot!.querySelector('[part~=price]')))
  return { time: performance.now() - start, cards: count }
}

/** What both render, to be compared: without lit's markers and white space. */
async function markup(): Promise<{ ours: string; plain: string }> {
  const bare = (root: ShadowRoot) => root.innerHTML.replace(/<!--.*?-->/g, '').replace(/\s+/g, ' ').replace(/> </g, '><').replace(/ ?([<>]) ?/g, '$1')
  await clear()
  const ours = document.createElement('kanmai-card') as CardElement
  ours.item = itemAt(0)
  const other = document.createElement('plain-card') as PlainCard
  other.item = itemAt(0)
  stage.append(ours, other)
  await painted()
  return { ours: bare(ours.shadowRoot!), plain: bare(other.shadowRoot!) }
}

const cardWidth = () => visible(cardsOf(document.querySelector('kanmai-feed')!.shadowRoot!))[0]!.getBoundingClientRect().width

/** Puts an endless feed on the page, answered from memory by pages of 20. */
async function endless(length: number): Promise<void> {
  document.addEventListener('kanmai-request', (event) => {
    const request = event as KanmaiRequestEvent<'feed'>
    if (request.wish.kind !== 'feed') return
    const start = Number(request.wish.cursor ?? 0)
    const items = Array.from({ length: Math.min(20, length - start) }, (_, index) => itemAt(start + index))
    const next = start + 20 < length ? String(start + 20) : undefined
    request.answer = atom<Answer<Wishes['feed']['value']>>({ state: 'ready', value: { list: 'bench', items, next } })
  })
  await clear()
  const element = document.createElement('kanmai-feed') as FeedElement
  element.placement = 'bench'
  stage.append(element)
  await painted()
}

/** Scrolls on until the feed has rendered item `index`. */
async function scrollTo(index: number): Promise<void> {
  const element = document.querySelector<FeedElement>('kanmai-feed')!
  const last = () => Math.max(...cardsOf(element.shadowRoot!).map((card) => card.context?.position ?? 0))
  while (last() < index) {
    window.scrollBy({ top: innerHeight * 3, behavior: 'instant' })
    await painted()
  }
  // What waits for an idle moment holds on to its element until then.
  await new Promise((resolve) => setTimeout(resolve, 500))
  await new Promise((resolve) => requestIdleCallback(resolve))
}

Object.assign(window, { benchFeed: { feed, plain, markup, cardWidth, endless, scrollTo } })
