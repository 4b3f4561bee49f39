import { LitElement, html, nothing, type TemplateResult } from 'lit'
import type { Item } from '../contract/item.ts'
import { askedPrice, type AskedPrice } from '../core/asked-price.ts'
import { cardWords } from '../locale/words.ts'
import { AskController } from './ask-controller.ts'
import { cardStyles } from './card.styles.ts'
import { version } from './define-element.ts'
import type { EventContext } from './events.ts'
import { broken } from './page-fit.ts'
import { PageBasics } from './page-basics.ts'
import { bareHref, linkRel, linkTo, watchLinks, withRefSlot, type ProductLink } from './product-link.ts'
import { tokens } from './tokens.styles.ts'
import { whenIdle } from './when-idle.ts'

export type CardLayout = 'grid' | 'row' | 'compact' | 'over-video'

/** What a card can do without at first: loaded once the first is painted, at once for any layout but the grid. */
let details: typeof import('./card-details.ts') | undefined

/** For properties that only events are made of. */
const unrendered = { attribute: false, hasChanged: () => false }

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
 * @csspart save - the button that keeps it for later: there with `<kanmai-saved>` on the page, or with the attribute `save`
 * @csspart share - the button that shares it: there in an app that shares, or with the attribute `share`
 * @csspart disclosure - the word that says this is an advertisement
 */
export class CardElement extends LitElement {
  static readonly version = version
  static override styles = [tokens, cardStyles]
  static override properties = { item: {}, layout: {}, placement: {}, context: unrendered, seen: unrendered }

  /** Id of the item to ask for, or the item itself. */
  declare item: string | Item | undefined
  /** `grid` (default), `row`, `compact` or `over-video`. */
  declare layout: CardLayout | undefined
  /** Where on the publisher's pages this card stands. */
  declare placement: string | undefined
  /** What else its events say about where they happened; fields may be getters. */
  declare context: EventContext | undefined
  /** Its impression was counted before: a feed makes its cards anew when they come back. */
  declare seen: boolean | undefined

  /** @internal */
  readonly page = new PageBasics(this, cardWords)
  /** @internal */
  readonly ask = new AskController<'item'>(this, () => {
    const { item } = this
    return typeof item === 'string' && item ? { kind: 'item', item } : undefined
  })
  /** @internal */
  brokenImage: string | undefined
  private enriched = false

  /** The item as it stands there, while there is one. @internal */
  get shown(): Item | undefined {
    return typeof this.item === 'object' ? this.item : this.ask.value
  }

  /** @internal */
  readonly where = (): EventContext => ({
    ...this.context,
    item: this.shown?.id ?? (this.item as string | undefined),
    placement: this.placement ?? this.context?.placement,
  })

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    return watchLinks(super.createRenderRoot())
  }

  protected override willUpdate(): void {
    if (details && !this.enriched) details.enrich(this)
    this.enriched = !!details
  }

  protected override firstUpdated(): void {
    if (details) return
    const load = (): void =>
      void import('./card-details.ts').then(
        (it) => {
          details = it
          this.requestUpdate()
        },
        () => {}, // Offline by now: the card stays as it is.
      ).catch(broken)
    if (this.dressed) load()
    else whenIdle(load)
  }

  /** Whether it has a layout whose styles are not among the first. */
  private get dressed(): boolean {
    return !!this.layout && this.layout !== 'grid'
  }

  private readonly handleSlot = (): void => this.requestUpdate()

  override render(): TemplateResult {
    const { page, shown: item } = this
    const light = item ? null : this.querySelector<HTMLAnchorElement>('a:not(svg a)')
    const rich = details
    const failed = !item && this.ask.answer?.state === 'failed'
    // Without its styles a layout has no more than its height.
    if (this.dressed && !rich) return html`<div class=${page.root}><div class="card ${this.layout}"></div></div>`
    return html`<div class=${page.root} lang=${page.locale}>
      <div class="card ${this.layout ?? 'grid'} ${item?.availability ?? (failed && !light ? 'empty' : '')}">
        ${item ? this.renderItem(item, rich) : failed && rich ? rich.renderFailed(this, light) : this.renderWaiting(light)}
        ${item && rich?.renderButtons(this, item)}
      </div>
    </div>`
  }

  private renderItem(item: Item, rich: typeof details): TemplateResult {
    const { page } = this
    const src = item.image === this.brokenImage ? undefined : bareHref(item.image)
    const rules = [item, page.now(), page.settings?.priceMaxAge] as const
    // The rules of offers come with the details; till then a price that they may lower is not shown.
    const price = rich ? rich.pricePath(...rules) : item.offers?.length ? null : askedPrice(...rules)
    return html`<div class="picture ${src ? 'shot' : 'none'}">
        ${src ? html`<img src=${src} alt="" loading="lazy" decoding="async" draggable="false" />` : [...item.title][0]}
        ${rich?.renderFlag(item, page)}
      </div>
      <div class="body">
        ${this.renderLabel(item.brand ?? item.seller?.name, item.disclosure)} ${this.renderLink(item.title, linkTo(item, page.settings, this.placement ?? this.context?.placement))}
        <div class="money">
          <div class="prices" part="price">${price ? this.renderPrices(price) : item.price && price !== null ? page.words.seePrice : nothing}</div>
          ${rich?.renderNotes(item, price as ReturnType<typeof rich.pricePath>, page)}
        </div>
      </div>`
  }

  /** @internal */
  renderLabel(source?: string, disclosure = this.page.settings?.disclosure ?? this.page.words.disclosure): TemplateResult {
    return html`<div class="label">
      <span part="disclosure" title=${disclosure}>${disclosure}</span>${source ? html`<span class="brand">${source}</span>` : nothing}
    </div>`
  }

  private renderLink(title: string, link: Omit<ProductLink, 'context'>): TemplateResult {
    return html`<a
      class="title"
      part="link"
      href=${bareHref(link.url) ?? nothing}
      rel=${linkRel}
      target=${this.page.target}
      .product=${{ ...link, context: this.where }}
      >${title}</a
    >`
  }

  private renderPrices({ now, was, final, from }: AskedPrice): TemplateResult {
    const { words, money } = this.page
    const sum = money(final ?? now)
    return html`<span class="sum ${was || final ? 'sale' : ''}">${from ? words.from(sum) : sum}</span>
      ${final ? html`<span>${words.final}</span> <span>${money(now)}</span>` : nothing}
      ${was ? html`<s><span class="sr">${words.was} </span>${money(was)}</s>` : nothing}`
  }

  /** What stands in the page already is shown while the rest is on its way: a title that can be followed. */
  private renderWaiting(light: HTMLAnchorElement | null): TemplateResult {
    return html`<div class="picture"></div>
      <div class="body">
        ${light
          ? [this.renderLabel(), this.renderLink(light.text.trim(), { url: withRefSlot(light.href) })]
          : html`<div class="label bone"></div><div class="title bone"></div>`}
        <div class="money"><div class="bone"></div></div>
      </div>
      <slot hidden @slotchange=${this.handleSlot}></slot>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kanmai-card': CardElement
  }
}
