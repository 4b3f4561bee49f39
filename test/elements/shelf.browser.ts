import 'axe-core'
import { expect } from 'chai'
import type { Cue } from '../../src/contract/cue.ts'
import type { Item } from '../../src/contract/item.ts'
import '../../src/elements/kanmai-shelf.ts'
import type { ShelfElement } from '../../src/elements/shelf.ts'
import { handDrivenPlayer, type HandDrivenPlayer } from '../../src/player/hand-driven.ts'
import { leftListeners } from './fake-page.ts'

// axe-core is no module: it puts itself on the window.
const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }

const items: Item[] = ['Lamp', 'Rug', 'Mug', 'Vase'].map((title) => ({ id: title.toLowerCase(), title, url: `https://shop.example/${title}` }))
const cues: Cue[] = items.map(({ id }, index) => ({ id: `c${index}`, item: id, start: index * 10, end: index * 10 + 8 }))

describe('kanmai-shelf', () => {
  let shelf: ShelfElement
  let box: HTMLElement
  let player: HandDrivenPlayer<HTMLElement>
  let asked: unknown[]

  const groups = (): Record<string, string[]> =>
    Object.fromEntries(
      [...shelf.shadowRoot!.querySelectorAll('ul')].map((list) => [
        list.getAttribute('aria-label'),
        [...list.querySelectorAll('kanmai-card')].map(({ item }) => (item as Item).title),
      ]),
    )
  const part = (name: string): HTMLElement | null => shelf.shadowRoot!.querySelector(`[part=${name}]`)
  const tell = async (now: Parameters<typeof player.set>[0]): Promise<void> => {
    player.set(now)
    await shelf.updateComplete
  }
  /** Plays from one second to another, with a look four times a second. */
  const play = async (from: number, to: number): Promise<void> => {
    player.set({ seeking: true, paused: false })
    player.set({ second: from })
    player.set({ seeking: false })
    for (let second = from + 0.25; second <= to; second += 0.25) player.set({ second })
    await shelf.updateComplete
  }

  beforeEach(async () => {
    asked = []
    box = document.createElement('div')
    box.style.cssText = 'position:relative;width:800px;height:450px'
    shelf = document.createElement('kanmai-shelf')
    player = handDrivenPlayer(box, (wish) => asked.push(wish))
    player.set({ duration: 40 })
    Object.assign(shelf, { player, items, cues })
    document.body.append(box, shelf)
    await shelf.updateComplete
  })
  afterEach(() => {
    shelf.remove()
    box.remove()
  })

  it('passes the axe audit, before and after the end', async () => {
    const audit = async (): Promise<string[]> =>
      (await axe.run(shelf, { rules: { region: { enabled: false } } })).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    const found = await audit()
    await play(10, 18)
    await tell({ ended: true })
    await Promise.all(shelf.shadowRoot!.getAnimations().map((it) => it.finished))
    found.push(...(await audit()))
    expect(found).to.deep.equal([])
  })

  it('waits for the end, and puts first what was on the picture while it played', async () => {
    await play(10, 15)
    expect(groups()).to.deep.equal({})
    await tell({ second: 40, ended: true })
    expect(groups()).to.deep.equal({ 'What you saw': ['Rug'], 'Also in this film': ['Lamp', 'Mug', 'Vase'] })
  })

  it('counts only the seconds that were played, not those that were skipped', async () => {
    await play(0, 0.5)
    await play(29, 33)
    await tell({ ended: true })
    expect(groups()['What you saw']).to.deep.equal(['Vase'])
  })

  it('counts what a player says once a second, and at twice the speed', async () => {
    player.set({ rate: 2, paused: false })
    for (let second = 0; second <= 14; second += 2) player.set({ second })
    await tell({ ended: true })
    expect(groups()['What you saw']).to.deep.equal(['Lamp', 'Rug'])
  })

  it('speaks of the film when nothing was seen of it', async () => {
    await tell({ ended: true })
    expect(groups()).to.deep.equal({ 'Seen in the film': ['Lamp', 'Rug', 'Mug', 'Vase'] })
  })

  it('comes before the end when it is told to', async () => {
    shelf.at = 5
    await play(30, 34.5)
    expect(groups()).to.deep.equal({})
    await play(34.5, 35.25)
    expect(groups()['What you saw']).to.deep.equal(['Vase'])
  })

  it('does not know the end of a film without a duration until it is there', async () => {
    shelf.at = 5
    for (const duration of [NaN, Infinity]) {
      await tell({ duration })
      await play(36, 39)
      expect(groups()).to.deep.equal({})
    }
    await tell({ ended: true })
    expect(Object.keys(groups())).to.deep.equal(['What you saw', 'Also in this film'])
  })

  it('has the same height before and after', async () => {
    const heights = [shelf.offsetHeight]
    await tell({ ended: true })
    heights.push(shelf.offsetHeight)
    expect(heights).to.deep.equal([372, 372])
    const { bottom } = part('list')!.getBoundingClientRect()
    expect(bottom).to.be.at.most(shelf.getBoundingClientRect().bottom)
  })

  it('keeps its keys from the hotkeys of a player around it, but Escape and Tab', async () => {
    await tell({ ended: true })
    const heard: string[] = []
    const hear = ({ key }: KeyboardEvent): void => void heard.push(key)
    document.addEventListener('keydown', hear)
    for (const key of [' ', 'k', 'Escape', 'Tab']) part('replay')!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }))
    document.removeEventListener('keydown', hear)
    expect(heard).to.deep.equal(['Escape', 'Tab'])
  })

  it('plays the film again, and stays for who is reading', async () => {
    await tell({ ended: true })
    part('replay')!.click()
    expect(asked).to.deep.equal([{ seek: 0 }, 'play'])
    await tell({ ended: false, second: 0 })
    expect(part('shelf')).to.not.equal(null)
  })

  describe('over the picture', () => {
    beforeEach(async () => {
      shelf.setAttribute('over', '')
      box.append(shelf)
      await shelf.updateComplete
    })

    it('covers the player but for its controls, and takes no room', async () => {
      const { height } = box.getBoundingClientRect()
      await tell({ ended: true, controls: true })
      const film = box.getBoundingClientRect()
      const over = part('shelf')!.getBoundingClientRect()
      expect([over.left, over.top, over.width, over.height].map(Math.round)).to.deep.equal([film.left, film.top, 800, 450 - 72].map(Math.round))
      expect(box.getBoundingClientRect().height).to.equal(height)
    })

    it('goes with one tap, and does not come again', async () => {
      await tell({ ended: true })
      part('close')!.click()
      await shelf.updateComplete
      expect(part('shelf')).to.equal(null)
      await tell({ ended: false, second: 3 })
      await tell({ ended: true })
      expect(part('shelf')).to.equal(null)
    })

    it('goes when the film is played again', async () => {
      await tell({ ended: true })
      await tell({ ended: false, second: 1 })
      expect(part('shelf')).to.equal(null)
      await tell({ ended: true })
      expect(part('shelf')).to.not.equal(null)
    })

    it('keeps off a player whose terms forbid it, and says so once', async () => {
      const issues: string[] = []
      shelf.addEventListener('kanmai-error', (event) => issues.push((event as Event & { issue: string }).issue))
      await tell({ policy: 'rail', ended: true })
      await tell({ ended: true, paused: true })
      expect(part('shelf')).to.equal(null)
      expect(issues).to.deep.equal(['over: this player’s terms allow nothing over its picture; leave the attribute out and give the shelf a room of its own'])
    })

    it('has low cards on a low picture and none on one lower still', async () => {
      box.style.height = '300px'
      await tell({ ended: true })
      expect(shelf.shadowRoot!.querySelector('kanmai-card')!.layout).to.equal('over-video')
      box.style.height = '150px'
      await tell({ picture: undefined })
      expect(part('shelf')).to.equal(null)
    })
  })

  it('leaves nothing behind', async () => {
    await tell({ ended: true })
    shelf.remove()
    const left = await leftListeners(async () => {
      for (let round = 0; round < 5; round++) {
        box.after(shelf)
        await shelf.updateComplete
        shelf.remove()
        // One that is moved would be back by then.
        await Promise.resolve()
      }
    })
    expect(left).to.deep.equal([])
  })
})
