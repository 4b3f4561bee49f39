import { LitElement, html, nothing, type TemplateResult } from 'lit'
import type { Item } from '../contract/item.ts'
import type { Offer } from '../contract/offer.ts'
import { isOpen } from '../core/offer.ts'
import { pricePath, type PricePath } from '../core/price.ts'
import { AskController } from './ask-controller.ts'
import { cardStyles } from './card.styles.ts'
import { version } from './define-element.ts'
import { KanmaiErrorEvent, type EventContext } from './events.ts'
import { offerWords } from './offer-words.ts'
import { PageController } from './page-controller.ts'
import { bareHref, linkRel, watchLinks, withRefSlot, type ProductLink } from './product-link.ts'
import { tokens } from './tokens.styles.ts'
import { watchViews } from './watch-views.ts'

export const cardLayouts = ['grid', 'row', 'compact', 'over-video'] as const
export type CardLayout = (typeof cardLayouts)[number]

/** For properties that only events are made of. */
const unrendered = { attribute: false, hasChanged: () => false }

/** Stands in for a picture that is missing. */
const renderInitial = (title = ''): TemplateResult => html`<span aria-hidden="true">${[...title][0]}</span>`

/**
 * A product: picture, title, price, the best offer. The whole card is one link, disclosed as an advertisement.
 *
 * @slot - the link that stands here without script; shown again when the item cannot be had
 * @fires kanmai-select - the product's link is being followed; cancelable
 * @fires kanmai-impression - half of the card was on the screen for a second
 * @fires kanmai-intent - the link may be followed soon and needs its ref
 * @fires kanmai-error - the item cannot be shown
 * @csspart link - the product's link
 * @csspart price - the line of prices
 * @csspart coupon - the best offer
 * @csspart disclosure - the word that says this is an advertisement
 */
export class CardElement extends LitElement {
  static readonly version = version
  static override styles = [tokens, cardStyles]
  static override properties = { item: {}, layout: {}, placement: {}, context: unrendered, seen: unrendered }

  /** Id of the item to ask for, or the item itself. */
  declare item: string | Item | undefined
  /** `grid` (default), `row`, `compact` or `over-video`. */
  declare layout: CardLayout
  /** Where on the publisher's pages this card stands. */
  declare placement: string | undefined
  /** What else its events say about where they happened; fields may be getters. */
  declare context: EventContext | undefined
  /** Its impression was counted before: a feed makes its cards anew when they come back. */
  declare seen: boolean | undefined

  private readonly page = new PageController(this)
  private readonly ask = new AskController<'item'>(this, () =>
    this.item && typeof this.item === 'string' ? { kind: 'item', item: this.item } : undefined,
  )
  private brokenImage: string | undefined
  private issue: string | undefined

  constructor() {
    super()
    this.layout = 'grid'
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    return watchLinks(super.createRenderRoot())
  }

  protected override firstUpdated(): void {
    watchViews(this, () => (this.shown && !this.seen ? this.where() : undefined))
  }

  protected override updated(): void {
    const issue = this.ask.answer?.state === 'failed' ? this.ask.answer.issue : undefined
    if (issue && issue !== this.issue) this.dispatchEvent(new KanmaiErrorEvent(this.where(), issue))
    this.issue = issue
  }

  /** The item as it stands there, while there is one. */
  private get shown(): Item | undefined {
    return (this.item && typeof this.item === 'object' ? this.item : undefined) ?? this.ask.value
  }

  private readonly where = (): EventContext => ({
    ...this.context,
    item: (typeof this.item === 'object' ? this.item?.id : this.item) ?? this.context?.item,
    placement: this.placement ?? this.context?.placement,
  })

  private readonly handleImageError = (): void => {
    this.brokenImage = this.shown?.image
    this.requestUpdate()
  }

  private readonly handleSlot = (): void => this.requestUpdate()

  override render(): TemplateResult {
    const { page } = this
    const layout = cardLayouts.includes(this.layout) ? this.layout : 'grid'
    const item = this.shown
    const light = item ? null : this.querySelector('a')
    const failed = !item && this.ask.answer?.state === 'failed'
    const state = item?.availability === 'out_of_stock' ? 'out' : failed ? (light ? 'failed' : 'empty') : ''
    return html`<div class=${page.root} lang=${page.locale}>
      <div class="card ${layout} ${state}">
        ${item ? this.renderItem(item) : failed ? this.renderFailed(light) : this.renderWaiting(light)}
      </div>
    </div>`
  }

  private renderItem(item: Item): TemplateResult {
    const { page } = this
    const path = pricePath(item, page.now(), page.settings?.priceMaxAge)
    return html`${this.renderPicture(item)}
      <div class="body">
        ${this.renderLabel(item.brand ?? item.seller?.name, item.disclosure)} ${this.renderLink(item.title, item.url)}
        <div class="money">
          <div class="prices" part="price">${path ? this.renderPrices(path) : item.price ? page.words.seePrice : nothing}</div>
          <div class="notes">${this.renderNotes(item, path)}</div>
        </div>
      </div>`
  }

  private renderPicture(item: Item): TemplateResult {
    const { image, images } = item
    const src = image === this.brokenImage ? undefined : bareHref(image)
    const alt = images?.find((it) => it.url === image)?.alt ?? ''
    return html`<div class="picture ${src ? 'shot' : 'none'}">
      ${src
        ? html`<img src=${src} alt=${alt} loading="lazy" decoding="async" draggable="false" @error=${this.handleImageError} />`
        : renderInitial(item.title)}
      ${this.renderFlag(item)}
    </div>`
  }

  private renderFlag(item: Item): TemplateResult | typeof nothing {
    const { words, locale } = this.page
    const states: Partial<Record<NonNullable<Item['availability']>, string>> = {
      out_of_stock: words.soldOut,
      low_stock: words.lowStock,
      preorder: item.availableFrom
        ? words.preorderFrom(new Date(item.availableFrom).toLocaleDateString(locale, { month: 'short', day: 'numeric' }))
        : words.preorder,
      backorder: words.backorder,
    }
    const flag = states[item.availability ?? 'unknown'] ?? item.badges?.[0]
    return flag ? html`<span class="flag">${flag}</span>` : nothing
  }

  private renderLabel(source?: string, disclosure?: string): TemplateResult {
    const words = disclosure ?? this.page.settings?.disclosure ?? this.page.words.disclosure
    return html`<div class="label">
      <span part="disclosure" title=${words}>${words}</span>${source ? html`<span class="brand">${source}</span>` : nothing}
    </div>`
  }

  private renderLink(title: string, url: string): TemplateResult {
    const link: ProductLink = { url, context: this.where }
    return html`<a class="title" part="link" href=${bareHref(url) ?? nothing} rel=${linkRel} target=${this.page.target} .product=${link}>${title}</a>`
  }

  private renderPrices({ now, was, final, from }: PricePath): TemplateResult {
    const { page } = this
    const { words } = page
    const sum = page.money(final ?? now)
    return html`<span class="sum ${was || final ? 'sale' : ''}">${from ? words.from(sum) : sum}</span>
      ${final ? html`<span>${words.final}</span><span>${page.money(now)}</span>` : nothing}
      ${was ? html`<s><span class="sr">${words.was} </span>${page.money(was)}</s>` : nothing}`
  }

  private renderNotes(item: Item, path: PricePath | undefined): TemplateResult {
    const { page } = this
    const offer: Offer | undefined = path?.used[0] ?? item.offers?.find((it) => isOpen(it, page.now()))
    const count = (it: number) => new Intl.NumberFormat(page.locale, { notation: 'compact' }).format(it)
    const { rating, sales, availability } = item
    return html`${offer && availability !== 'out_of_stock' ? html`<span part="coupon">${offerWords(offer, page)}</span>` : nothing}
    ${rating
      ? html`<span role="img" aria-label=${page.words.rating(rating.value.toLocaleString(page.locale), String(rating.best ?? 5))}
          >★ ${rating.value.toLocaleString(page.locale, { maximumFractionDigits: 1 })}</span
        >`
      : nothing}
    ${sales ? html`<span>${page.words.sold(count(sales.count))}</span>` : nothing}`
  }

  /** What stands in the page already is shown while the rest is on its way: a title that can be followed. */
  private renderWaiting(light: HTMLAnchorElement | null): TemplateResult {
    return html`<div class="picture"></div>
      <div class="body">
        ${light
          ? [this.renderLabel(), this.renderLink(light.textContent?.trim() ?? '', withRefSlot(light.href))]
          : html`<div class="label bone"></div><div class="title bone"></div>`}
        <div class="money"><div class="bone"></div></div>
      </div>
      <slot hidden @slotchange=${this.handleSlot}></slot>`
  }

  private renderFailed(light: HTMLAnchorElement | null): TemplateResult {
    return html`<div class="picture none">${renderInitial(light?.textContent?.trim())}</div>
      <div class="body">${this.renderLabel()}<div class="title"><slot></slot></div></div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kanmai-card': CardElement
  }
}
