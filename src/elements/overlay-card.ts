import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit'
import type { Item } from '../contract/item.ts'
import type { Point } from '../core/picture-geometry.ts'
import type { Span } from '../core/timeline.ts'
import { KanmaiCloseEvent, KanmaiOpenEvent } from './events.ts'
import type { FilmController } from './film-controller.ts'
import { titleOf } from './overlay-marker.ts'
import { showPopup } from './overlay-popup.ts'
import type { PageController } from './page-controller.ts'

/** What the card needs of the overlay it belongs to. */
export interface CardHost extends ReactiveControllerHost, HTMLElement {
  readonly film: FilmController
  readonly page: PageController
  readonly renderRoot: HTMLElement | DocumentFragment
  /** Whether the card must be modal, for nothing else can be hit. */
  readonly modal: boolean
  /** Where on the layer the card of a span belongs. */
  spotOf(span: Span, from: HTMLElement | undefined): Point
}

interface Opened {
  span: Span
  item: Item
  from: HTMLElement | undefined
  paused: boolean
  /** Its marker jumps elsewhere in the film, and has not arrived yet. */
  jumps: boolean
  seeking: boolean
}

/** Closes the one card that is open on this page, whichever film it belongs to. */
let closeOther: (() => void) | undefined

/** The card that a marker opens: one at a time on the page, in the top layer. Escape closes it and returns the focus. */
export class OverlayCard implements ReactiveController {
  private readonly host: CardHost
  private opened: Opened | undefined
  private hide: (() => void) | undefined
  private page: Document | undefined

  constructor(host: CardHost) {
    this.host = host
    host.addController(this)
  }

  hostUpdated(): void {
    if (this.opened && !this.hide) this.reveal(this.opened)
  }

  isOf(span: Span): boolean {
    return this.opened?.span.key === span.key
  }

  /** Shows what a span sells; `from` is the button that was pressed for it. */
  show(span: Span, from: HTMLElement | undefined): void {
    const { film } = this.host
    const { player } = film
    const item = film.itemOf(span)
    if (!item || !player) return
    // A player in a frame says only later that it plays again: from one card that holds it to the next it stays paused.
    const { opened } = this
    const held = !!opened?.paused
    if (opened) opened.paused = false
    closeOther?.()
    const paused = !!span.cue.pause && (held || !player.paused)
    if (paused && !player.paused) player.pause()
    else if (held && !paused) player.play()
    closeOther = this.handleOther
    this.opened = { span, item, from, paused, jumps: span.cue.seek !== undefined, seeking: false }
    this.host.requestUpdate()
  }

  /** A viewer who went elsewhere in the film has left what the card shows, unless they are at it. */
  settle(seeking: boolean, active: readonly Span[]): void {
    const { opened } = this
    if (!opened || !this.hide) return
    if (seeking) return void (opened.seeking = true)
    if (!opened.seeking) return
    opened.seeking = false
    // The first one is its marker's own, where that jumps.
    if (opened.jumps) return void (opened.jumps = false)
    const { element } = this
    const focused = (this.host.renderRoot as ShadowRoot).activeElement
    const within = focused !== element && element.contains(focused)
    if (!active.some(({ key }) => key === opened.span.key) && !within && !element.matches(':hover')) this.closeAndReturn(focused === element)
  }

  close(): void {
    const { opened, hide, host, page } = this
    if (!opened) return
    const context = host.film.contextOf(opened.span)
    page?.removeEventListener('pointerdown', this.handleElsewhere, true)
    page?.removeEventListener('keydown', this.handleEscape, true)
    this.opened = this.hide = this.page = undefined
    if (closeOther === this.handleOther) closeOther = undefined
    host.requestUpdate()
    if (opened.paused) host.film.player?.play()
    if (!hide) return
    hide()
    host.dispatchEvent(new KanmaiCloseEvent(context))
  }

  private get element(): HTMLElement {
    return this.host.renderRoot.querySelector<HTMLElement>('.card')!
  }

  private reveal({ span, from }: Opened): void {
    const { host, element } = this
    // The card stays where the product was when it was opened: one that chases it cannot be read.
    const spot = host.renderRoot.querySelector<HTMLElement>('.spot')!
    const { x, y } = host.spotOf(span, from)
    spot.style.left = `${x}px`
    spot.style.top = `${y}px`
    this.hide = showPopup(element, spot)
    // Who opened it by hand goes on inside it; what opens by a call leaves the focus where it is.
    if (from?.matches(':focus, :hover') || host.modal) element.focus({ preventScroll: true })
    this.page = host.ownerDocument
    this.page.addEventListener('pointerdown', this.handleElsewhere, true)
    this.page.addEventListener('keydown', this.handleEscape, true)
    host.dispatchEvent(new KanmaiOpenEvent(host.film.contextOf(span)))
  }

  private handleEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    const ours = event.composedPath().includes(this.host)
    if (ours) event.stopPropagation()
    this.closeAndReturn(ours)
  }

  private handleOther = (): void => this.close()

  private handleClose = (): void => this.closeAndReturn(true)

  private handleCancel = (event: Event): void => {
    event.preventDefault()
    this.close()
  }

  private handleElsewhere = (event: Event): void => {
    const path = event.composedPath()
    if (!path.includes(this.element) && !path.some((it) => it === this.opened?.from)) this.close()
  }

  private closeAndReturn(focus: boolean): void {
    const from = this.opened?.from
    this.close()
    const back = from?.isConnected ? from : this.host.film.player?.box
    if (focus) back?.focus({ preventScroll: true })
  }

  render(): TemplateResult {
    const { opened } = this
    const look = opened ? 'card open' : 'card'
    const name = opened ? titleOf(opened.item) : nothing
    // A <dialog> shown as a popover takes the focus, and only a <dialog> can be modal.
    return this.host.modal
      ? html`<dialog class=${look} part="card" tabindex="-1" aria-label=${name} @cancel=${this.handleCancel}>${this.renderOpened()}</dialog>`
      : html`<div class=${look} part="card" role="dialog" popover="manual" tabindex="-1" aria-label=${name}>${this.renderOpened()}</div>`
  }

  private renderOpened(): TemplateResult | typeof nothing {
    const { opened, host } = this
    if (!opened) return nothing
    const item = host.film.itemOf(opened.span) ?? opened.item
    return html`<kanmai-card layout="over-video" .item=${item} .context=${host.film.contextOf(opened.span)}></kanmai-card>
      <button class="close" part="close" type="button" aria-label=${host.page.words.close} @click=${this.handleClose}>
        <svg viewBox="0 0 12 12" aria-hidden="true"><path d="M1 1l10 10M11 1L1 11" /></svg>
      </button>`
  }
}
