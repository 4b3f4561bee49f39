import { LitElement, html, noChange, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Cue } from '../contract/cue.ts'
import type { Item } from '../contract/item.ts'
import type { Point } from '../core/picture-geometry.ts'
import type { Player, PlayerChange } from '../core/player.ts'
import { isQuiet, nextQuietChange } from '../core/quiet.ts'
import type { Span } from '../core/timeline.ts'
import { version } from './define-element.ts'
import { dressAnew } from './dress-anew.ts'
import { FilmController } from './film-controller.ts'
import { createBuild } from './overlay-build.ts'
import { overlayButtonsStyles } from './overlay-buttons.styles.ts'
import { renderBadge, renderCorner } from './overlay-buttons.ts'
import { OverlayCard } from './overlay-card.ts'
import { overlayCardStyles } from './overlay-card.styles.ts'
import { createFullscreen } from './overlay-fullscreen.ts'
import { createGround } from './overlay-ground.ts'
import { ahead, createLooks } from './overlay-looks.ts'
import { renderMarker, type Marker } from './overlay-marker.ts'
import { watchPage } from './overlay-page.ts'
import { createPlaces } from './overlay-places.ts'
import { keepClick, keepKey, pressBadge, pressMarker } from './overlay-presses.ts'
import { createVisit } from './overlay-visit.ts'
import { overlayStyles } from './overlay.styles.ts'
import { PageController } from './page-controller.ts'
import { watchLinks } from './product-link.ts'
import { tokens } from './tokens.styles.ts'

export type OverlayPolicy = 'overlay' | 'rail' | 'off'

/** A picture lower than this, in pixels, has no room for markers: one badge stands for them all. */
const smallPicture = 200
/** A player that has told of a frame within so many milliseconds need not tell the time. */
const fresh = 1000

const none: readonly never[] = []
const isIn = (spans: readonly Span[], { key }: Span): boolean => spans.some((it) => it.key === key)

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
 * @csspart dismiss - takes away what is shown; it does not come back on this page
 * @csspart fullscreen - brings film and markers to the whole screen together
 * @csspart card - the open card
 * @csspart close - its close button
 */
export class OverlayElement extends LitElement {
  static readonly version = version
  static override styles = [tokens, overlayCardStyles, overlayButtonsStyles, overlayStyles]
  static override properties = {
    for: {},
    media: {},
    policy: {},
    placement: {},
    announce: {},
    ad: { type: Boolean },
    fullscreenButton: { type: Boolean, attribute: 'fullscreen-button' },
    cues: { attribute: false },
    items: { attribute: false },
    player: { attribute: false },
    stream: { attribute: false },
    small: { state: true },
    modal: { state: true },
    away: { state: true },
  }

  /** Id of the media element, or of a container that holds one. */
  declare for?: string
  /** Id of the media whose cues are shown. */
  declare media?: string
  /** Where on the publisher's pages this film stands. */
  declare placement?: string
  /** `rail` and `off` keep the picture free. The player's own terms may be stricter, and then count. */
  declare policy?: OverlayPolicy
  /** `on` says new products to screen readers, `off` never does; without it live rooms do and films do not. */
  declare announce?: 'on' | 'off'
  /** An advertisement plays in the film's place: nothing is drawn over it. */
  declare ad: boolean
  /** Offers a button that brings film and markers to the whole screen, where the platform can. */
  declare fullscreenButton: boolean
  /** Cues in order of arrival, in place of the media's own. */
  declare cues?: readonly Cue[]
  /** Items that the cues name, in place of the media's own. */
  declare items?: readonly Item[]
  /** The player itself, in place of `for`. */
  declare player?: Player<HTMLElement>
  /** What plays the film’s stream, such as an instance of hls.js, when it is not found beside the player. */
  declare stream?: object

  /** Nothing but a modal card could be hit: a bare film fills the screen. @internal */
  declare modal: boolean
  /** The platform shows the film where nothing can be drawn over it. @internal */
  declare away: boolean
  private declare small: boolean

  /** @internal */
  readonly page = new PageController(this)
  /** @internal */
  readonly film = new FilmController(this, this.page, (change) => this.handleFilm(change))
  private readonly card = new OverlayCard(this)
  private readonly looks = createLooks((paintAt) => this.look(paintAt), () => this.ownerDocument.defaultView ?? window)
  private readonly build = createBuild(() => this.turn())
  private readonly places = createPlaces()
  private readonly visit = createVisit()
  private readonly fullscreen = createFullscreen(this)
  /** @internal */
  readonly ground = createGround(this, () => {
    const { stage } = this.ground
    if (stage) this.small = stage.visible.height < smallPicture
    this.follow(this.looks.coming())
  })
  private active: readonly Span[] = none
  private spans: readonly Span[] = none
  /** What was on the picture when new products were told last. */
  private told: readonly Span[] = none
  /** What comes next: its markers are built, and no part of it yet. */
  private early: readonly Span[] = none
  /** Key of what was pointed at last: what is told beside its marker is made. In a live room spans are made anew with each cue. */
  private pointed: string | undefined
  private frameAt = -Infinity
  /** Nothing but the cues that are due has changed. */
  private turning = false
  private leave: (() => void) | undefined
  /** It is only being moved to another place: nothing ends and nothing begins. @internal */
  moving = false

  constructor() {
    super()
    this.small = this.modal = this.away = this.ad = this.fullscreenButton = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.moving) return
    this.leave = watchPage(this.ownerDocument, this.ground.handleMoved, this.fullscreen.handleChange)
    if (this.hasUpdated) this.ground.arrive()
  }

  /** The page carries its film into another window, or back. */
  adoptedCallback(): void {
    this.style.visibility = 'hidden'
    // Without styles nothing of it may be seen.
    dressAnew(this, () => (this.style.visibility = ''))
  }

  override disconnectedCallback(): void {
    if (this.moving) return
    super.disconnectedCallback()
    this.leave?.()
    this.looks.rest()
    this.places.stop()
    this.fullscreen.stop()
    this.ground.leave()
    this.card.close()
    this.active = this.spans = none
    this.build.forget()
  }

  /** Opens the card of the cue that is on the picture with this id; nothing happens when none is. */
  open(cue: string): void {
    const span = this.spans.find((it) => it.cue.id === cue)
    if (span) this.card.show(span, this.places.markers.find((marker) => marker.span === span))
  }

  /** Closes the open card. */
  close(): void {
    this.card.close()
  }

  /** Takes away what is on the picture now. It does not come back on this page, and after a second time nothing of this film does. */
  dismiss(): void {
    this.card.close()
    this.visit.dismiss(this.name, this.spans)
    this.requestUpdate()
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    return watchLinks(super.createRenderRoot())
  }

  override requestUpdate(...changed: Parameters<LitElement['requestUpdate']>): void {
    this.turning = false
    super.requestUpdate(...changed)
  }

  /** Draws other cues, where nothing else has changed. */
  private turn(): void {
    if (this.isUpdatePending) return
    this.requestUpdate()
    this.turning = true
  }

  protected override updated(changed: PropertyValues): void {
    this.places.take([...this.renderRoot.querySelectorAll<Marker>('.marker')], this.early, this.spans.length)
    if (this.fullscreenButton) void this.fullscreen.load()
    // Other markers on the same picture stand on the same ground.
    const { ground } = this
    if (ground.stage && (ground.arriving || (this.turning && !changed.size))) this.follow(this.looks.coming())
    else ground.measure()
  }

  private handleFilm(change: PlayerChange): void {
    const now = performance.now()
    if (change === 'picture') return this.ground.measure()
    if (change === 'state') {
      this.build.forget()
      this.requestUpdate()
    } else if (change === 'frame') {
      this.frameAt = now
      // The loop, while it runs, is told of the same paint.
      if (this.looks.byPaint) return
    } else {
      this.ground.tick()
      if (now - this.frameAt < fresh) return
    }
    this.follow(this.looks.coming())
  }

  private handlePoint(event: Event): void {
    const { span } = (event.target as Element).closest<Marker>('.marker') ?? {}
    if (!span || span.key === this.pointed) return
    this.pointed = span.key
    this.turn()
  }

  /** The marker of what was left stays while it has the focus. */
  private handleBlur(): void {
    if (this.places.markers.some(({ span }) => span && !isIn(this.spans, span))) this.requestUpdate()
  }

  private handleDismiss = (): void => {
    this.dismiss()
    this.film.player?.box.focus({ preventScroll: true })
  }

  /** @internal */
  spotOf(span: Span, from: HTMLElement | undefined): Point {
    const found = this.places.pointOf(span)
    if (found || !from) return found ?? { x: 0, y: 0 }
    return { x: from.offsetLeft + from.offsetWidth / 2, y: from.offsetTop + from.offsetHeight / 2 }
  }

  /** What was dismissed is remembered under the film's name. */
  private get name(): string {
    return this.media ?? this.for ?? ''
  }

  /** @internal */
  get layer(): HTMLElement | null {
    return this.renderRoot?.querySelector('.layer') ?? null
  }

  private get on(): boolean {
    const { player } = this.film
    const allowed = player?.policy === 'overlay' && (this.policy ?? 'overlay') === 'overlay'
    return allowed && !player.interrupted && !this.ad && !this.away && this.page.settings?.enabled !== false
  }

  private get quiet() {
    return this.film.about?.quiet ?? none
  }

  private due(second: number): readonly Span[] {
    return this.on && !isQuiet(this.quiet, second) ? this.film.timeline.active(second) : none
  }

  /** Shows what is due at the frame of the coming paint, and decides whether the next one must be met as well. */
  private follow(paintAt: number): void {
    const { player, timeline } = this.film
    const { stage } = this.ground
    if (!player || !this.hasUpdated) return this.looks.rest()
    const elsewhere = this.ownerDocument !== document
    const second = this.film.second(paintAt)
    const due = this.due(second)
    this.card.settle(player.seeking, due)
    // Those that stand are gone, or not alone, with this paint: they are placed when that is drawn.
    if (due !== this.active) return this.turn()
    const playing = this.on && !!stage && !player.paused && !player.ended && !player.seeking && !this.ownerDocument.hidden
    const moving = playing && this.spans.some(({ cue }) => this.places.routeOf(cue).moving)
    const change = Math.min(timeline.nextChange(second), nextQuietChange(this.quiet, second))
    if (stage) this.places.place(stage, player, second, paintAt, moving && !elsewhere, this.looks.refresh, change)
    this.looks.next(playing ? (change - second) / player.rate : Infinity, moving && (elsewhere || !this.places.planned), elsewhere)
  }

  /** Follows, and has the markers built that come next. */
  private look(paintAt: number): void {
    this.follow(paintAt)
    const { player, timeline } = this.film
    if (this.small || !player) return
    const second = this.film.second(paintAt)
    if (this.build.expect(timeline.coming(second, second + ahead * player.rate))) this.turn()
  }

  protected override render(): TemplateResult {
    const { page, film } = this
    const second = film.second(this.looks.coming())
    this.active = this.due(second)
    if (this.active === none) this.card.close()
    const known = this.active.filter((span) => film.itemOf(span))
    // What an advertisement or a quiet zone hides has not ended.
    this.spans = this.active === none ? none : this.visit.admit(this.name, known, page.settings?.fatigue)
    if (this.active !== none) this.say()
    const early = (this.early = this.build.after(second).filter((span) => film.itemOf(span)))
    const wanted = this.small ? [] : this.places.inReadingOrder([...this.withFocused(this.spans), ...early].filter(({ cue }) => this.places.routeOf(cue).path))
    const rest = this.spans.filter((span) => !wanted.includes(span))
    const placed = this.build.next(wanted, (span) => `${this.card.isOf(span)}${span.key === this.pointed}`)
    const draw = (span: Span): unknown =>
      this.turning && placed.stands(span)
        ? noChange
        : renderMarker(span, this, this.card.isOf(span), span.key === this.pointed, (event) => pressMarker(this, this.card, event, span))
    return html`<div class=${page.root} lang=${page.locale} @keydown=${keepKey} @keyup=${keepKey} @click=${keepClick} @dblclick=${keepClick}>
      <div class="layer ${this.small ? 'small' : ''}">
        <div class="markers" role="group" aria-label=${page.words.markers} @pointerover=${this.handlePoint} @focusin=${this.handlePoint} @focusout=${this.handleBlur}>
          ${repeat(placed.spans, ({ key }) => key, draw)}
        </div>
        ${rest.length ? renderBadge(rest, this, rest.some((span) => this.card.isOf(span)), (event) => pressBadge(this, this.card, event, rest, this.small)) : nothing}
        ${this.on ? renderCorner(page, this.fullscreenButton ? this.fullscreen.screens : undefined, this.spans.length ? this.handleDismiss : undefined) : nothing}
        <i class="spot"></i>
      </div>
      ${this.card.render()}
    </div>`
  }

  private say(): void {
    const { film, page, told } = this
    const fresh = this.spans.filter((span) => !told.some(({ cue }) => cue.item === span.cue.item))
    this.told = this.spans
    if (!fresh.length || (this.announce ?? (film.live ? 'on' : 'off')) === 'off') return
    void import('./announce-shown.ts').then(
      ({ announceShown }) => announceShown(fresh.map((span) => film.itemOf(span)!.title), page.words),
      () => {},
    )
  }

  private withFocused(spans: readonly Span[]): readonly Span[] {
    const held = this.active === none ? undefined : this.places.markers.find((marker) => marker.matches(':focus'))?.span
    return held && !isIn(spans, held) && this.film.itemOf(held) ? [...spans, held] : spans
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kanmai-overlay': OverlayElement
  }
}
