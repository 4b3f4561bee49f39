import 'axe-core'
import { expect } from 'chai'
import { fakeFilm, picture, type FakeFilm } from './fake-film.ts'

// axe-core is no module: it puts itself on the window.
const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }

describe('kanmai-overlay, as publishers ask of it,', () => {
  const films: FakeFilm[] = []
  const film: typeof fakeFilm = async (...what) => {
    const made = await fakeFilm(...what)
    films.push(made)
    return made
  }
  afterEach(() => films.splice(0).forEach((it) => it.stop()))

  const small = { ...picture, box: { width: 240, height: 135 }, content: { x: 0, y: 0, width: 240, height: 135 } }
  const dollars = (minor: number) => ({ minor, currency: 'USD' })

  it('passes the axe audit with a link among its markers and both of its corner’s buttons', async () => {
    const { overlay, stage, at } = await film([{}, { follow: true }])
    overlay.fullscreenButton = true
    await at(1)
    const { violations } = await axe.run(stage, { rules: { region: { enabled: false } } })
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).to.deep.equal([])
  })

  it('draws nothing at all in front of a player whose terms forbid it, whatever the page wishes', async () => {
    const { overlay, player, at, part } = await film([{}, { at: undefined as never }])
    player.set({ policy: 'rail' })
    overlay.policy = 'overlay'
    await at(1)
    const names = ['marker', 'badge', 'dismiss', 'fullscreen']
    expect(names.map((name) => part(name).length)).to.deep.equal([0, 0, 0, 0])
    overlay.open('c0')
    await overlay.updateComplete
    expect(part('card').some((it) => it.offsetHeight > 0)).to.equal(false)
  })

  it('is silent while an advertisement plays, said by the player or by the page', async () => {
    const { overlay, player, at, seen, press, isOpen } = await film([{}])
    await at(1)
    await press('Lamp')
    player.set({ interrupted: true })
    await at(1.1)
    expect(seen()).to.deep.equal([])
    expect(isOpen()).to.equal(false)
    player.set({ interrupted: false })
    await at(1.2)
    expect(seen()).to.deep.equal(['Lamp'])
    overlay.setAttribute('ad', '')
    await at(1.3)
    expect(seen()).to.deep.equal([])
  })

  it('keeps quiet spans free of markers, badge and card', async () => {
    const { at, seen, press, isOpen, part } = await film([{}, { at: undefined as never }], { quiet: [{ start: 2, end: 4 }] })
    const shown = []
    for (const second of [1.9, 2, 3.9, 4]) {
      await at(second)
      if (second < 2) await press('Lamp')
      shown.push([seen().length, part('badge').length, isOpen()])
    }
    expect(shown).to.deep.equal([[1, 1, true], [0, 0, false], [0, 0, false], [1, 1, false]])
  })

  it('shows nothing of itself before it is known where the picture is', async () => {
    const { player, at, part } = await film([{}, { at: undefined as never }])
    player.set({ picture: undefined })
    await at(1)
    const shown = () => ['marker', 'badge', 'dismiss'].map((name) => part(name).filter((it) => it.getClientRects().length).length)
    expect(shown()).to.deep.equal([0, 0, 0])
    player.set({ picture })
    expect(shown()).to.deep.equal([1, 1, 1])
  })

  it('jumps when a marker with a second is pressed, and opens no card', async () => {
    const { at, press, asked, isOpen } = await film([{ seek: 42 }])
    await at(1)
    await press('Lamp')
    expect(asked).to.deep.equal([{ seek: 42 }])
    expect(isOpen()).to.equal(false)
  })

  it('jumps, pauses and opens the card when the cue asks for all of it', async () => {
    const { at, press, asked, isOpen, player } = await film([{ seek: 42, pause: true }])
    player.set({ paused: false })
    await at(1)
    await press('Lamp')
    expect(asked).to.deep.equal([{ seek: 42 }, 'pause'])
    expect(isOpen()).to.equal(true)
  })

  describe('after a seek', () => {
    const cues = [{ start: 0, end: 10 }]
    const seek = async ({ player, overlay }: FakeFilm, to: number): Promise<void> => {
      player.set({ seeking: true })
      player.set({ second: to })
      player.set({ seeking: false })
      await overlay.updateComplete
      await overlay.updateComplete
    }

    it('leaves no card open of what is no longer shown, and the focus with its marker', async () => {
      const it = await film(cues)
      await it.at(2)
      await it.press('Lamp')
      expect(it.isOpen()).to.equal(true)
      await seek(it, 30)
      expect(it.isOpen()).to.equal(false)
      const focused = it.overlay.shadowRoot!.activeElement
      expect(focused?.getAttribute('aria-label')).to.equal('Lamp')
    })

    it('leaves it open within its own time, and when the film has only gone on', async () => {
      const it = await film(cues)
      await it.at(2)
      await it.press('Lamp')
      await seek(it, 8)
      expect(it.isOpen()).to.equal(true)
      await it.at(12)
      expect(it.isOpen()).to.equal(true)
    })

    it('leaves it to a reader who is at it', async () => {
      const it = await film(cues)
      await it.at(2)
      await it.press('Lamp')
      it.part<HTMLElement>('close')[0]!.focus()
      await seek(it, 30)
      expect(it.isOpen()).to.equal(true)
    })

    it('leaves it open where its own marker has jumped to', async () => {
      const it = await film([{ ...cues[0], seek: 30, pause: true }])
      await it.at(2)
      await it.press('Lamp')
      await seek(it, 30)
      expect(it.isOpen()).to.equal(true)
      await seek(it, 50)
      expect(it.isOpen()).to.equal(false)
    })
  })

  it('is the product’s own link, stamped and disclosed, where a press shall follow it', async () => {
    const { at, part, stage } = await film([{ follow: true }])
    const heard: Event[] = []
    stage.addEventListener('kanmai-intent', (event) => Object.assign(event, { ref: 'ref1' }))
    stage.addEventListener('kanmai-select', (event) => {
      heard.push(event)
      event.preventDefault()
    })
    await at(1)
    const [marker] = part<HTMLAnchorElement>('marker')
    expect(marker!.rel).to.equal('sponsored nofollow noopener norewrite noskim')
    expect(part('disclosure')[0]!.checkVisibility()).to.equal(true)
    expect(part('disclosure')[0]!.textContent).to.equal('Ad')
    marker!.click()
    expect(marker!.href).to.equal('https://shop.example/Lamp?r=ref1')
    expect(heard.length).to.equal(1)
  })

  it('shows a viewers’ offer before the item’s own, on label, card and price', async () => {
    const { at, part, press, overlay } = await film([{ offers: [{ kind: 'flash', price: dollars(7500) }] }])
    await at(1)
    expect(part('label')).to.have.length(0)
    part('marker')[0]!.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))
    await overlay.updateComplete
    expect(part('label')[0]!.textContent!.trim()).to.equal('Lamp$75')
    await press('Lamp')
    const card = overlay.shadowRoot!.querySelector('kanmai-card')!
    while (!card.shadowRoot!.querySelector('[part=coupon]')) await new Promise((resolve) => setTimeout(resolve, 20))
    expect(card.shadowRoot!.querySelector('[part=price]')!.textContent).to.contain('$75')
  })

  it('shows an item as often as the publisher allows, and all together as often', async () => {
    const spent = await film([{}], {}, { fatigue: { visit: 0 } })
    await spent.at(1)
    expect(spent.seen()).to.deep.equal([])
    const tired = await film([{ start: 0, end: 1 }, { at: undefined as never, start: 5 }, { start: 5 }, { start: 2, end: 3 }], {}, { fatigue: { item: 1 } })
    await tired.at(0.5)
    expect(tired.seen()).to.deep.equal(['Lamp'])
    await tired.at(2.5)
    expect(tired.seen()).to.deep.equal([])
  })

  it('does not count anew what an advertisement or a quiet zone has hidden, nor what was moved', async () => {
    const { at, seen, player, overlay, items } = await film([{ at: { x: 0.5, y: 0.5 } }], { quiet: [{ start: 4, end: 5 }] }, { fatigue: { item: 1 } })
    await at(1)
    for (const interrupted of [true, false]) {
      player.set({ interrupted })
      await at(2)
    }
    expect(seen()).to.deep.equal(['Lamp'])
    for (const second of [4.5, 6]) await at(second)
    expect(seen()).to.deep.equal(['Lamp'])
    overlay.cues = [0, 6.5].map((start) => ({ id: 'c0', item: items[0]!.id, start, at: { x: 0.2 + start / 20, y: 0.5 } }))
    await at(7)
    expect(seen()).to.deep.equal(['Lamp'])
  })

  it('keeps focus, label and one marker each when a live room’s cues are made anew', async () => {
    const { at, seen, part, overlay, items } = await film([{}], {}, {})
    const pinned = (...ids: number[]) => ids.map((id) => ({ id: `pin-${id}`, item: items[id]!.id, start: 0, at: { x: (id + 1) / 4, y: 0.5 } }))
    overlay.cues = pinned(0)
    await at(1)
    part('marker')[0]!.focus()
    await overlay.updateComplete
    expect(part('label').length).to.equal(1)
    overlay.cues = pinned(0, 1)
    await at(1.1)
    expect(seen()).to.deep.equal(['Lamp', 'Rug'])
    expect(part('label').length).to.equal(1)
    expect(overlay.shadowRoot!.activeElement?.getAttribute('aria-label')).to.equal('Lamp')
  })

  it('holds a film from one card to the next, for a player in a frame says only later what it does', async () => {
    const { at, press, asked, player, overlay } = await film([{ pause: true }, { pause: true }, {}])
    player.set({ paused: false })
    await at(1)
    await press('Lamp')
    player.set({ paused: true })
    await press('Rug')
    expect(asked).to.deep.equal(['pause'])
    overlay.close()
    expect(asked).to.deep.equal(['pause', 'play'])
    player.set({ paused: false })
    for (const name of ['Lamp', 'Mug']) await press(name)
    expect(asked.slice(2)).to.deep.equal(['pause', 'play'])
  })

  it('takes away what is shown at one press, for good on this page, and everything at a second', async () => {
    const { at, seen, part, overlay, stage } = await film([{ end: 9 }, { start: 3 }, { start: 6 }])
    await at(1)
    part('dismiss')[0]!.click()
    await overlay.updateComplete
    expect(seen()).to.deep.equal([])
    expect(part('dismiss').length).to.equal(0)
    await at(3)
    expect(seen()).to.deep.equal(['Rug'])
    overlay.remove()
    stage.append(overlay)
    await at(3)
    expect(seen()).to.deep.equal(['Rug'])
    part('dismiss')[0]!.click()
    await at(6)
    expect(seen()).to.deep.equal([])
  })

  it('opens one card on the whole page', async () => {
    const [one, other] = [await film([{}]), await film([{}])]
    await one.at(1)
    await other.at(1)
    await one.press('Lamp')
    await other.press('Lamp')
    expect([one.isOpen(), other.isOpen()]).to.deep.equal([false, true])
  })

  it('stays under the focus when its cue has ended', async () => {
    const { at, seen, part, overlay } = await film([{ end: 2 }, { start: 1 }])
    await at(1.5)
    part('marker')[0]!.focus()
    await at(3)
    expect(seen()).to.deep.equal(['Lamp', 'Rug'])
    part('marker')[1]!.focus()
    await overlay.updateComplete
    expect(seen()).to.deep.equal(['Rug'])
  })

  it('orders what comes at once as one reads', async () => {
    const { at, seen } = await film([{ at: { x: 0.8, y: 0.8 } }, { at: { x: 0.6, y: 0.2 } }, { at: { x: 0.1, y: 0.22 } }])
    await at(1)
    expect(seen()).to.deep.equal(['Mug', 'Rug', 'Lamp'])
  })

  it('leaves a small picture’s products to the rail of the same film', async () => {
    const { at, part, player, overlay, stage, isOpen, items } = await film([{ start: 3 }, { start: 0 }])
    const rail = Object.assign(document.createElement('kanmai-rail'), { player, media: overlay.media })
    rail.style.height = '90px'
    stage.append(rail)
    await rail.updateComplete
    player.set({ picture: small })
    await at(4)
    part('badge')[0]!.click()
    await overlay.updateComplete
    expect(isOpen()).to.equal(false)
    const row = rail.shadowRoot!.activeElement!
    expect(row.querySelector('kanmai-card')!.item).to.equal(items[1])
    rail.remove()
    part('badge')[0]!.click()
    await overlay.updateComplete
    expect(isOpen()).to.equal(true)
  })

  it('says new products in one sentence when it is asked to, and never otherwise', async () => {
    const { at, overlay, items, player } = await film([{}, {}, { start: 5 }])
    const said = (): string => [...document.querySelectorAll('[role=status]')].map((it) => it.textContent).join()
    await at(1)
    overlay.announce = 'on'
    await at(5)
    while (!said()) await new Promise((resolve) => setTimeout(resolve, 20))
    expect(said()).to.equal('Now shown: Mug')
    // A live room's cues are made anew with each that comes or goes.
    const before = [...document.querySelectorAll('[role=status]')]
    before.forEach((it) => (it.textContent = ''))
    overlay.cues = [0, 2].map((index) => ({ id: `c${index}`, item: items[index]!.id, start: 5, at: { x: 0.5, y: 0.5 } }))
    for (const interrupted of [true, false]) {
      player.set({ interrupted })
      await at(6)
    }
    const { setTimeout: real } = window
    const waits: number[] = []
    window.setTimeout = ((run: () => void, wait?: number) => (waits.push(wait ?? 0), real(run, wait))) as typeof setTimeout
    await new Promise((resolve) => real(resolve, 100))
    window.setTimeout = real
    expect(waits.filter((wait) => wait > 5000)).to.deep.equal([])
  })

  it('keeps clear of what the page declares', async () => {
    const { at, part, overlay, box } = await film([{ at: { x: 0.02, y: 0.5 } }, { at: { x: 0.5, y: 0.01 } }])
    overlay.style.cssText = '--kanmai-safe-left:60px;--kanmai-safe-top:25%'
    window.dispatchEvent(new Event('resize'))
    await at(1)
    const frame = box.getBoundingClientRect()
    const [top, left] = part('marker').map((it) => it.getBoundingClientRect())
    expect(left!.left - frame.left).to.be.least(59.9)
    expect(top!.top - frame.top).to.be.least(89.9)
  })

  it('makes way for captions while they are on the picture, below or above', async () => {
    class Tracks extends EventTarget {
      track = Object.assign(new EventTarget(), { mode: 'showing', kind: 'captions', activeCues: [] as object[] })
      length = 1;
      *[Symbol.iterator]() {
        yield this.track
      }
    }
    const { at, part, box, overlay } = await film([{ at: { x: 0.5, y: 0.98 } }, { at: { x: 0.5, y: 0.02 } }])
    const textTracks = new Tracks()
    Object.assign(box, { textTracks })
    const heights = (): number[] => part('marker').map((it) => Math.round(it.getBoundingClientRect().y + it.offsetHeight / 2 - box.getBoundingClientRect().y))
    window.dispatchEvent(new Event('resize'))
    await at(1)
    expect(heights().sort((a, b) => a - b)).to.deep.equal([7, 353])
    const say = async (...cues: object[]): Promise<void> => {
      textTracks.track.activeCues = cues
      textTracks.track.dispatchEvent(new Event('cuechange'))
      await overlay.updateComplete
    }
    // What watches captions is loaded when there are some.
    while (heights().includes(353)) {
      await say({ line: 'auto', snapToLines: true })
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(heights().sort((a, b) => a - b)).to.deep.equal([7, Math.round(360 * 0.84 - 14)])
    await say({ line: 0, snapToLines: true })
    expect(heights().sort((a, b) => a - b)).to.deep.equal([Math.round(360 * 0.16 + 14), 353])
    await say()
    expect(heights().sort((a, b) => a - b)).to.deep.equal([7, 353])
  })
})
