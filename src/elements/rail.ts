import { LitElement, html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Cue } from '../contract/cue.ts'
import type { Item } from '../contract/item.ts'
import { clockTime } from '../core/clock-time.ts'
import type { Player, PlayerChange } from '../core/player.ts'
import type { Span } from '../core/timeline.ts'
import { AwayController } from './away-controller.ts'
import { version } from './define-element.ts'
import { dressAnew } from './dress-anew.ts'
import { FilmController } from './film-controller.ts'
import { ListRequestEvent } from './list-request.ts'
import { keepKey } from './overlay-presses.ts'
import { contains } from './overlay-stage.ts'
import { PageController } from './page-controller.ts'
import { railStyles } from './rail.styles.ts'
import { tokens } from './tokens.styles.ts'

/** So long after the reader's last touch, in milliseconds, the list does not scroll by itself. */
const handsOff = 5000

interface Row {
  item: Item
  spans: Span[]
}

/**
 * The products of a film as a list beside it: what the overlay shows on the picture, for those who cannot or would
 * rather not point at it. What is on the screen now is marked and scrolled into view, inside the list alone.
 *
 * @fires kanmai-error - a cue was left out; `issue` says why
 * @csspart list - the list of products
 * @csspart seen - mark of what was shown while the film was watched without this list, in a phone's own player say
 */
export class RailElement extends LitElement {
  static readonly version = version
  static override styles = [tokens, railStyles]
  static override properties = {
    for: {},
    media: {},
    placement: {},
    cues: { attribute: false },
    items: { attribute: false },
    player: { attribute: false },
    stream: { attribute: false },
  }

  /** Id of the media element, or of a container that holds one. */
  declare for?: string
  /** Id of the media whose cues are listed. */
  declare media?: string
  /** Where on the publisher's pages this rail stands. */
  declare placement?: string
  /** Cues in order of arrival, in place of the media's own. */
  declare cues?: readonly Cue[]
  /** Items that the cues name, in place of the media's own. */
  declare items?: readonly Item[]
  /** The player itself, in place of `for`. */
  declare player?: Player<HTMLElement>
  /** What plays the film’s stream, such as an instance of hls.js, when it is not found beside the player. */
  declare stream?: object

  private readonly page = new PageController(this)
  private readonly film = new FilmController(this, this.page, (change) => this.handleFilm(change))
  private readonly away = new AwayController(this, () => this.film.player?.box, () => this.handleReturn())
  private spans: readonly Span[] = []
  private rows: readonly Row[] = []
  private scrolledTo: Element | null = null
  private touchedAt = -Infinity
  private frame = 0

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener(ListRequestEvent.type, this.handleList)
  }

  /** The page carries it into another window, or back. */
  adoptedCallback(): void {
    dressAnew(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener(ListRequestEvent.type, this.handleList)
  }

  private handleFilm(change: PlayerChange): void {
    if (change === 'frame' || this.film.player?.seeking) return
    this.away.note(this.film.timeline.active(this.film.second()).map(({ cue }) => cue.item))
    // A live list grows by time alone, of a film only the mark moves.
    if (change !== 'time' || this.film.live || this.film.timeline.active(this.film.second()) !== this.spans) this.requestUpdate()
  }

  private handleTouch = (event: Event): void => {
    this.touchedAt = event.timeStamp
  }

  /** An overlay has no room on its picture: what was pressed there is shown here, and the focus goes along. */
  private handleList = (event: Event): void => {
    const list = event as ListRequestEvent
    const { fullscreenElement } = document
    const same = list.box && list.box === this.film.player?.box
    const hidden = !this.getClientRects().length || (fullscreenElement && !contains(fullscreenElement, this))
    const row = same && !list.taken && !hidden && this.rowOf(list.items)
    if (!row) return
    list.taken = true
    this.touchedAt = event.timeStamp
    this.scrollIntoView({ block: 'nearest' })
    this.bring([row], 'auto')
    row.focus({ preventScroll: true })
  }

  private handleReturn(): void {
    this.touchedAt = performance.now()
    void this.updateComplete.then(() => {
      const row = this.rowOf(this.away.seen)
      if (row) this.bring([row], 'auto')
    })
  }

  private rowOf(items: Iterable<string>): HTMLElement | undefined {
    const wanted = new Set(items)
    return this.renderRoot.querySelectorAll<HTMLElement>('.row')[this.rows.findIndex(({ item }) => wanted.has(item.id))]
  }

  /** Scrolls rows to the top of the list, as many of the last ones as it has room for; and nothing but the list. */
  private bring(rows: readonly Element[], behavior: ScrollBehavior): void {
    const list = this.renderRoot.querySelector('.list')!
    const frame = list.getBoundingClientRect()
    const { bottom } = rows.at(-1)!.getBoundingClientRect()
    const fits = (row: Element) => bottom - row.getBoundingClientRect().top <= frame.height
    const { top } = (rows.find(fits) ?? rows.at(-1)!).getBoundingClientRect()
    if (top >= frame.top && bottom <= frame.bottom) return
    list.scrollBy({ top: top - frame.top, behavior })
  }

  /** Shows, of the times of a row that has more than there is room for, the one that is now. */
  private readonly showNow = (): void => {
    this.frame = 0
    for (const mark of this.renderRoot.querySelectorAll('i:not([hidden])')) {
      const time = mark.parentElement!.getBoundingClientRect()
      const times = mark.closest('.times')!
      const line = times.getBoundingClientRect()
      times.scrollLeft += Math.max(0, time.right - line.right) + Math.min(0, time.left - line.left)
    }
  }

  protected override updated(): void {
    // With the next frame, when the page is laid out anyway.
    this.frame ||= (this.ownerDocument.defaultView ?? window).requestAnimationFrame(this.showNow)
    const list = this.renderRoot.querySelector<HTMLElement>('.list')
    const current = [...this.renderRoot.querySelectorAll('[aria-current]')]
    const last = current.at(-1)
    if (!list || !last || last === this.scrolledTo) return
    if (list.matches(':hover, :focus-within') || performance.now() - this.touchedAt < handsOff) return
    this.scrolledTo = last
    const frame = list.getBoundingClientRect()
    const unseen = frame.bottom < 0 || frame.top > innerHeight
    const still = unseen || matchMedia('(prefers-reduced-motion: reduce)').matches
    this.bring(current, still ? 'auto' : 'smooth')
  }

  /** One row an item, in order of its first cue; of a live room only what was shown already. */
  private rowsAt(second: number): Row[] {
    const rows = new Map<string, Row>()
    for (const span of this.film.timeline.spans) {
      const item = this.film.itemOf(span)
      if (!item || (this.film.live && span.start > second)) continue
      const row = rows.get(item.id)
      if (row) row.spans.push(span)
      else rows.set(item.id, { item, spans: [span] })
    }
    return [...rows.values()]
  }

  protected override render(): TemplateResult {
    const { film, page } = this
    const second = film.second()
    this.spans = film.timeline.active(second)
    const rows = (this.rows = this.rowsAt(second))
    return html`<div class=${page.root} lang=${page.locale} @keydown=${keepKey} @keyup=${keepKey}>
      ${rows.length || film.waiting
        ? html`<ol
            class="list"
            part="list"
            aria-label=${page.words.rail}
            aria-busy=${film.waiting}
            @wheel=${this.handleTouch}
            @pointerdown=${this.handleTouch}
            @touchmove=${this.handleTouch}
            @keydown=${this.handleTouch}
          >
            ${repeat(rows, ({ item }) => item.id, (row) => this.renderRow(row))}
          </ol>`
        : html`<div class="empty" part="list">${page.words.railEmpty}</div>`}
    </div>`
  }

  private renderRow({ item, spans }: Row): TemplateResult {
    const now = spans.find((span) => this.spans.includes(span))
    const seen = !this.away.away && this.away.seen.has(item.id)
    return html`<li class="row" tabindex="-1" aria-current=${now ? 'true' : nothing}>
      <div class="times">
        ${spans.map((span) => this.renderTime(span, span === now))}
        ${seen ? html`<span class="seen" part="seen">${this.page.words.seenAway}</span>` : nothing}
      </div>
      <kanmai-card layout="compact" .item=${(now && this.film.itemOf(now)) ?? item} .context=${this.film.contextOf(now ?? spans[0]!)}></kanmai-card>
    </li>`
  }

  private renderTime({ start }: Span, now: boolean): TemplateResult {
    const { words, locale } = this.page
    const time = this.film.moment(start)?.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' }) ?? clockTime(start)
    const mark = html`<i ?hidden=${!now} title=${words.onScreen}></i>`
    if (!this.film.canSeek) return html`<span class="time">${mark}${time}</span>`
    return html`<button class="time" type="button" aria-label=${words.jumpTo(time)} @click=${() => this.film.seek(start)}>
      ${mark}${time}
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kanmai-rail': RailElement
  }
}
