import { expect } from 'chai'
import { LitElement, html } from 'lit'
import { atom } from 'nanostores'
import { AskController } from '../../src/elements/ask-controller.ts'
import { KanmaiReadyEvent } from '../../src/elements/events.ts'
import { KanmaiRequestEvent, type Answer } from '../../src/elements/wish.ts'
import type { Item } from '../../src/contract/item.ts'

class AskingElement extends LitElement {
  static override properties = { item: {} }
  declare item?: string
  ask = new AskController<'item'>(this, () => (this.item ? { kind: 'item', item: this.item } : undefined))
  override render() {
    return html`${this.ask.value?.title}`
  }
}
customElements.define('test-asking', AskingElement)

describe('AskController', () => {
  const lamp: Item = { id: 'lamp', title: 'Lamp', url: 'https://shop.example' }
  let element: AskingElement
  let answering: ((event: Event) => void) | undefined

  const answer = (store: ReturnType<typeof atom<Answer<Item>>>) => {
    answering = (event) => ((event as KanmaiRequestEvent<'item'>).answer = store)
    document.addEventListener('kanmai-request', answering)
  }

  beforeEach(() => {
    element = new AskingElement()
    element.item = 'lamp'
  })
  afterEach(() => {
    element.remove()
    if (answering) document.removeEventListener('kanmai-request', answering)
  })

  it('follows the answer and lets go of it when removed', async () => {
    const $answer = atom<Answer<Item>>({ state: 'waiting' })
    answer($answer)
    document.body.append(element)
    $answer.set({ state: 'ready', value: lamp })
    await element.updateComplete
    expect(element.shadowRoot!.textContent).to.equal('Lamp')
    element.remove()
    expect($answer.lc).to.equal(0)
  })

  it('asks again when a runtime starts later', async () => {
    document.body.append(element)
    await element.updateComplete
    expect(element.ask.answer).to.equal(undefined)
    answer(atom<Answer<Item>>({ state: 'ready', value: lamp }))
    document.dispatchEvent(new KanmaiReadyEvent())
    await element.updateComplete
    expect(element.shadowRoot!.textContent).to.equal('Lamp')
  })
})
