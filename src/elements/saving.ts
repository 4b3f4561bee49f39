import { nothing, type TemplateResult } from 'lit'
import type { Item } from '../contract/item.ts'
import type { CardElement } from './card.ts'

const cards = new Set<CardElement>()
let button: typeof import('./save-button.ts') | undefined
let loading = false
let offered = false

const wants = (card: CardElement): boolean => offered || card.hasAttribute('save')

/** Gives every card that wants it a button by which its product is kept for later. */
function dress(): void {
  if (button) return [...cards].filter(wants).forEach(button.follow)
  if (loading) return
  loading = true
  import('./save-button.ts').then(
    (it) => {
      button = it
      dress()
    },
    () => (loading = false), // Offline by now: who comes next tries again.
  )
}

/** There is a place for what is kept: from now on all cards of the page offer to. */
export function offerSaving(): void {
  offered = true
  dress()
}

export function joinSaving(card: CardElement): void {
  card.addController({
    hostConnected() {
      cards.add(card)
      if (wants(card)) dress()
    },
    hostDisconnected: () => void cards.delete(card),
  })
}

export const renderSave = (card: CardElement, item: Item): TemplateResult | typeof nothing => button?.renderButton(card, item) ?? nothing
