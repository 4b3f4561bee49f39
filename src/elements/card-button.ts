import { nothing, type TemplateResult } from 'lit'
import type { Item } from '../contract/item.ts'
import type { CardElement } from './card.ts'
import { broken } from './page-fit.ts'

/** What a button can do once it is loaded. */
export interface CardButton {
  /** Lets a card have what the button needs. */
  follow(card: CardElement): void
  renderButton(card: CardElement, item: Item): TemplateResult | typeof nothing
}

/** A button on cards, loaded when the page offers it to all of them or a card has the attribute. */
export function cardButton(attribute: string, load: () => Promise<CardButton>) {
  const cards = new Set<CardElement>()
  let button: CardButton | undefined
  let loading = false
  let offered = false

  const wants = (card: CardElement): boolean => offered || card.hasAttribute(attribute)

  function dress(): void {
    if (button) return [...cards].filter(wants).forEach(button.follow)
    if (loading) return
    loading = true
    load().then(
      (it) => {
        button = it
        dress()
      },
      () => (loading = false), // Offline by now: who comes next tries again.
    ).catch(broken)
  }

  return {
    /** From now on all cards of the page have it. */
    offer(): void {
      offered = true
      dress()
    },
    join(card: CardElement): void {
      card.addController({
        hostConnected() {
          cards.add(card)
          if (wants(card)) dress()
        },
        hostDisconnected: () => void cards.delete(card),
      })
    },
    render: (card: CardElement, item: Item): TemplateResult | typeof nothing =>
      (wants(card) && button?.renderButton(card, item)) || nothing,
  }
}
