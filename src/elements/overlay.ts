import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Cue } from '../contract/cue.ts'
import type { Item } from '../contract/item.ts'
import { spread } from '../core/marker-collision.ts'
import { pointOn, within, type Point } from '../core/picture-geometry.ts'
import type { Player, PlayerChange } from '../core/player.ts'
import { pricePath } from '../core/price.ts'
import type { Span } from '../core/timeline.ts'
import { moves, pathOf, type Path } from '../core/track.ts'
import { version } from './define-element.ts'
import { KanmaiCloseEvent, KanmaiOpenEvent } from './events.ts'
import { FilmController } from './film-controller.ts'
import { showCard } from './overlay-card.ts'
import { createPaintLoop } from './overlay-loop.ts'
import { createPlan, translation } from './overlay-plan.ts'
import { placeLayer, type Stage } from './overlay-stage.ts'
import { overlayStyles } from './overlay.styles.ts'
import { PageController } from './page-controller.ts'
import { tokens } from './tokens.styles.ts'

export type OverlayPolicy = 'overlay' | 'rail' | 'off'

/** A picture lower than this, in pixels, has no room for markers: one badge stands for them all. */
const smallPicture = 200
/** Height that browsers' own controls take at the lower edge. */
const controlsHeight = 72
const leastGap = 28
const mostSpread = 22
/** A change of cues this close, in seconds of the clock, is waited for frame by frame. */
const soon = 0.4

type Marker = HTMLButtonElement & { span?: Span }
const none: readonly Span[] = []
interface Route {
  path: Path | undefined
  moving: boolean
}
interface Opened {
  span: Span
  item: Item
  from: HTMLElement | undefined
  paused: boolean
}

/**
 * Markers over a film, each following its product, and one card at the marker that was opened. It attaches to the
 * player that `for` names and leaves it as it is. Stand it anywhere; beside the player it never lags behind a scroll,
 * and inside the container that goes fullscreen it need not be moved for that.
 *
 * @fires kanmai-open - a card was opened
 * @fires kanmai-close - the card was closed
 * @fires kanmai-error - a cue was left out; `issue` says why
 * @csspart marker - one product's button; its centre is the cue's point
 * @csspart label - name and price beside a marker that is pointed at
 * @csspart badge - stands for products without a place on the picture, and for all of them when the picture is small
 * @csspart card - the open card
 * @csspart close - its close button
 */
export class OverlayElement extends LitElement {
  static readonly version = version
  static override styles = [tokens, overlayStyles]
  static override properties = {
    for: {},
    media: {},
    policy: {},
    placement: {},
    cues: { attribute: false },
    items: { attribute: false },
    player: { attribute: false },
    stream: { attribute: false },
    opened: { state: true },
    small: { state: true },
  }

  /** Id of the media element, or of a container that holds one. */
  declare for?: string
  /** Id of the media whose cues are shown. */
  declare media?: string
  /** Where on the publisher's pages this film stands. */
  declare placement?: string
  /** `rail` and `off` keep the picture free. */
  declare policy?: OverlayPolicy
  /** Cues in order of arrival, in place of the media's own. */
  declare cues?: readonly Cue[]
  /** Items that the cues name, in place of the media's own. */
  declare items?: readonly Item[]
  /** The player itself, in place of `for`. */
  declare player?: Player<HTMLElement>
  /** What plays the film’s stream, such as an instance of hls.js, when it is not found beside the player. */
  declare stream?: object

  private declare opened: Opened | undefined
  private declare small: boolean

  private readonly page = new PageController(this)
  private readonly film = new FilmController(this, this.page, (change) => this.handleFilm(change))
  private readonly loop = createPaintLoop((paintAt) => this.follow(paintAt))
  private readonly plan = createPlan()
  private readonly routes = new WeakMap<Cue, Route>()
  private readonly size = new ResizeObserver(() => requestAnimationFrame(() => this.measure()))
  private spans: readonly Span[] = none
  private stage: Stage | undefined
  private safeBottom = 0
  private times = 0
  private markers: Marker[] = []
  private points: (Point | undefined)[] = []
  private fullscreenVideo: HTMLElement | undefined
  private home: { parent: ParentNode; next: ChildNode | null } | undefined
  private moving = false
  private hideCard: (() => void) | undefined

  constructor() {
    super()
    this.small = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.moving) return
    addEventListener('resize', this.handleMoved)
    document.addEventListener('scroll', this.handleMoved, { capture: true, passive: true })
    document.addEventListener('transitionend', this.handleMoved, true)
    document.addEventListener('visibilitychange', this.handleMoved)
    document.addEventListener('fullscreenchange', this.handleFullscreen)
    this.size.observe(document.documentElement)
    if (document.body) this.size.observe(document.body)
  }

  override disconnectedCallback(): void {
    if (this.moving) return
    super.disconnectedCallback()
    removeEventListener('resize', this.handleMoved)
    document.removeEventListener('scroll', this.handleMoved, true)
    document.removeEventListener('transitionend', this.handleMoved, true)
    document.removeEventListener('visibilitychange', this.handleMoved)
    document.removeEventListener('fullscreenchange', this.handleFullscreen)
    this.size.disconnect()
    this.loop.run(false)
    this.plan.stop()
    this.leaveFullscreenVideo()
    this.close()
    this.spans = none
    this.home = undefined
  }

  /** Opens the card of the cue that is on the picture with this id; nothing happens when none is. */
  open(cue: string): void {
    const span = this.spans.find((it) => it.cue.id === cue)
    if (span) this.show(span, this.markers.find((marker) => marker.span === span))
  }

  /** Closes the open card. */
  close(): void {
    const { opened } = this
    if (!opened) return
    const context = this.film.contextOf(opened.span)
    const { hideCard } = this
    document.removeEventListener('pointerdown', this.handleElsewhere, true)
    document.removeEventListener('keydown', this.handleEscape, true)
    this.opened = this.hideCard = undefined
    if (opened.paused) this.film.player?.play()
    if (!hideCard) return
    hideCard()
    this.dispatchEvent(new KanmaiCloseEvent(context))
  }

  protected override updated(changed: PropertyValues): void {
    const markers = [...this.renderRoot.querySelectorAll<Marker>('.marker')]
    if (markers.length !== this.markers.length || markers.some((marker, index) => marker !== this.markers[index])) this.markers = markers
    this.plan.stop()
    this.measure()
    if (changed.has('opened') && this.opened && !this.hideCard) this.reveal()
  }

  private handleFilm(change: PlayerChange): void {
    if (change === 'state') this.requestUpdate()
    // Pages move films about without a word, so that its place is looked at now and then; not often, for reading layout
    // makes the page's own thread draw, and what moves by plan then comes out of step with the film.
    if (change === 'picture' || (change === 'time' && ++this.times % 8 === 0)) this.measure()
    else this.follow(this.loop.paintAt(performance.now()))
  }

  private handleMoved = (event: Event): void => {
    const box = this.film.player?.box
    const { target } = event
    if (event.type === 'scroll' && target instanceof Node && box && target.contains(box) === target.contains(this)) return
    this.measure()
  }

  private handleFullscreen = (): void => {
    const box = this.film.player?.box
    const full = box && (box.getRootNode() as Document | ShadowRoot).fullscreenElement
    this.close()
    this.leaveFullscreenVideo()
    if (full && full === box) this.enterFullscreenVideo(box)
    else if (box && full?.contains(box) && !full.contains(this)) {
      this.home ??= { parent: this.parentNode!, next: this.nextSibling }
      this.moveTo(full, null)
    } else if (!full && this.home) {
      const { parent, next } = this.home
      this.home = undefined
      this.moveTo(parent, next?.parentNode === parent ? next : null)
    }
    this.measure()
  }

  /** What stands beside a fullscreen container is neither drawn nor hit, so the element goes in and comes back. */
  private moveTo(parent: ParentNode, next: ChildNode | null): void {
    this.moving = true
    parent.insertBefore(this, next)
    this.moving = false
  }

  /** Over a fullscreened <video> the top layer is drawn but never hit: its own clicks are tried against the markers. */
  private enterFullscreenVideo(video: HTMLElement): void {
    const layer = this.layer
    if (!layer?.showPopover) return
    this.fullscreenVideo = video
    this.requestUpdate()
    layer.popover = 'manual'
    layer.showPopover()
    video.addEventListener('click', this.handleVideoClick, true)
  }

  private leaveFullscreenVideo(): void {
    this.fullscreenVideo?.removeEventListener('click', this.handleVideoClick, true)
    this.fullscreenVideo = undefined
    this.requestUpdate()
    this.layer?.removeAttribute('popover')
  }

  private handleVideoClick = (event: MouseEvent): void => {
    const corner = this.layer!.getBoundingClientRect()
    const hit = this.points.findIndex((point, index) => {
      const reach = (this.markers[index]?.offsetWidth ?? 0) / 2
      return point && Math.hypot(event.clientX - corner.x - point.x, event.clientY - corner.y - point.y) <= reach
    })
    const span = this.markers[hit]?.span
    if (!span) return
    event.preventDefault()
    event.stopPropagation()
    this.show(span, undefined)
  }

  private handleKey(event: KeyboardEvent): void {
    // A hotkey of the player must not act on what was meant for a marker or a card.
    if (event.key === 'Enter' || event.key === ' ') event.stopPropagation()
  }

  private handleEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    const ours = event.composedPath().includes(this)
    if (ours) event.stopPropagation()
    this.closeAndReturn(ours)
  }

  private handleClose(): void {
    this.closeAndReturn(true)
  }

  private handleCancel(event: Event): void {
    event.preventDefault()
    this.close()
  }

  private closeAndReturn(focus: boolean): void {
    const from = this.opened?.from
    this.close()
    const back = from?.isConnected ? from : this.film.player?.box
    if (focus) back?.focus({ preventScroll: true })
  }

  private handleElsewhere = (event: Event): void => {
    const path = event.composedPath()
    if (!path.includes(this.card!) && !path.some((it) => it === this.opened?.from)) this.close()
  }

  private handleMarker(event: Event, span: Span): void {
    if (this.opened?.span.key === span.key) this.close()
    else this.show(span, event.currentTarget as HTMLElement)
  }

  /** Each press shows the next of the products that the badge stands for. */
  private handleBadge(event: Event, spans: readonly Span[]): void {
    const current = spans.findIndex((span) => span.key === this.opened?.span.key)
    if (current >= 0 && spans.length === 1) this.close()
    else this.show(spans[(current + 1) % spans.length]!, event.currentTarget as HTMLElement)
  }

  private show(span: Span, from: HTMLElement | undefined): void {
    const item = this.film.itemOf(span)
    const { player } = this.film
    if (!item || !player) return
    this.close()
    const paused = !!span.cue.pause && !player.paused
    if (paused) player.pause()
    this.opened = { span, item, from, paused }
  }

  private reveal(): void {
    const { span, from } = this.opened!
    const spot = this.renderRoot.querySelector<HTMLElement>('.spot')!
    const card = this.card!
    this.setSpot(spot, span, from)
    this.hideCard = showCard(card, spot)
    // Who opened it by hand goes on inside it; what opens by a call leaves the focus where it is.
    if (from?.matches(':focus, :hover') || this.fullscreenVideo) card.focus({ preventScroll: true })
    document.addEventListener('pointerdown', this.handleElsewhere, true)
    document.addEventListener('keydown', this.handleEscape, true)
    this.dispatchEvent(new KanmaiOpenEvent(this.film.contextOf(span)))
  }

  /** The card stays where the product was when it was opened: one that chases it cannot be read. */
  private setSpot(spot: HTMLElement, span: Span, from: HTMLElement | undefined): void {
    const index = this.markers.findIndex((marker) => marker.span === span)
    const point = this.points[index] ?? {
      x: (from?.offsetLeft ?? 0) + (from?.offsetWidth ?? 0) / 2,
      y: (from?.offsetTop ?? 0) + (from?.offsetHeight ?? 0) / 2,
    }
    spot.style.left = `${point.x}px`
    spot.style.top = `${point.y}px`
  }

  private get layer(): HTMLElement | null {
    return this.renderRoot?.querySelector('.layer')
  }

  private get card(): HTMLElement | null {
    return this.renderRoot.querySelector('.card')
  }

  private routeOf(cue: Cue): Route {
    let route = this.routes.get(cue)
    if (!route) this.routes.set(cue, (route = { path: pathOf(cue), moving: moves(cue) }))
    return route
  }

  /** Looks where the picture is; the only place that reads layout. */
  private measure(): void {
    const { player } = this.film
    const { layer } = this
    if (!layer) return
    const picture = player?.picture()
    const resting = !player || !picture || player.seeking
    layer.classList.toggle('resting', resting)
    this.stage = picture && player && placeLayer(layer, this.fullscreenVideo ? undefined : layer.parentElement!, player.box, picture)
    if (this.stage) {
      const { visible } = this.stage
      const declared = parseFloat(getComputedStyle(this).getPropertyValue('--kanmai-safe-bottom'))
      const below = picture!.box.height - visible.y - visible.height
      this.safeBottom = Math.max(0, (Number.isFinite(declared) ? declared : player!.controls ? controlsHeight : 0) - below)
      layer.style.setProperty('--_badge-x', `${visible.x + 12}px`)
      layer.style.setProperty('--_badge-y', `${below + this.safeBottom + 12}px`)
      this.small = visible.height < smallPicture
    }
    this.follow(this.loop.paintAt(performance.now()))
  }

  private get on(): boolean {
    return !!this.film.player && (this.policy ?? 'overlay') === 'overlay' && this.page.settings?.enabled !== false
  }

  private due(second: number): readonly Span[] {
    return this.on ? this.film.timeline.active(second) : none
  }

  /** Shows what is due at the frame of the coming paint, and decides whether the next one must be met as well. */
  private follow(paintAt: number): void {
    const { player, timeline } = this.film
    if (!player || !this.hasUpdated) return this.loop.run(false)
    const second = this.film.second(paintAt)
    if (this.due(second) !== this.spans) this.requestUpdate()
    const playing = this.on && !!this.stage && !player.paused && !player.ended && !player.seeking && !document.hidden
    const moving = playing && this.spans.some(({ cue }) => this.routeOf(cue).moving)
    this.place(second, paintAt, moving)
    const near = (): boolean => (timeline.nextChange(second) - second) / player.rate < soon
    this.loop.run(playing && ((moving && !player.beat()) || near()))
  }

  private place(second: number, paintAt: number, moving: boolean): void {
    const { markers, plan, stage, loop } = this
    const { player } = this.film
    if (!stage || !player) return
    this.points = this.pointsAt(second)
    markers.forEach((marker, index) => {
      const point = this.points[index]
      marker.classList.toggle('shown', !!point)
      if (point) marker.classList.toggle('flipped', point.x > stage.visible.x + stage.visible.width * 0.6)
    })
    const beat = moving ? player.beat() : undefined
    if (beat) {
      if (plan.holds(markers, player.secondAt(paintAt), paintAt)) return
      // The media's seconds may be counted from elsewhere than the player's.
      const shift = second - player.secondAt(paintAt)
      return plan.start(markers, (at) => this.pointsAt(at + shift), paintAt - loop.refresh, beat, player.rate, loop.refresh)
    }
    plan.stop()
    markers.forEach((marker, index) => {
      const point = this.points[index]
      if (point) marker.style.transform = translation(point)
    })
  }

  /** Where each marker belongs at a second of the media; undefined for what cannot be seen then. */
  private pointsAt(second: number): (Point | undefined)[] {
    const { picture, visible } = this.stage!
    const points = this.markers.map(({ span }) => {
      const point = pointOn(picture, this.routeOf(span!.cue).path!(second))
      return within(visible, point) ? point : undefined
    })
    const lift = this.safeBottom && this.safeBottom + leastGap / 2
    const shown = points.filter((point) => point !== undefined)
    const apart = spread(shown, leastGap, mostSpread, { ...visible, height: visible.height - lift })
    let next = 0
    return points.map((point) => point && apart[next++])
  }

  protected override render(): TemplateResult {
    this.spans = this.due(this.film.second(this.loop.paintAt(performance.now())))
    const known = this.spans.filter((span) => this.film.itemOf(span))
    const placed = this.small ? [] : known.filter(({ cue }) => this.routeOf(cue).path)
    const rest = known.filter((span) => !placed.includes(span))
    return html`<div class=${this.page.root} @keydown=${this.handleKey}>
      <div class="layer">
        <div class="markers" role="group" aria-label=${this.page.words.markers}>
          ${repeat(placed, ({ key }) => key, (span) => this.renderMarker(span))}
        </div>
        ${rest.length ? this.renderBadge(rest) : nothing}
        <i class="spot"></i>
      </div>
      ${this.renderCard()}
    </div>`
  }

  private renderMarker(span: Span): TemplateResult {
    const item = this.film.itemOf(span)!
    const title = titleOf(span, item)
    return html`<button
      class="marker"
      part="marker"
      type="button"
      aria-label=${title}
      aria-haspopup="dialog"
      aria-expanded=${this.opened?.span.key === span.key}
      .span=${span}
      @click=${(event: Event) => this.handleMarker(event, span)}
    >
      <span class="dot"></span>
      <span class="label" part="label" aria-hidden="true"><span class="name" dir="auto">${title}</span>${this.renderPrice(item)}</span>
    </button>`
  }

  private renderPrice(item: Item): TemplateResult | typeof nothing {
    const price = pricePath(item, this.page.now(), this.page.settings?.priceMaxAge)
    return price ? html`<b>${this.page.money(price.final ?? price.now)}</b>` : nothing
  }

  private renderBadge(spans: readonly Span[]): TemplateResult {
    const [first] = spans
    const item = this.film.itemOf(first!)!
    return html`<button
      class="badge"
      part="badge"
      type="button"
      aria-haspopup="dialog"
      aria-expanded=${spans.some(({ key }) => key === this.opened?.span.key)}
      @click=${(event: Event) => this.handleBadge(event, spans)}
    >
      ${spans.length > 1
        ? this.page.words.products(spans.length.toLocaleString(this.page.locale))
        : html`<span class="name" dir="auto">${titleOf(first!, item)}</span>${this.renderPrice(item)}`}
    </button>`
  }

  private renderCard(): TemplateResult {
    const { opened } = this
    const name = opened ? titleOf(opened.span, opened.item) : nothing
    // A <dialog> shown as a popover takes the focus, and only a <dialog> can be modal.
    return this.fullscreenVideo
      ? html`<dialog class=${opened ? 'card open' : 'card'} part="card" tabindex="-1" aria-label=${name} @cancel=${this.handleCancel}>
          ${this.renderOpened()}
        </dialog>`
      : html`<div class=${opened ? 'card open' : 'card'} part="card" role="dialog" popover="manual" tabindex="-1" aria-label=${name}>
          ${this.renderOpened()}
        </div>`
  }

  private renderOpened(): TemplateResult | typeof nothing {
    const { opened, film } = this
    if (!opened) return nothing
    const item = film.itemOf(opened.span) ?? opened.item
    return html`<kanmai-card layout="over-video" .item=${item} .context=${film.contextOf(opened.span)}></kanmai-card>
      <button class="close" part="close" type="button" aria-label=${this.page.words.close} @click=${this.handleClose}>
        <svg viewBox="0 0 12 12" aria-hidden="true"><path d="M1 1l10 10M11 1L1 11" /></svg>
      </button>`
  }
}

const titleOf = ({ cue }: Span, item: Item): string => cue.title ?? item.shortTitle ?? item.title

declare global {
  interface HTMLElementTagNameMap {
    'kanmai-overlay': OverlayElement
  }
}
