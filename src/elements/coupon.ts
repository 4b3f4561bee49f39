import { LitElement, html, nothing, type TemplateResult } from 'lit'
import type { Item } from '../contract/item.ts'
import type { Offer } from '../contract/offer.ts'
import { countdown } from '../core/countdown.ts'
import { isOpen, offerState } from '../core/offer.ts'
import { pricePath } from '../core/price.ts'
import { announce } from './announcer.ts'
import { appOf } from './app-of.ts'
import { AskController } from './ask-controller.ts'
import { copyText } from './copy-text.ts'
import { couponStyles } from './coupon.styles.ts'
import { version } from './define-element.ts'
import { KanmaiClaimEvent, KanmaiCopyEvent, KanmaiErrorEvent, type EventContext } from './events.ts'
import { offerGain } from './offer-words.ts'
import { PageController } from './page-controller.ts'
import { bareHref, linkRel, linkTo, watchLinks, type ProductLink } from './product-link.ts'
import { tokens } from './tokens.styles.ts'
import { watchViews } from './watch-views.ts'

/** How long the button says that the code was copied, in milliseconds. */
const copiedFor = 2500

const day = 86_400_000

/** The offer that is worth most to the reader, else any. */
function bestOffer(item: Item, at: number): Offer | undefined {
  return pricePath(item, at)?.used[0] ?? item.offers?.find((it) => isOpen(it, at)) ?? item.offers?.[0]
}

/**
 * A coupon as a ticket: what it gives, from when to when, and the code to copy or the link to claim it.
 *
 * @fires kanmai-copy - its code was copied (`code`)
 * @fires kanmai-claim - the link where it is claimed is being followed; cancelable
 * @fires kanmai-select - the product's link is being followed; cancelable
 * @fires kanmai-impression - half of the ticket was on the screen for a second
 * @fires kanmai-intent - a link may be followed soon and needs its ref
 * @fires kanmai-error - the item cannot be had
 * @csspart badge - the ticket
 * @csspart claim - the button or link that gets the coupon
 * @csspart disclosure - the word that says this is an advertisement
 */
export class CouponElement extends LitElement {
  static readonly version = version
  static override styles = [tokens, couponStyles]
  static override properties = { item: {}, offer: {}, placement: {}, context: { attribute: false } }

  /** Id of the item to ask for, or the item itself. */
  declare item: string | Item | undefined
  /** Id of one of its offers, or the offer itself; the item's best offer when absent. */
  declare offer: string | Offer | undefined
  /** Where on the publisher's pages this coupon stands. */
  declare placement: string | undefined
  /** What else its events say about where they happened; fields may be getters. */
  declare context: EventContext | undefined

  private readonly page = new PageController(this)
  private readonly ask = new AskController<'item'>(this, () =>
    this.item && typeof this.item === 'string' && typeof this.offer !== 'object' ? { kind: 'item', item: this.item } : undefined,
  )
  private issue: string | undefined
  private copied = false
  private tick: ReturnType<typeof setTimeout> | undefined

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    return watchLinks(super.createRenderRoot())
  }

  protected override firstUpdated(): void {
    watchViews(this, () => (this.shown ? this.where() : undefined))
  }

  protected override updated(): void {
    const issue = this.ask.answer?.state === 'failed' ? this.ask.answer.issue : undefined
    if (issue && issue !== this.issue) this.dispatchEvent(new KanmaiErrorEvent(this.where(), issue))
    this.issue = issue
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.requestUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.tick)
  }

  private get product(): Item | undefined {
    return (this.item && typeof this.item === 'object' ? this.item : undefined) ?? this.ask.value
  }

  private get shown(): Offer | undefined {
    const { offer, product } = this
    if (offer && typeof offer === 'object') return offer
    return offer ? product?.offers?.find((it) => it.id === offer) : product && bestOffer(product, this.page.now())
  }

  private readonly where = (): EventContext => ({
    ...this.context,
    item: (typeof this.item === 'object' ? this.item?.id : this.item) ?? this.context?.item,
    placement: this.placement ?? this.context?.placement,
    offer: this.shown?.id ?? (typeof this.offer === 'string' ? this.offer : undefined),
  })

  private readonly handleCopy = async (): Promise<void> => {
    const code = this.shown?.code
    if (!code || !((await appOf(this)?.copy(code)) || (await copyText(code, this.renderRoot as ShadowRoot)))) return
    this.dispatchEvent(new KanmaiCopyEvent(this.where(), code))
    announce(this.page.words.codeCopied(code))
    this.copied = true
    this.requestUpdate()
    setTimeout(() => {
      this.copied = false
      this.requestUpdate()
    }, copiedFor)
  }

  override render(): TemplateResult {
    const { page } = this
    clearTimeout(this.tick)
    const offer = this.shown
    const state = offer && offerState(offer, page.now())
    const answered = this.product || this.ask.answer?.state === 'failed'
    const look = offer ? (state === 'ended' || state === 'gone' ? 'over' : '') : answered ? 'empty' : ''
    return html`<div class=${page.root} lang=${page.locale}>
      <div class="ticket ${look}" part="badge">
        ${offer
          ? html`<div class="stub ${offer.off || offer.percent || offer.price ? '' : 'wordy'}">${offerGain(offer, page.words, page.money)}</div>
              ${this.renderTerms(offer)} ${state === 'active' ? this.renderClaim(offer) : nothing}`
          : html`<div class="stub"><div class="bone"></div></div>
              <div class="terms"><div class="bone"></div><div class="bone"></div></div>`}
      </div>
    </div>`
  }

  private renderTerms(offer: Offer): TemplateResult {
    const { page } = this
    const { words } = page
    const { threshold, title, kind, audience, left } = offer
    const what = threshold?.minor ? words.ordersOver(page.money(threshold)) : (this.product?.title ?? title ?? words.kind[kind])
    const disclosure = this.product?.disclosure ?? page.settings?.disclosure ?? words.disclosure
    return html`<div class="terms">
      <div class="label"><span part="disclosure">${disclosure}</span><span class="kind">${audience ?? words.kind[kind]}</span></div>
      <div class="what" title=${title ?? what}>${what}</div>
      <div class="until">
        <span>${this.renderUntil(offer)}</span>${left ? html`<span class="left">${words.left(left.toLocaleString(page.locale))}</span>` : nothing}
      </div>
    </div>`
  }

  private renderUntil(offer: Offer): string {
    const { page } = this
    const { words, locale } = page
    const at = page.now()
    const state = offerState(offer, at)
    if (state === 'ended') return words.ended
    if (state === 'gone') return words.gone

    const date = (moment: string) => {
      const soon = Math.abs(Date.parse(moment) - at) < 2 * day && ({ hour: 'numeric', minute: '2-digit' } as const)
      return new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', ...soon }).format(Date.parse(moment))
    }
    if (state === 'upcoming') {
      this.wake(Date.parse(offer.startsAt!) - at)
      return words.startsOn(date(offer.startsAt!))
    }
    return offer.endsAt ? (this.renderEnd(offer.endsAt, at) ?? words.endsOn(date(offer.endsAt))) : ''
  }

  private renderEnd(endsAt: string, at: number): string | undefined {
    const { words, locale } = this.page
    const rest = countdown(Date.parse(endsAt) - at, matchMedia('(prefers-reduced-motion: reduce)').matches)
    if (!rest) return
    this.wake(rest.next)
    const unit = (value: number, unit: string) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' }).format(value)
    const parts = [rest.hours && unit(rest.hours, 'hour'), unit(rest.minutes, 'minute'), rest.seconds !== undefined && unit(rest.seconds, 'second')]
    return words.endsIn(parts.filter(Boolean).join(' '))
  }

  /** Renders again in a while; a timer reaches about 24 days at most. */
  private wake(after: number): void {
    this.tick = setTimeout(() => this.requestUpdate(), Math.min(after, 2 ** 31 - 1))
  }

  private renderClaim(offer: Offer): TemplateResult | typeof nothing {
    const { words, target } = this.page
    if (offer.code && !offer.claimUrl) {
      return html`<button class="claim code" part="claim" type="button" @click=${this.handleCopy}>
        <b>${offer.code}</b><span>${this.copied ? words.copied : words.copy}</span>
      </button>`
    }
    const { claimUrl } = offer
    const to = claimUrl ? { url: claimUrl, event: KanmaiClaimEvent } : this.product && linkTo(this.product, this.page.settings, this.where().placement)
    const href = bareHref(to?.url)
    if (!to || !href) return nothing
    const link: ProductLink = { ...to, context: this.where }
    return html`<a class="claim" part="claim" href=${href} rel=${linkRel} target=${target} .product=${link}>
      ${claimUrl ? words.claim : words.shop}
    </a>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kanmai-coupon': CouponElement
  }
}
