import { LitElement, html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { SavedItem } from '../core/saved-items.ts'
import { announce } from './announcer.ts'
import { AskController } from './ask-controller.ts'
import { version } from './define-element.ts'
import { heart } from './heart.ts'
import { ItemsController } from './items-controller.ts'
import { PageController } from './page-controller.ts'
import { bareHref } from './product-link.ts'
import { savedStyles } from './saved.styles.ts'
import { saving } from './saving.ts'
import { tokens } from './tokens.styles.ts'

const cross = html`<svg viewBox="0 0 12 12" aria-hidden="true"><path d="m1.5 1.5 9 9m0-9-9 9" /></svg>`

/**
 * What the reader keeps for later, behind one button: on the disk of this browser, without an account, the same in all
 * tabs. While it stands on a page every card there has a button that keeps its product.
 *
 * @csspart toggle - the button that opens it
 * @csspart count - how many products are kept
 * @csspart panel - what it opens
 * @csspart list - the list of products
 * @csspart remove - the button beside a product that forgets it
 */
export class SavedElement extends LitElement {
  static readonly version = version
  static override styles = [tokens, savedStyles]
  static override properties = { placement: {}, open: { type: Boolean, reflect: true }, removed: { state: true } }

  /** Where on the publisher's pages this tray stands. */
  declare placement: string | undefined
  /** Whether the list is shown. */
  declare open: boolean

  private readonly page = new PageController(this)
  private readonly ask = new AskController<'saved'>(this, () => ({ kind: 'saved' }))
  private readonly items = new ItemsController(this, () => (this.open ? this.saved.map(({ id }) => id) : []))
  /** What was removed last, as long as it can be taken back. */
  declare private removed: SavedItem | undefined

  constructor() {
    super()
    this.open = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    saving.offer()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.open = false
    this.watch(false)
  }

  private get saved(): readonly SavedItem[] {
    return this.ask.value?.items ?? []
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('open')) return
    this.watch(this.open)
    const panel = this.renderRoot.querySelector<HTMLElement>('.panel')
    if (this.open) panel?.showPopover?.()
    else this.removed = undefined
    this.place()
  }

  /** Hears, while it is open, what closes it and what moves its button. */
  private watch(open: boolean): void {
    const name = open ? 'addEventListener' : 'removeEventListener'
    document[name]('pointerdown', this.handleElsewhere, true)
    document[name]('keydown', this.handleEscape as EventListener)
    window[name]('scroll', this.place, { capture: true, passive: true } as AddEventListenerOptions)
    window[name]('resize', this.place)
  }

  private readonly handleElsewhere = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.open = false
  }

  private readonly handleEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    this.close()
  }

  private readonly handleToggle = (): void => void (this.open = !this.open)

  private readonly close = (): void => {
    this.open = false
    this.renderRoot.querySelector<HTMLElement>('.toggle')?.focus()
  }

  /** Hangs the panel below its button, inside the window; on a narrow screen its style puts it at the lower edge. */
  private readonly place = (): void => {
    const panel = this.renderRoot.querySelector<HTMLElement>('.panel')
    if (!panel || !this.open) return
    const { left, right, bottom } = this.getBoundingClientRect()
    const width = panel.offsetWidth
    const rightward = getComputedStyle(panel).direction === 'rtl'
    const x = Math.max(8, Math.min(rightward ? left : right - width, document.documentElement.clientWidth - width - 8))
    const { style } = panel
    style.setProperty('--_x', `${x}px`)
    style.setProperty('--_y', `${bottom + 8}px`)
  }

  private async forget(saved: SavedItem, index: number): Promise<void> {
    this.removed = saved
    this.ask.value?.drop(saved.id)
    announce(this.page.words.removed(saved.item.title))
    await this.updateComplete
    // The focus stays in the list: at what took the place of the removed.
    const buttons = this.renderRoot.querySelectorAll<HTMLElement>('.remove')
    ;(buttons[index] ?? buttons[index - 1] ?? this.renderRoot.querySelector<HTMLElement>('.undo'))?.focus()
  }

  private readonly handleUndo = (): void => {
    const { removed } = this
    if (removed) this.ask.value?.keep(removed.item, removed.at)
    this.removed = undefined
    this.renderRoot.querySelector<HTMLElement>('.close')?.focus()
  }

  protected override render(): TemplateResult {
    const { page, saved, open } = this
    const { length } = saved
    const number = new Intl.NumberFormat(page.locale).format(length)
    return html`<div class=${page.root} lang=${page.locale}>
      <button
        class="toggle"
        part="toggle"
        type="button"
        aria-label=${length ? page.words.savedCount(number) : page.words.saved}
        aria-expanded=${open}
        aria-controls="panel"
        @click=${this.handleToggle}
      >
        ${heart}<span class="count" part="count" ?hidden=${!length}>${number}</span>
      </button>
      <section class="panel" part="panel" id="panel" popover="manual" aria-labelledby="name" ?hidden=${!open}>
        ${open ? this.renderPanel() : nothing}
      </section>
    </div>`
  }

  private renderPanel(): TemplateResult {
    const { page, saved, removed, ask } = this
    const { words } = page
    return html`<header>
        <h2 id="name">${words.saved}</h2>
        <button class="close" type="button" aria-label=${words.close} @click=${this.close}>${cross}</button>
      </header>
      ${saved.length
        ? html`<ul class="list" part="list">
            ${repeat(saved, ({ id }) => id, (it, index) => this.renderRow(it, index))}
          </ul>`
        : html`<div class="empty" part="list">${heart}<p>${words.savedEmpty}</p></div>`}
      ${removed || (ask.value && !ask.value.lasting)
        ? html`<footer>
            ${removed
              ? html`<span class="gone">${words.removed(removed.item.shortTitle ?? removed.item.title)}</span>
                  <button class="undo" type="button" @click=${this.handleUndo}>${words.undo}</button>`
              : words.savedBriefly}
          </footer>`
        : nothing}`
  }

  private renderRow(saved: SavedItem, index: number): TemplateResult {
    const { page } = this
    const { item, id } = saved
    const answer = this.items.answer(id)
    const title = item.shortTitle ?? item.title
    const context = { placement: this.placement, list: 'saved', position: index }
    return html`<li class="row">
      ${answer?.state === 'failed' && answer.unknown
        ? this.renderDead(saved)
        : html`<kanmai-card layout="compact" .item=${answer?.state === 'ready' ? answer.value : item} .context=${context}></kanmai-card>`}
      <button class="remove" part="remove" type="button" aria-label=${page.words.remove(title)} @click=${() => this.forget(saved, index)}>${cross}</button>
    </li>`
  }

  private renderDead({ item }: SavedItem): TemplateResult {
    const src = bareHref(item.image)
    return html`<div class="dead">
      <div class="shot">${src ? html`<img src=${src} alt="" loading="lazy" draggable="false" />` : [...item.title][0]}</div>
      <div class="about"><b>${item.title}</b>${this.page.words.unavailable}</div>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kanmai-saved': SavedElement
  }
}
