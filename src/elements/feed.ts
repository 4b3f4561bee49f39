import { LitElement, html, type PropertyValues, type TemplateResult } from 'lit'
import type { Item } from '../contract/item.ts'
import { nearLines } from '../core/near-lines.ts'
import { compactColumn, compactHeight, gap, gridBody, gridColumn } from './card-size.ts'
import type { CardElement } from './card.ts'
import { version } from './define-element.ts'
import { KanmaiErrorEvent, type KanmaiImpressionEvent } from './events.ts'
import { FeedPages } from './feed-pages.ts'
import { feedStyles } from './feed.styles.ts'
import { PageController } from './page-controller.ts'
import { tokens } from './tokens.styles.ts'

const layouts = ['grid', 'row', 'compact'] as const
type FeedLayout = (typeof layouts)[number]

function createEntry(index: number, compact: boolean): HTMLElement {
  const entry = document.createElement('div')
  entry.setAttribute('role', 'listitem')
  entry.setAttribute('aria-posinset', String(index + 1))
  const card = document.createElement('kanmai-card')
  if (compact) card.setAttribute('layout', 'compact')
  entry.append(card)
  return entry
}

/**
 * A list of products that goes on as long as the endpoint has more. Only the cards near the screen exist, and only
 * their pages are held, however far the reader goes. All cards of a feed are of one size.
 *
 * @fires kanmai-error - the feed cannot be had
 * @csspart list - the list of cards
 */
export class FeedElement extends LitElement {
  static readonly version = version
  static override styles = [tokens, feedStyles]
  static override properties = { placement: {}, kind: {}, item: {}, layout: {}, rows: { type: Number }, items: { attribute: false } }

  /** Where on the publisher's pages this feed stands; names the feed to ask for. */
  declare placement: string | undefined
  /** Which of the endpoint's ways of choosing fills the feed; the placement's own when absent. */
  declare kind: string | undefined
  /** Id of the item that the feed shall go with. */
  declare item: string | undefined
  /** `grid` (default, or what the page settings say for the placement), `row` (a carousel) or `compact`. */
  declare layout: FeedLayout | undefined
  /** Lines of cards for which room is kept until the feed is there; 2 when absent. */
  declare rows: number | undefined
  /** What to show, instead of asking. */
  declare items: readonly Item[] | undefined

  private readonly page = new PageController(this)
  private pages: FeedPages | undefined
  private readonly seen = new Set<number>()
  private readonly placed = new Map<number, HTMLElement>()
  private said: string | undefined

  // Geometry, in px: guessed from the sizes that all cards have, then measured.
  private guessed: FeedLayout | undefined
  private columns = 0
  private pitch = 0
  private width = 0
  private lines = { first: 0, last: 1 }
  /** Lines that stay reserved although they are empty, because the page would shift under the reader's eyes. */
  private kept = 0
  private painted = false
  private edges: IntersectionObserver | undefined
  private sizes: ResizeObserver | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.addEventListener('kanmai-impression', this.handleImpression)
    if (this.hasUpdated) this.observe()
    this.requestUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.removeEventListener('kanmai-impression', this.handleImpression)
    this.edges?.disconnect()
    this.sizes?.disconnect()
    // A feed that is moved is there again at once, and goes on with what it has.
    queueMicrotask(() => {
      if (this.isConnected) return
      this.pages?.close()
      this.pages = undefined
    })
  }

  private get shape(): FeedLayout {
    const wanted = this.layout ?? this.page.settings?.placements?.[this.placement ?? '']?.layout
    return layouts.find((it) => it === wanted) ?? 'grid'
  }

  private get length(): number {
    return this.items?.length ?? this.pages?.length ?? (this.rows ?? 2) * this.columns
  }

  private get count(): number {
    return Math.ceil(this.length / this.columns)
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (this.guessed !== this.shape) this.guess()
    if (changed.has('placement') || changed.has('kind') || changed.has('item') || changed.has('items')) {
      this.pages?.close()
      this.pages = undefined
      this.seen.clear()
      if (this.hasUpdated) this.locate()
    }
    const { placement, kind, item } = this
    if (!this.items && placement && this.isConnected) {
      this.pages ??= new FeedPages(
        this,
        { kind: 'feed', placement, ...(kind && { feed: kind }), ...(item && { item }) },
        (this.rows ?? 2) * this.columns,
      )
      const waited = !this.pages.started && !this.pages.issue
      // Half a screen ahead of what is rendered, which itself is a screen ahead of the reader.
      const ahead = Math.ceil((this.lines.last - this.lines.first) / 2) * this.columns
      this.pages.hold(this.lines.first * this.columns - ahead, this.lines.last * this.columns + ahead)
      if (waited && (this.pages.started || this.pages.issue)) {
        this.keep()
        this.locate(0)
      }
    }
    // What is there may have become shorter than where the reader was.
    this.lines = { first: Math.min(this.lines.first, Math.max(0, this.count - 1)), last: Math.min(this.lines.last, this.count) }
    if (this.hasUpdated && this.lines.last <= this.lines.first) this.locate()
  }

  protected override firstUpdated(): void {
    // Not at once: what is rendered anew would change sizes while they are being told.
    this.sizes = new ResizeObserver(() => requestAnimationFrame(() => this.measure()))
    this.observe()
  }

  protected override updated(): void {
    const track = this.renderRoot.querySelector<HTMLElement>('.track')!
    const { first, last } = this.lines
    const rest = Math.max(this.count, this.kept) - last
    // Between lines that are not there is no gap to add to.
    const after = rest * this.pitch - (last > first || !rest ? 0 : gap)
    this.placeCards(track.firstElementChild!)
    track.style.setProperty('--_before', `${first * this.pitch}px`)
    track.style.setProperty('--_after', `${after}px`)
    this.watchEdges()
    const issue = this.pages?.issue
    if (issue && issue !== this.said) this.dispatchEvent(new KanmaiErrorEvent({ placement: this.placement }, issue))
    this.said = issue
  }

  /** Sizes as the styles will make them, so that the first rendering already has the right number of cards. */
  private guess(): void {
    const box = this.getBoundingClientRect()
    this.width = box.width || 360
    this.fit()
    const shape = (this.guessed = this.shape)
    for (const entry of this.placed.values()) entry.remove()
    this.placed.clear()
    const column = (this.width + gap) / this.columns - gap
    this.pitch = gap + (shape === 'row' ? gridColumn : shape === 'compact' ? compactHeight : column + gridBody)
    const room = shape === 'row' ? this.width : innerHeight - Math.max(0, box.top)
    if (!this.painted) this.lines = nearLines(0, Math.max(1, room), this.pitch, this.count)
  }

  private fit(): void {
    const least = this.shape === 'compact' ? Math.min(compactColumn, this.width) : Math.min(gridColumn, this.width / 2 - gap / 2 - 0.5)
    this.columns = this.shape === 'row' ? 1 : Math.max(1, Math.floor((this.width + gap) / (least + gap)))
  }

  private measure(): void {
    const card = this.renderRoot.querySelector('[role=listitem]')?.getBoundingClientRect()
    const { width } = this.getBoundingClientRect()
    if (!width) return
    const { columns, pitch } = this
    this.width = width
    this.fit()
    if (card) this.pitch = (this.shape === 'row' ? card.width : card.height) + gap
    if (this.columns !== columns || this.pitch !== pitch) {
      this.locate()
      this.requestUpdate()
    }
  }

  /** Finds the lines within so many screens of the reader. */
  private locate(screens = 1): void {
    const view = this.renderRoot.querySelector('.view')
    const track = view?.firstElementChild?.getBoundingClientRect()
    if (!view || !track) return
    let from = -track.top
    let room = innerHeight
    if (this.shape === 'row') {
      const box = view.getBoundingClientRect()
      room = box.width
      from = getComputedStyle(view).direction === 'rtl' ? track.right - box.right : box.left - track.left
    }
    const lines = nearLines(from - screens * room, from + (1 + screens) * room, this.pitch, this.count)
    if (lines.first === this.lines.first && lines.last === this.lines.last) return
    this.lines = lines
    this.requestUpdate()
  }

  /** Keeps what was reserved when its end is on the screen or above it. */
  private keep(): void {
    const end = this.getBoundingClientRect().top + this.count * this.pitch
    this.kept = this.shape !== 'row' && end < innerHeight ? (this.rows ?? 2) : 0
  }

  private observe(): void {
    this.sizes?.observe(this)
    const list = this.renderRoot.querySelector('.list')
    if (list) this.sizes?.observe(list)
  }

  /** Observing anew brings news at once, so that a reader who is faster than one rendering is caught up with. */
  private watchEdges(): void {
    this.edges?.disconnect()
    if (!this.isConnected) return
    const view = this.renderRoot.querySelector('.view')!
    this.edges = new IntersectionObserver(
      (entries) => {
        this.painted = true
        if (entries.some((it) => it.isIntersecting)) this.locate()
      },
      { root: this.shape === 'row' ? view : null, rootMargin: '50%' },
    )
    for (const edge of view.querySelectorAll('.edge')) this.edges.observe(edge)
  }

  private readonly handleImpression = (event: KanmaiImpressionEvent): void => {
    if (event.position !== undefined) this.seen.add(event.position)
  }

  override render(): TemplateResult {
    const { page, shape } = this
    return html`<div class=${page.root} lang=${page.locale}>
      <div class="view ${shape}">
        <div class="track">
          <div class="list" part="list" role="list" aria-label=${page.words.feed}></div>
          <div class="edge"></div>
          <div class="edge"></div>
        </div>
      </div>
    </div>`
  }

  /** Keeps the cards of the lines in view, by hand: a card that stays must stay the same element. */
  private placeCards(list: Element): void {
    const { lines, columns, length, placed } = this
    const from = lines.first * columns
    const to = Math.min(length, lines.last * columns)
    for (const [index, entry] of placed) {
      if (index >= from && index < to) continue
      entry.remove()
      placed.delete(index)
    }
    const setSize = this.items || this.pages?.ended ? length : -1
    let before = list.firstElementChild
    for (let index = from; index < to; index++) {
      const known = placed.get(index)
      const entry = known ?? createEntry(index, this.shape === 'compact')
      entry.setAttribute('aria-setsize', String(setSize))
      this.fill(entry.firstElementChild as CardElement, index)
      if (known) before = known.nextElementSibling
      else list.insertBefore(entry, before)
      placed.set(index, entry)
    }
  }

  private fill(card: CardElement, index: number): void {
    const { item, list } = this.pages?.at(index) ?? { item: this.items?.[index], list: undefined }
    card.item = item
    card.placement = this.placement
    card.context = { list, position: index }
    card.seen = this.seen.has(index)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kanmai-feed': FeedElement
  }
}
