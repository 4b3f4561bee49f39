import { LitElement, html, nothing, type TemplateResult } from 'lit'
import { privacyWords } from '../locale/privacy-words.ts'
import { announce } from './announcer.ts'
import { AskController } from './ask-controller.ts'
import { version } from './define-element.ts'
import { PageBasics } from './page-basics.ts'
import { privacyStyles } from './privacy.styles.ts'
import { tokens } from './tokens.styles.ts'
import type { Privacy } from './wish.ts'

const shield = html`<svg class="shield" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 3.5 5 6v5.2c0 4.4 2.9 7.7 7 9.3 4.1-1.6 7-4.9 7-9.3V6Z" /></svg>`
const arrow = html`<svg class="arrow" viewBox="0 0 12 12" aria-hidden="true"><path d="m2 4 4 4 4-4" /></svg>`

/** All that the reader is shown, as a file of their own. */
function fileOf({ consent, why, endpoint, waiting, lost, visit, saved, sent, objected }: Privacy, now: number): string {
  const { origin, pathname } = location
  const kept = { waiting, lost, visit: visit ?? null, saved, objected }
  return JSON.stringify({ savedAt: new Date(now).toISOString(), page: origin + pathname, endpoint, consent, why, kept, sent }, null, 2)
}

/**
 * What is counted of the reader's visit and why, what this browser keeps of it and what was sent: shown, given out as a
 * file, deleted, and with a switch that ends it. For a page's footer.
 *
 * @csspart toggle - the button that opens it
 * @csspart panel - what it opens
 * @csspart object - the switch by which a reader is not counted
 * @csspart export - the button that saves a file
 * @csspart wipe - the button that deletes
 */
export class PrivacyElement extends LitElement {
  static readonly version = version
  static override styles = [tokens, privacyStyles]
  static override properties = { open: { type: Boolean, reflect: true }, asking: { state: true }, looking: { state: true } }

  /** Whether more than the button is shown. */
  declare open: boolean

  private readonly page = new PageBasics(this, privacyWords)
  private readonly ask = new AskController<'privacy'>(this, () => ({ kind: 'privacy' }))
  /** The reader is asked whether they mean it. */
  declare private asking: boolean
  /** The signals themselves are shown. */
  declare private looking: boolean

  constructor() {
    super()
    this.open = this.asking = this.looking = false
  }

  private readonly handleToggle = (): void => void (this.open = !this.open)

  private readonly handleLook = (event: Event): void => void (this.looking = (event.target as HTMLDetailsElement).open)

  private readonly handleObject = (): void => {
    const { value } = this.ask
    value?.object(!value.objected)
  }

  private readonly handleExport = (): void => {
    const { value } = this.ask
    if (!value) return
    const href = URL.createObjectURL(new Blob([fileOf(value, this.page.now())], { type: 'application/json' }))
    Object.assign(document.createElement('a'), { href, download: `kanmai-${value.endpoint.replaceAll(':', '-')}.json` }).click()
    // Some browsers begin to read it only after the click.
    setTimeout(() => URL.revokeObjectURL(href), 10_000)
  }

  private async askToWipe(asks: boolean): Promise<void> {
    this.asking = asks
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(asks ? '.keep' : '.wipe')?.focus()
  }

  private readonly handleAsk = (): void => void this.askToWipe(true)

  private readonly handleKeep = (): void => void this.askToWipe(false)

  private readonly handleWipe = (): void => {
    this.ask.value?.wipe()
    announce(this.page.words.wiped)
    void this.askToWipe(false)
  }

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    this.handleKeep()
  }

  protected override render(): TemplateResult {
    const { page, ask, open } = this
    const { words } = page
    return html`<div class=${page.root} lang=${page.locale}>
      <button class="toggle" part="toggle" type="button" aria-expanded=${open} aria-controls="panel" @click=${this.handleToggle}>
        ${shield}<span class="name">${words.privacy}</span> ${ask.value ? html`<span class="holds">${words.holds[ask.value.consent]}</span>` : nothing}${arrow}
      </button>
      <section class="panel" part="panel" id="panel" aria-label=${words.privacy} ?hidden=${!open}>
        ${open ? (ask.value ? this.renderPanel(ask.value) : html`<p class="means">${ask.answer?.state === 'waiting' ? '…' : words.unknown}</p>`) : nothing}
      </section>
    </div>`
  }

  private renderPanel(privacy: Privacy): TemplateResult {
    const { words } = this.page
    const { consent, why, endpoint, objected, remembered } = privacy
    return html`<p class="means">${words.means[consent](endpoint)} <span class="why">${words.why[why]}</span></p>
      <button class="object" part="object" type="button" role="switch" aria-checked=${objected} aria-describedby="hint" @click=${this.handleObject}>
        <span>${words.object}</span><i class="track"></i>
      </button>
      <p class="hint" id="hint">${remembered ? words.objectHint : words.objectBriefly}</p>
      ${this.renderKept(privacy)} ${this.renderSent(privacy)}
      <footer>${this.asking ? this.renderAsking() : this.renderButtons()}</footer>`
  }

  private number(count: number): string {
    return new Intl.NumberFormat(this.page.locale).format(count)
  }

  private renderRows(rows: [string, string | TemplateResult][]): TemplateResult {
    return rows.length
      ? html`<dl>
          ${rows.map(([name, value]) => html`<div class="row"><dt>${name}</dt><dd>${value}</dd></div>`)}
        </dl>`
      : html`<p class="nothing">${this.page.words.nothing}</p>`
  }

  private renderKept({ waiting, lost, visit, saved, objected, remembered }: Privacy): TemplateResult {
    const { words } = this.page
    const refused = lost.filter(({ signal }) => signal).length
    const given = lost.reduce((sum, { signal, count = 1 }) => sum + (signal ? 0 : count), 0)
    const rows: [string, string | TemplateResult][] = []
    if (waiting.length) rows.push([words.waiting, this.number(waiting.length)])
    if (refused) rows.push([words.refused, this.number(refused)])
    if (given) rows.push([words.lost, this.number(given)])
    if (visit) rows.push([words.visit, html`<code>${visit.session}</code><small>${words.visitHint(this.number(visit.seq))}</small>`])
    if (saved.length) rows.push([words.saved, this.number(saved.length)])
    if (objected && remembered) rows.push([words.objection, words.yes])
    return html`<h3>${words.kept}</h3>
      ${this.renderRows(rows)}`
  }

  private renderSent({ sent: { counts, latest }, waiting }: Privacy): TemplateResult {
    const { words } = this.page
    const signals = [...latest, ...waiting]
    return html`<h3>${words.sent}</h3>
      ${this.renderRows(Object.entries(counts).map(([type, count]) => [words.types[type] ?? type, this.number(count)]))}
      ${signals.length
        ? html`<details @toggle=${this.handleLook}>
            <summary>${words.look}</summary>
            ${this.looking ? html`<pre tabindex="0" aria-label=${words.look}>${JSON.stringify(signals, null, 1)}</pre>` : nothing}
          </details>`
        : nothing}`
  }

  private renderButtons(): TemplateResult {
    const { words } = this.page
    return html`<button class="button" part="export" type="button" @click=${this.handleExport}>${words.export}</button>
      <button class="button wipe" part="wipe" type="button" @click=${this.handleAsk}>${words.wipe}</button>`
  }

  private renderAsking(): TemplateResult {
    const { words } = this.page
    return html`<div class="asking" role="group" aria-labelledby="ask" @keydown=${this.handleKey}>
      <p id="ask">${words.wipeAsk}</p>
      <button class="button yes" type="button" @click=${this.handleWipe}>${words.wipeYes}</button>
      <button class="button keep" type="button" aria-describedby="ask" @click=${this.handleKeep}>${words.wipeNo}</button>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kanmai-privacy': PrivacyElement
  }
}
