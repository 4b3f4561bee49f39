import { html, nothing, type TemplateResult } from 'lit'
import type { Item } from '../contract/item.ts'
import { allWords } from '../locale/messages.ts'
import { AskController } from './ask-controller.ts'
import type { CardElement } from './card.ts'
import { KanmaiSaveEvent } from './events.ts'
import { heart } from './heart.ts'
import { saveButtonStyles } from './save-button.styles.ts'

const asks = new WeakMap<CardElement, AskController<'saved'>>()

/** Lets a card follow what is kept, and show it on its button. */
export function follow(card: CardElement): void {
  if (asks.has(card)) return
  const { elementStyles } = card.constructor as typeof CardElement
  if (!elementStyles.includes(saveButtonStyles)) elementStyles.push(saveButtonStyles)
  const { adoptedStyleSheets } = card.renderRoot as ShadowRoot
  const { styleSheet } = saveButtonStyles
  if (styleSheet && !adoptedStyleSheets.includes(styleSheet)) adoptedStyleSheets.push(styleSheet)
  asks.set(card, new AskController<'saved'>(card, () => ({ kind: 'saved' })))
}

export function renderButton(card: CardElement, item: Item): TemplateResult | typeof nothing {
  const saved = asks.get(card)?.value
  if (!saved) return nothing
  const kept = saved.items.some(({ id }) => id === item.id)
  const toggle = (): void => {
    if (kept) return saved.drop(item.id)
    saved.keep(item)
    card.dispatchEvent(new KanmaiSaveEvent(card.where()))
  }
  const words = allWords(card.page.locale, card.page.wordsLoaded)
  return html`<button class="save" part="save" type="button" aria-pressed=${kept} aria-label=${words.save(item.shortTitle ?? item.title)} @click=${toggle}>
    ${heart}
  </button>`
}
