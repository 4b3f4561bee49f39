import { html, nothing, type TemplateResult } from 'lit'
import type { Item } from '../contract/item.ts'
import { isOpen } from '../core/offer.ts'
import type { PricePath } from '../core/price.ts'
import { detailWords } from '../locale/detail-words.ts'
import { cardDetailsStyles } from './card-details.styles.ts'
import type { CardElement } from './card.ts'
import { KanmaiErrorEvent } from './events.ts'
import { saving } from './saving.ts'
import { sharing } from './sharing.ts'
import { offerWords } from './offer-words.ts'
import { ViewabilityController } from './viewability-controller.ts'

export { pricePath } from '../core/price.ts'

const buttons = [saving, sharing]

export const renderButtons = (card: CardElement, item: Item) => buttons.map((it) => it.render(card, item))

const layouts = ['grid', 'row', 'compact', 'over-video']

/** What the details need of a card's page. */
type Page = CardElement['page']

const wordsOf = (page: Page) => detailWords(page.locale, page.wordsLoaded)

/** Adds to a card what it could do without when it was first painted: looks, impressions, and a voice for what is wrong. */
export function enrich(card: CardElement): void {
  const root = card.renderRoot as ShadowRoot
  const { elementStyles } = card.constructor as typeof CardElement
  if (!elementStyles.includes(cardDetailsStyles)) elementStyles.push(cardDetailsStyles)
  // Cards that are made from now on have the styles from the start.
  const { styleSheet } = cardDetailsStyles
  if (styleSheet && card.ownerDocument === document && !root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets.push(styleSheet)
  new ViewabilityController(card, () => (card.shown && !card.seen ? card.where() : undefined))
  for (const it of buttons) it.join(card)
  let said: string | undefined
  // An error of a picture does not bubble, but can be caught on its way down.
  const handleBroken = (event: Event): void => {
    card.brokenImage = (event.target as HTMLImageElement).getAttribute('src') ?? undefined
    card.requestUpdate()
  }
  root.addEventListener('error', handleBroken, true)
  const image = root.querySelector('img')
  if (image?.complete && !image.naturalWidth) card.brokenImage = image.getAttribute('src') ?? undefined

  card.addController({
    hostUpdated() {
      const { ask, layout = 'grid' } = card
      const wrong = layouts.includes(layout) ? undefined : `layout: expected one of ${layouts.join(', ')}, received "${layout}"`
      const issue = ask.answer?.state === 'failed' ? ask.answer.issue : wrong
      if (issue && issue !== said) card.dispatchEvent(new KanmaiErrorEvent(card.where(), issue))
      said = issue
    },
  })
}

/** Shops write whole sentences into their highlights; on a picture there is room for a word or two. */
const longestBadge = 18

/** The one word on a picture: whether the item can be had, or what the shop says for it. */
export function renderFlag(item: Item, page: Page): TemplateResult | typeof nothing {
  const words = wordsOf(page)
  const day = () => new Intl.DateTimeFormat(page.locale, { month: 'short', day: 'numeric' }).format(Date.parse(item.availableFrom!))
  const states: Partial<Record<NonNullable<Item['availability']>, string>> = {
    out_of_stock: words.soldOut,
    low_stock: words.lowStock,
    preorder: item.availableFrom ? words.preorderFrom(day()) : words.preorder,
    backorder: words.backorder,
  }
  const state = states[item.availability ?? 'unknown']
  const flag = state ?? item.badges?.find((it) => it.length <= longestBadge)
  return flag ? html`<span class="flag ${state ? '' : 'badge'}">${flag}</span>` : nothing
}

/** The line under the price: the offer that counts, stars, how many were sold; as much of it as fits. */
export function renderNotes(item: Item, path: PricePath | undefined, page: Page): TemplateResult {
  const words = wordsOf(page)
  const { rating, sales, availability } = item
  const offer = availability === 'out_of_stock' ? undefined : (path?.used[0] ?? item.offers?.find((it) => isOpen(it, page.now())))
  const number = (it: number, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(page.locale, options).format(it)
  const stars = rating && number(rating.value, { maximumFractionDigits: 1 })
  return html`<div class="notes">
    ${offer ? html`<span part="coupon">${offerWords(offer, words, page.money)}</span>` : nothing}
    ${stars ? html`<span role="img" aria-label=${words.rating(stars, number(rating.best ?? 5, {}))}>★ ${stars}</span>` : nothing}
    ${sales ? html`<span>${words.sold(number(sales.count, { notation: 'compact' }))}</span>` : nothing}
  </div>`
}

/** The link that the page brought, in the place of a title; without one an empty room of the card's size. */
export function renderFailed(card: CardElement, light: HTMLAnchorElement | null): TemplateResult {
  return html`<div class="picture none">${[...(light?.text.trim() ?? '')][0]}</div>
    <div class="body">${card.renderLabel()}<div class="title"><slot></slot></div></div>`
}
