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
  const placed = async (x: number, y: number): Promise<DOMRect> => {
    spot.style.cssText = `position:fixed;left:${x}px;top:${y}px`
    showPopup(card, spot)
    while (!card.style.inset) await new Promise((resolve) => setTimeout(resolve, 16))
    return card.getBoundingClientRect()
  }

  it('stands to the right of its marker, level with it', async () => {
    const { left, top, height } = await placed(100, 200)
    expect([left, top + height / 2]).to.deep.equal([126, 200])
  })

  it('stands to the left where the window ends', async () => {
    const { right } = await placed(innerWidth - 40, 200)
    expect(right).to.equal(innerWidth - 66)
  })

  it('stays within the window at its corner', async () => {
    const { top, left } = await placed(20, 2)
    expect([top, left]).to.deep.equal([8, 46])
  })

  it('is not placed any more once it was taken away', async () => {
    const hide = showPopup(card, spot)
    hide()
    await import('@floating-ui/dom')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(card.style.inset).to.equal('')
    expect(card.matches(':popover-open')).to.equal(false)
  })
})
