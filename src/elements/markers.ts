import { LitElement, html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Cue, Media } from '../contract/cue.ts'
import type { Item } from '../contract/item.ts'
import { chapterSegments } from '../core/chapters.ts'
import { clockTime } from '../core/clock-time.ts'
import type { Player, PlayerChange, SecondRange } from '../core/player.ts'
import type { Span } from '../core/timeline.ts'
import type { MediaElement } from '../player/media-element.ts'
import { version } from './define-element.ts'
import { dressAnew } from './dress-anew.ts'
import { FilmController } from './film-controller.ts'
import { marksOf, type Mark } from './markers-marks.ts'
import { renderTip } from './markers-tip.ts'
import { markersStyles } from './markers.styles.ts'
import { PageController } from './page-controller.ts'
import { tokens } from './tokens.styles.ts'

/** Narrower than this, in px, a chapter's title is not worth reading. */
const leastTitle = 48

/**
 * Chapters and products of a film on a bar of time: as a bar of its own under the player, or with `over` upon the seek bar
 * that the player has, which keeps all presses but those of the ticks. Time runs as in the players of all browsers, from
 * left to right, unless `--kanmai-markers-direction` says otherwise.
 *
 * @fires kanmai-error - a cue or a chapter was left out; `issue` says why
 * @csspart bar - what stands for the whole film
 * @csspart chapter - a chapter
 * @csspart tick - where products come, one or several that are too close to be pressed apart
 * @csspart tip - what is told of the place pointed at
 * @cssprop --kanmai-markers-tick - colour of the ticks
 * @cssprop --kanmai-markers-track - colour of what was not played yet
 * @cssprop --kanmai-markers-played - colour of what was played
 * @cssprop --kanmai-markers-inset - room at both ends of the bar, to match the seek bar's own
 * @cssprop --kanmai-markers-direction - `rtl` for a seek bar on which time runs from right to left
 */
export class MarkersElement extends LitElement {
  static readonly version = version
  static override styles = [tokens, markersStyles]
  static override properties = {
    for: {},
    media: {},
    placement: {},
    over: { type: Boolean },
    chapters: { attribute: false },
    cues: { attribute: false },
    items: { attribute: false },
    player: { attribute: false },
    width: { state: true },
    told: { state: true },
    pointed: { state: true },
    reached: { state: true },
  }

  /** Id of the media element, or of a container that holds one. */
  declare for?: string
  /** Id of the media whose cues and chapters are shown. */
  declare media?: string
  /** Where on the publisher's pages this bar stands. */
  declare placement?: string
  /** Lies over the seek bar of the player, in the box that is positioned around both. */
  declare over: boolean
  /** Chapters in place of the media's own. */
  declare chapters?: Media['chapters']
  /** Cues in order of arrival, in place of the media's own. */
  declare cues?: readonly Cue[]
  /** Items that the cues name, in place of the media's own. */
  declare items?: readonly Item[]
  /** The player itself, in place of `for`. */
  declare player?: Player<HTMLElement>

  private readonly page = new PageController(this)
  private readonly film = new FilmController(this, this.page, (change) => this.handleFilm(change))
  /** Width of the bar, in px. */
  declare private width: number
  /** Key of the mark that is told about. */
  declare private told: string | undefined
  /** Second that the pointer is at. */
  declare private pointed: number | undefined
  /** Key of the mark that Tab comes to. */
  declare private reached: string | undefined
  private range: SecondRange | undefined
  private marks: Mark[] = []
  private active: readonly Span[] = []
  private issues: readonly string[] = []
  private readonly size = new ResizeObserver(([entry]) => {
    // What an observer changes is laid out in the next frame.
    const width = entry!.contentRect.width
    if (width !== this.width) requestAnimationFrame(() => (this.width = width))
  })

  /** The page carries it into another window, or back. */
  adoptedCallback(): void {
    dressAnew(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.size.disconnect()
  }

  private handleFilm(change: PlayerChange): void {
    if (change === 'frame') return
    const { film } = this
    if (film.live || change !== 'time' || film.timeline.active(film.second()) !== this.active) this.requestUpdate()
    else this.move()
  }

  protected override updated(): void {
    this.issues.forEach((issue) => this.film.report(issue))
    if (this.refused) this.film.report('over: this player’s terms allow nothing over its picture; leave the attribute out and give the bar a room of its own')
    const bar = this.find<HTMLElement>('.bar')
    if (!bar) return
    this.size.observe(bar)
    this.move()
    const { range } = this
    if (!range) return
    const share = (second: number): string => `${(100 * (second - range.start)) / (range.end - range.start)}%`
    for (const mark of this.marks) {
      const style = this.elementOf(mark.key)!.style
      if (mark.spans.length) style.insetInlineStart = `${mark.x}px`
      else {
        style.insetInlineStart = share(mark.start)
        style.inlineSize = share(range.start + mark.end - mark.start)
      }
    }
    this.placeTip()
  }

  /** Lets the played part reach to the second that the player is at. */
  private move(): void {
    const { range } = this
    const bar = this.find<HTMLElement>('.bar')
    if (!range || !bar) return
    const second = this.film.second()
    for (const segment of bar.querySelectorAll<HTMLElement>('.segment')) {
      const { start, end } = this.marks.find(({ key }) => key === segment.dataset['key'])!
      segment.style.setProperty('--_played', String(Math.min(1, Math.max(0, (second - start) / (end - start)))))
    }
  }

  private placeTip(): void {
    const tip = this.find<HTMLElement>('.tip')
    const bar = this.find<HTMLElement>('.bar')
    const mark = this.marks.find(({ key }) => key === this.told)
    if (!tip || !bar || !mark) return
    const wanted = mark.spans.length ? mark.x : this.xOf(this.pointed ?? mark.start)
    const half = tip.offsetWidth / 2
    const x = Math.max(half, Math.min(this.width - half, wanted))
    tip.style.left = `${bar.offsetLeft + (this.isReversed ? this.width - x : x)}px`
  }

  /** Whether it would lie over a player whose terms forbid it; audio has no picture to keep free. */
  private get refused(): boolean {
    const { box, policy } = this.film.player ?? {}
    const { localName, nativeEl } = (box ?? {}) as Partial<MediaElement>
    return this.over && policy === 'rail' && !/audio/.test(`${localName} ${nativeEl?.localName}`)
  }

  private find<T extends Element>(selector: string): T | null {
    return this.renderRoot.querySelector<T>(selector)
  }

  private elementOf(key: string): HTMLElement | undefined {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[data-key]')].find((it) => it.dataset['key'] === key)
  }

  private get isReversed(): boolean {
    const bar = this.find('.bar')
    return !!bar && getComputedStyle(bar).direction === 'rtl'
  }

  private xOf(second: number): number {
    const { start, end } = this.range!
    return (this.width * (second - start)) / (end - start)
  }

  private secondAt({ clientX }: MouseEvent): number {
    const { left, right, width } = this.find('.bar')!.getBoundingClientRect()
    const share = width ? (this.isReversed ? right - clientX : clientX - left) / width : 0
    const { start, end } = this.range!
    return start + Math.min(1, Math.max(0, share)) * (end - start)
  }

  private markOf(event: Event): Mark | undefined {
    const key = (event.target as Element).closest<HTMLElement>('[data-key]')?.dataset['key']
    return this.marks.find((it) => it.key === key)
  }

  private readonly handlePoint = (event: PointerEvent): void => {
    const mark = this.markOf(event)
    this.told = mark?.key
    this.pointed = mark && this.secondAt(event)
  }

  private readonly handleLeave = (): void => {
    this.told = this.pointed = undefined
  }

  private readonly handleFocus = (event: Event): void => {
    this.told = this.reached = this.markOf(event)?.key
    this.pointed = undefined
  }

  private readonly handleClick = (event: MouseEvent): void => {
    const mark = this.markOf(event)
    // A chapter that is pressed somewhere is entered there; one that is chosen by key, at its start.
    if (mark) this.film.seek(!mark.spans.length && event.detail ? this.secondAt(event) : mark.start)
  }

  private readonly handleKey = (event: KeyboardEvent): void => {
    const { key } = event
    if (key === 'Escape' && this.told) this.handleLeave()
    else if (key !== 'Enter' && key !== ' ') {
      const stops = this.stops()
      const at = stops.findIndex((it) => it.key === this.reached)
      const forth = this.isReversed ? 'ArrowLeft' : 'ArrowRight'
      const to = { [forth]: at + 1, [forth === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft']: at - 1, Home: 0, End: stops.length - 1 }[key]
      if (to === undefined) return
      event.preventDefault()
      const stop = stops[to]
      if (stop) this.elementOf(stop.key)?.focus()
    }
    // The player around has hotkeys of its own for these.
    event.stopPropagation()
  }

  /** Marks that the keyboard comes to: not a stretch without a title. */
  private stops(): Mark[] {
    return this.marks.filter((it) => it.spans.length || it.title)
  }

  private layOut(): void {
    const { film } = this
    const second = film.second()
    this.active = film.timeline.active(second)
    this.range = film.range()
    this.marks = []
    if (!this.range) return
    const { start, end } = this.range
    const { segments, issues } = chapterSegments(this.chapters ?? film.about?.chapters, start, end)
    this.issues = issues
    const spans = film.timeline.spans.filter((it) => film.itemOf(it) && it.start >= start && it.start < end && !(film.live && it.start > second))
    this.marks = marksOf(segments, spans, this.width, (it) => this.xOf(it))
  }

  private timeOf(second: number): string {
    const { film, page } = this
    return film.moment(second)?.toLocaleTimeString(page.locale, { hour: '2-digit', minute: '2-digit' }) ?? clockTime(second)
  }

  protected override render(): TemplateResult {
    const { page, film } = this
    this.layOut()
    if (this.refused) return html``
    const stops = this.stops()
    const reached = stops.some((it) => it.key === this.reached) ? this.reached : stops[0]?.key
    const told = this.marks.find((it) => it.key === this.told)
    return html`<div
      class="${page.root} ${this.over ? 'over' : 'alone'}"
      lang=${page.locale}
      @pointermove=${this.handlePoint}
      @pointerleave=${this.handleLeave}
      @focusin=${this.handleFocus}
      @focusout=${this.handleLeave}
      @click=${this.handleClick}
      @keydown=${this.handleKey}
    >
      <div class="bar" part="bar" role=${stops.length ? 'toolbar' : nothing} aria-label=${stops.length ? page.words.moments : nothing}>
        ${repeat(this.marks, ({ key }) => key, (mark) => this.renderMark(mark, mark.key === reached))}
      </div>
      ${told ? renderTip(page, this.timeOf((!told.spans.length && this.pointed) || told.start), told.title, told.spans.map((it) => film.itemOf(it)!), film.player?.policy === 'rail') : nothing}
    </div>`
  }

  private renderMark({ key, title, spans, start, end }: Mark, reached: boolean): TemplateResult {
    const { page, film } = this
    const tab = reached ? '0' : '-1'
    const fixed = film.canSeek ? nothing : 'true'
    if (spans.length) {
      const titles = [...new Set(spans.map((it) => film.itemOf(it)!.title))]
      const names = spans.length > 1 ? [page.words.products(String(spans.length)), ...titles] : titles
      const state = spans.some((it) => this.active.includes(it)) ? 'now' : ''
      const count = spans.length > 1 ? spans.length : undefined
      return html`<button class="tick ${state}" part="tick" type="button" data-key=${key} tabindex=${tab} aria-disabled=${fixed} aria-label=${[this.timeOf(start), ...names].join(', ')}>
        <i class=${count ? 'many' : ''}>${count}</i>
      </button>`
    }
    if (!title) return html`<div class="segment" data-key=${key}></div>`
    const now = start <= film.second() && film.second() < end
    const wide = this.xOf(end) - this.xOf(start) >= leastTitle
    return html`<button
      class="segment"
      part="chapter"
      type="button"
      data-key=${key}
      tabindex=${tab}
      aria-disabled=${fixed}
      aria-current=${now ? 'true' : nothing}
      aria-label="${this.timeOf(start)}, ${page.words.chapter(title)}"
    >
      <span class="title" ?hidden=${!wide || this.over}>${title}</span>
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kanmai-markers': MarkersElement
  }
}
