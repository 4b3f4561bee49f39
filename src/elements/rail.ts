import { LitElement, html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Cue } from '../contract/cue.ts'
import type { Item } from '../contract/item.ts'
import { clockTime } from '../core/clock-time.ts'
import type { Player, PlayerChange } from '../core/player.ts'
import type { Span } from '../core/timeline.ts'
import { version } from './define-element.ts'
import { FilmController } from './film-controller.ts'
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
  private spans: readonly Span[] = []
  private scrolledTo: Element | null = null
  private touchedAt = -Infinity

  private handleFilm(change: PlayerChange): void {
    if (change === 'frame' || this.film.player?.seeking) return
    // A live list grows by time alone, of a film only the mark moves.
    if (change !== 'time' || this.film.live || this.film.timeline.active(this.film.second()) !== this.spans) this.requestUpdate()
  }

  private handleTouch = (event: Event): void => {
    this.touchedAt = event.timeStamp
  }

  protected override updated(): void {
    const list = this.renderRoot.querySelector<HTMLElement>('.list')
    const current = [...this.renderRoot.querySelectorAll('[aria-current]')].at(-1) ?? null
    if (!list || !current || current === this.scrolledTo) return
    if (list.matches(':hover, :focus-within') || performance.now() - this.touchedAt < handsOff) return
    this.scrolledTo = current
    const { top, bottom } = current.getBoundingClientRect()
    const frame = list.getBoundingClientRect()
    if (top >= frame.top && bottom <= frame.bottom) return
    const unseen = frame.bottom < 0 || frame.top > innerHeight
    const still = unseen || matchMedia('(prefers-reduced-motion: reduce)').matches
    list.scrollBy({ top: top - frame.top - (frame.height - (bottom - top)) / 2, behavior: still ? 'auto' : 'smooth' })
  }

  /** One row an item, in order of its first cue; of a live room only what was shown already. */
  private rows(second: number): Row[] {
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
    const rows = this.rows(second)
    return html`<div class=${page.root} lang=${page.locale}>
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
    return html`<li class="row" aria-current=${now ? 'true' : nothing}>
      <div class="times">${spans.map((span) => this.renderTime(span, span === now))}</div>
      <kanmai-card layout="compact" .item=${item} .context=${this.film.contextOf(now ?? spans[0]!)}></kanmai-card>
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
