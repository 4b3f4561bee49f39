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
  let asked = 0

  const answer = (store: ReturnType<typeof atom<Answer<Item>>>) => {
    answering = (event) => {
      asked++
      ;(event as KanmaiRequestEvent<'item'>).answer = store
    }
    document.addEventListener('kanmai-request', answering)
  }

  beforeEach(() => {
    element = new AskingElement()
    element.item = 'lamp'
    asked = 0
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
    await Promise.resolve()
    expect($answer.lc).to.equal(0)
  })

  it('asks once for an element that is moved, and follows the answer without a break', async () => {
    const $answer = atom<Answer<Item>>({ state: 'ready', value: lamp })
    let left = 0
    $answer.off = () => left++
    answer($answer)
    document.body.append(element)
    const [first, second] = [document.createElement('div'), document.createElement('div')]
    document.body.append(first, second)
    for (const place of [first, second, document.body, first]) {
      place.append(element)
      await element.updateComplete
    }
    expect([asked, left, $answer.lc]).to.deep.equal([1, 0, 1])
    $answer.set({ state: 'ready', value: { ...lamp, title: 'Lamp, lower' } })
    await element.updateComplete
    expect(element.shadowRoot!.textContent).to.equal('Lamp, lower')
    element.remove()
    await Promise.resolve()
    expect([left, $answer.lc]).to.deep.equal([1, 0])
    document.body.append(element)
    expect([asked, $answer.lc]).to.deep.equal([2, 1])
    first.remove()
    second.remove()
  })

  it('is asked anew where it is moved to, when nobody has answered', async () => {
    document.body.append(element)
    await element.updateComplete
    const place = document.createElement('div')
    place.addEventListener('kanmai-request', (event) => ((event as KanmaiRequestEvent<'item'>).answer = atom<Answer<Item>>({ state: 'ready', value: lamp })))
    document.body.append(place)
    place.append(element)
    await element.updateComplete
    expect(element.shadowRoot!.textContent).to.equal('Lamp')
    place.remove()
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
