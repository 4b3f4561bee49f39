import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Cue } from '../contract/cue.ts'
import type { Item } from '../contract/item.ts'
import type { Player, PlayerChange } from '../core/player.ts'
import type { Span } from '../core/timeline.ts'
import { createWatched } from '../core/watched.ts'
import { version } from './define-element.ts'
import { dressAnew } from './dress-anew.ts'
import { KanmaiErrorEvent } from './events.ts'
import { FilmController } from './film-controller.ts'
import { keepKey } from './overlay-presses.ts'
import { PageController } from './page-controller.ts'
import { shelfStyles } from './shelf.styles.ts'
import { tokens } from './tokens.styles.ts'

/** Seconds on the picture after which a product counts as seen: as long as an impression. */
const seenAfter = 1
/** Between two looks the film may have gone on by so many seconds of the clock; by more it was not played but moved. */
const longestStep = 2
/** A picture of less height, in px, has no room for whole cards; of less than the second, for none. */
const roomForCards = 480
const roomForRows = 240

/**
 * What appeared in a film, once it has ended: first what was on the picture while this viewer watched, then the rest. It
 * stands in a room of its own under or beside the player, and with `over` upon the picture, where the player's terms allow it.
 *
 * @fires kanmai-error - a cue was left out, or nothing may lie over this player; `issue` says which
 * @csspart shelf - what is shown at the end
 * @csspart list - a list of products
 * @csspart replay - plays the film again
 * @csspart close - takes the shelf off the picture for good
 */
export class ShelfElement extends LitElement {
  static readonly version = version
  static override styles = [tokens, shelfStyles]
  static override properties = {
    for: {},
    media: {},
    placement: {},
    at: { type: Number },
    over: { type: Boolean },
    cues: { attribute: false },
    items: { attribute: false },
    player: { attribute: false },
    shown: { state: true },
    closed: { state: true },
  }

  /** Id of the media element, or of a container that holds one. */
  declare for?: string
  /** Id of the media whose products are shown. */
  declare media?: string
  /** Where on the publisher's pages this shelf stands. */
  declare placement?: string
  /** Seconds before the end at which it comes; at the very end when absent. */
  declare at?: number
  /** Lies over the picture, in the box that is positioned around both. */
  declare over: boolean
  /** Cues in order of arrival, in place of the media's own. */
  declare cues?: readonly Cue[]
  /** Items that the cues name, in place of the media's own. */
  declare items?: readonly Item[]
  /** The player itself, in place of `for`. */
  declare player?: Player<HTMLElement>

  private readonly page = new PageController(this)
  private readonly film = new FilmController(this, this.page, (change) => this.handleFilm(change))
  private watched = createWatched(() => this.film.timeline)
  private second = NaN
  declare private shown: boolean
  declare private closed: boolean
  private refused = false

  constructor() {
    super()
    this.over = this.shown = this.closed = false
  }

  /** The page carries it into another window, or back. */
  adoptedCallback(): void {
    dressAnew(this)
  }

  private handleFilm(change: PlayerChange): void {
    const { player } = this.film
    if (!player || change === 'frame') return
    if (change === 'picture') this.requestUpdate()
    const second = this.film.second()
    const step = second - this.second
    if (!player.seeking && step > 0 && step <= longestStep * Math.max(1, player.rate)) this.watched.played(this.second, second)
    this.second = player.seeking ? NaN : second

    const end = this.film.range()?.end
    const near = this.at! > 0 && end !== undefined && second > 0 && end - second <= this.at! && !player.seeking
    // Under the player it stays once it has come, for who is reading it; off the picture it goes when the film is played again.
    const shown = player.ended || near || (this.shown && !this.over)
    if (shown !== this.shown) this.shown = shown
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('media') && !changed.has('cues') && !changed.has('player') && !changed.has('for')) return
    this.watched = createWatched(() => this.film.timeline)
    this.second = NaN
    this.shown = this.closed = false
  }

  protected override updated(): void {
    const { player } = this.film
    if (this.over && player?.policy === 'rail' && !this.refused) {
      this.refused = true
      this.dispatchEvent(new KanmaiErrorEvent({ media: this.media }, 'over: this player’s terms allow nothing over its picture; leave the attribute out and give the shelf a room of its own'))
    }
    const shelf = this.renderRoot.querySelector<HTMLElement>('.shelf')
    if (this.over && player && shelf) this.layOver(shelf, player)
  }

  /** Covers the player's box, but for the controls it draws along its lower edge. */
  private layOver(shelf: HTMLElement, { box, controls }: Player<HTMLElement>): void {
    const { left, top } = this.renderRoot.firstElementChild!.getBoundingClientRect()
    const film = box.getBoundingClientRect()
    const { style } = shelf
    style.left = `${film.left - left}px`
    style.top = `${film.top - top}px`
    style.width = `${film.width}px`
    style.height = `${film.height - (controls ? Math.min(72, film.height / 4) : 0)}px`
  }

  private readonly handleReplay = (): void => {
    const { film } = this
    if (this.over) this.shown = false
    film.seek(film.range()?.start ?? 0)
    film.player?.play()
  }

  private readonly handleClose = (): void => void (this.closed = true)

  /** The products with their first cue, in order of appearance; of a live room what was shown. */
  private goods(): { item: Item; span: Span }[] {
    const { film } = this
    const goods = new Map<string, { item: Item; span: Span }>()
    for (const span of film.timeline.spans) {
      const item = film.itemOf(span)
      if (item && !goods.has(item.id) && !(film.live && span.start > film.second())) goods.set(item.id, { item, span })
    }
    return [...goods.values()]
  }

  protected override render(): TemplateResult {
    const { page, over, film } = this
    const goods = this.shown ? this.goods() : []
    const height = film.player?.box.offsetHeight ?? 0
    const allowed = !over || (film.player?.policy === 'overlay' && !this.closed && height >= roomForRows)
    const layout = over && height < roomForCards ? 'over-video' : 'grid'
    return html`<div class="${page.root} ${over ? 'over' : 'under'}" lang=${page.locale} @keydown=${keepKey} @keyup=${keepKey}>
      ${goods.length && allowed ? this.renderShelf(goods, layout) : over ? nothing : html`<div class="waiting">${page.words.shelfWaits}</div>`}
    </div>`
  }

  private renderShelf(goods: { item: Item; span: Span }[], layout: 'grid' | 'over-video'): TemplateResult {
    const { words } = this.page
    const isSeen = ({ item }: { item: Item }): boolean => this.watched.seconds(item.id) >= seenAfter
    const seen = goods.filter(isSeen)
    const rest = goods.filter((it) => !isSeen(it))
    return html`<section class="shelf ${layout}" part="shelf" aria-label=${words.shelf}>
      <div class="tools">
        ${this.film.canSeek ? html`<button class="replay" part="replay" type="button" @click=${this.handleReplay}>
          <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M4.2 6.5A7 7 0 1 1 3 10M4 2.6v4.2h4.2" /></svg>${words.replay}
        </button>` : nothing}
        ${this.over
          ? html`<button class="close" part="close" type="button" aria-label=${words.close} @click=${this.handleClose}>
              <svg viewBox="0 0 20 20" aria-hidden="true"><path d="m5 5 10 10m0-10L5 15" /></svg>
            </button>`
          : nothing}
      </div>
      <div class="row">
        ${seen.length ? this.renderGroup(words.youSaw, seen, layout, 0) : nothing}
        ${rest.length ? this.renderGroup(seen.length ? words.alsoShown : words.shelf, rest, layout, seen.length) : nothing}
      </div>
    </section>`
  }

  private renderGroup(name: string, goods: { item: Item; span: Span }[], layout: 'grid' | 'over-video', from: number): TemplateResult {
    return html`<div class="group">
      <div class="name" aria-hidden="true">${name}</div>
      <ul part="list" aria-label=${name}>
        ${repeat(
          goods,
          ({ item }) => item.id,
          ({ item, span }, index) => html`<li>
            <kanmai-card
              layout=${layout}
              .item=${item}
              .context=${{ ...this.film.contextOf(span), list: 'shelf', position: from + index }}
            ></kanmai-card>
          </li>`,
        )}
      </ul>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kanmai-shelf': ShelfElement
  }
}
