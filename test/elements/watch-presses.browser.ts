import { expect } from 'chai'
import type { CardElement } from '../../src/elements/card.ts'
import '../../src/elements/kanmai-card.ts'
import { watchPresses, type Presses } from '../../src/elements/watch-presses.ts'
import { fakePage, until, type FakePage } from './fake-page.ts'

const lamp = { id: 'lamp', title: 'Lamp', url: 'https://shop.example/lamp' }
const settled = () => new Promise((resolve) => setTimeout(resolve, 310))

describe('the press of a product link', () => {
  let page: FakePage
  let presses: Presses
  let card: CardElement
  let ages: (number | undefined)[]
  const link = () => card.shadowRoot!.querySelector<HTMLAnchorElement>('a[part=link]')!
  const note = (event: Event): void => void ages.push(presses.afterShown(event))
  const point = (type: string, more: object = {}) =>
    link().dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true, pointerType: 'mouse', clientX: 40, clientY: 50, ...more }))

  beforeEach(async () => {
    page = fakePage()
    presses = watchPresses(document)
    ages = []
    document.addEventListener('kanmai-select', note, true)
    card = document.createElement('kanmai-card')
    card.item = lamp
    document.body.append(card)
    // What counts views has come, and the card has stood there for a while.
    await until(() => card.shadowRoot?.querySelector('[part=coupon],.notes'))
    await settled()
  })
  afterEach(() => {
    document.removeEventListener('kanmai-select', note, true)
    presses.stop()
    card.remove()
    page.stop()
  })

  it('is nothing to mention where the link has stood for a while', () => {
    point('pointerdown')
    link().click()
    expect(ages).to.deep.equal([undefined])
  })

  it('is told when another product has just come up in its place, and of each product once', async () => {
    card.item = { ...lamp, id: 'other' }
    await card.updateComplete
    point('pointerdown')
    await settled()
    // The press counts, not the release.
    link().click()
    link().click()
    expect(ages[0]).to.be.within(0, 299)
    expect(ages[1]).to.equal(undefined)
  })

  it('is told when the link has just come under a mouse that rests', async () => {
    point('pointermove')
    point('pointerover')
    await new Promise((resolve) => setTimeout(resolve))
    link().click()
    await settled()
    link().click()
    expect(ages[0]).to.be.within(0, 299)
    expect(ages[1]).to.equal(undefined)
  })

  for (const [name, over, wait] of [
    ['the mouse itself has come', { clientX: 41 }, true],
    ['a finger, which rests nowhere, has come', { pointerType: 'touch' }, true],
    ['the browser told of it only with the press', {}, false],
  ] as const) {
    it(`is nothing to mention where ${name}`, async () => {
      point('pointermove', over)
      point('pointermove')
      point('pointerover', over)
      if (wait) await new Promise((resolve) => setTimeout(resolve))
      point('pointerdown', over)
      link().click()
      expect(ages).to.deep.equal([undefined])
    })
  }

  it('hears nothing any more once it was stopped', async () => {
    presses.stop()
    point('pointermove')
    point('pointerover')
    await new Promise((resolve) => setTimeout(resolve))
    link().click()
    expect(ages).to.deep.equal([undefined])
  })
})
