import { html, svg, type TemplateResult } from 'lit'
import type { Item } from '../contract/item.ts'
import { stampRef } from '../core/click-ref.ts'
import { allWords } from '../locale/messages.ts'
import { announce } from './announcer.ts'
import { appOf } from './app-of.ts'
import type { CardElement } from './card.ts'
import { copyText } from './copy-text.ts'
import { KanmaiIntentEvent, KanmaiShareEvent } from './events.ts'
import { linkTo } from './product-link.ts'
import { saveButtonStyles } from './save-button.styles.ts'

const arrow = svg`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 14.5V3.5m-4 3.8 4-4 4 4M6 11.5H5v9h14v-9h-1"/></svg>`

const wordsOf = (card: CardElement) => allWords(card.page.locale, card.page.wordsLoaded)

export function follow(card: CardElement): void {
  const { elementStyles } = card.constructor as typeof CardElement
  if (!elementStyles.includes(saveButtonStyles)) elementStyles.push(saveButtonStyles)
  const { adoptedStyleSheets } = card.renderRoot as ShadowRoot
  const { styleSheet } = saveButtonStyles
  if (styleSheet && !adoptedStyleSheets.includes(styleSheet)) adoptedStyleSheets.push(styleSheet)
  card.requestUpdate()
}

/** The browser's own way: its sheet, else the clipboard. */
async function shareByBrowser(card: CardElement, title: string, url: string): Promise<boolean> {
  try {
    if (navigator.share) return (await navigator.share({ title, url }), true)
  } catch {
    // The reader thought better of it, or this frame may not.
    return false
  }
  const copied = await copyText(url, card.renderRoot as ShadowRoot)
  if (copied) announce(wordsOf(card).linkCopied)
  return copied
}

/** What is shared carries a ref of its own, so that what others buy is found again. */
async function share(card: CardElement, { id, title, ...item }: Item): Promise<void> {
  const context = card.where()
  const { placement } = context
  const intent = new KanmaiIntentEvent(context)
  card.dispatchEvent(intent)
  const { ref } = intent
  const url = stampRef(linkTo({ id, title, ...item }, card.page.settings, placement).url, ref, context)
  const shared = (await appOf(card)?.share({ title, url, ref, item: id })) || (await shareByBrowser(card, title, url))
  if (shared) card.dispatchEvent(new KanmaiShareEvent(context, url, ref))
}

export function renderButton(card: CardElement, item: Item): TemplateResult {
  const words = wordsOf(card)
  return html`<button
    class="save share"
    part="share"
    type="button"
    aria-label=${words.share(item.shortTitle ?? item.title)}
    @click=${() => void share(card, item)}
  >
    ${arrow}
  </button>`
}
