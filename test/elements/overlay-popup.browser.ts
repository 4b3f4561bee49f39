import { expect } from 'chai'

describe('the card in browsers without anchor positioning', () => {
  let showPopup: typeof import('../../src/elements/overlay-popup.ts').showPopup
  let card: HTMLElement
  let spot: HTMLElement

  before(async () => {
    // The browsers of today all have it; those of the floor (Chromium 100, Safari 16.4, Firefox 115) do not.
    const { supports } = CSS
    CSS.supports = () => false
    showPopup = (await import('../../src/elements/overlay-popup.ts')).showPopup
    CSS.supports = supports
  })
  beforeEach(() => {
    card = document.createElement('div')
    card.popover = 'manual'
    card.style.cssText = 'position:fixed;margin:0;border:0;padding:0;width:200px;height:100px'
    spot = document.createElement('i')
    document.body.append(card, spot)
  })
  afterEach(() => {
    card.remove()
    spot.remove()
  })

  /** Where the card stands once it is placed. */
  const placed = (x: number, y: number): DOMRect => {
    spot.style.cssText = `position:fixed;left:${x}px;top:${y}px`
    showPopup(card, spot)
    return card.getBoundingClientRect()
  }

  it('stands to the right of its marker, level with it', () => {
    const { left, top, height } = placed(100, 200)
    expect([left, top + height / 2]).to.deep.equal([126, 200])
  })

  it('stands to the left where the window ends', () => {
    const { right } = placed(innerWidth - 40, 200)
    expect(right).to.equal(innerWidth - 66)
  })

  it('stays within the window at its corner', () => {
    const { top, left } = placed(20, 2)
    expect([top, left]).to.deep.equal([8, 46])
  })

  it('stands above where neither side has room', () => {
    card.style.width = `${innerWidth - 60}px`
    const { bottom, left } = placed(innerWidth / 2, innerHeight - 10)
    expect([bottom, left]).to.deep.equal([innerHeight - 36, 30])
  })

  it('stands below where there is no room above either', () => {
    card.style.width = `${innerWidth - 60}px`
    const { top, left } = placed(innerWidth / 2, 10)
    expect([top, left]).to.deep.equal([36, 30])
  })

  it('stands at the same place below something that is moved, without a top layer', () => {
    card.removeAttribute('popover')
    card.showPopover = undefined as never
    const moved = document.createElement('div')
    moved.style.cssText = 'position:absolute;left:30px;top:40px;transform:translateX(7px)'
    document.body.append(moved)
    moved.append(card)
    const { left, top, height } = placed(100, 200)
    moved.remove()
    expect([left, top + height / 2]).to.deep.equal([126, 200])
  })

  it('is gone once it was taken away', () => {
    const hide = showPopup(card, spot)
    expect(card.matches(':popover-open')).to.equal(true)
    hide()
    expect(card.matches(':popover-open')).to.equal(false)
  })
})
