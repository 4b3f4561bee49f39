import 'axe-core'
import { expect } from 'chai'
import type { Cue, CueSheet } from '../../src/contract/cue.ts'
import type { Item } from '../../src/contract/item.ts'
import type { Readable } from '../../src/core/readable.ts'
import '../../src/elements/kanmai-rail.ts'
import type { RailElement } from '../../src/elements/rail.ts'
import type { Answer, KanmaiRequestEvent } from '../../src/elements/wish.ts'
import { handDrivenPlayer, type HandDrivenPlayer } from '../../src/player/hand-driven.ts'

// axe-core is no module: it puts itself on the window.
const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }

const items: Item[] = ['Lamp', 'Rug', 'Mug', 'Throw', 'Vase', 'Desk'].map((title) => ({
  id: title.toLowerCase(),
  title,
  url: `https://shop.example/${title}`,
}))
const cues: Cue[] = items.map(({ id }, index) => ({ id: `c${index}`, item: id, start: index * 10, end: index * 10 + 8 }))

describe('kanmai-rail', () => {
  let rail: RailElement
  let player: HandDrivenPlayer<HTMLElement>
  let asked: unknown[]

  const list = (): HTMLElement => rail.shadowRoot!.querySelector('[part=list]')!
  const titles = (): (string | undefined)[] =>
    [...rail.shadowRoot!.querySelectorAll('kanmai-card')].map(({ item }) => (typeof item === 'object' ? item.title : item))
  const current = (): number[] => [...rail.shadowRoot!.querySelectorAll('li')].flatMap((it, index) => (it.ariaCurrent ?? it.getAttribute('aria-current') ? [index] : []))
  const at = async (second: number): Promise<void> => {
    player.set({ second })
    await rail.updateComplete
  }
  /** Browsers lay out what is in sight with the first paint after it came. */
  const painted = async (): Promise<void> => {
    for (let paints = 0; paints < 3; paints++) await new Promise(requestAnimationFrame)
  }

  beforeEach(async () => {
    asked = []
    rail = document.createElement('kanmai-rail')
    rail.style.cssText = 'width:320px;height:300px'
    player = handDrivenPlayer(rail, (wish) => asked.push(wish))
    Object.assign(rail, { player, items, cues })
    document.body.append(rail)
    await rail.updateComplete
  })
  afterEach(() => rail.remove())

  it('passes the axe audit', async () => {
    await at(12)
    const { violations } = await axe.run(rail, { rules: { region: { enabled: false } } })
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).to.deep.equal([])
  })

  it('lists every product once, in order of its first cue', async () => {
    rail.cues = [...cues].reverse().concat({ id: 'again', item: 'lamp', start: 55 })
    await rail.updateComplete
    expect(titles()).to.deep.equal(['Lamp', 'Rug', 'Mug', 'Throw', 'Vase', 'Desk'])
    expect([...list().querySelector('li')!.querySelectorAll('button')].map((it) => it.textContent!.trim())).to.deep.equal(['0:00', '0:55'])
  })

  it('says a product by the words of its cue', async () => {
    rail.cues = [{ ...cues[0]!, title: 'The lamp she reads by' }, cues[1]!]
    await rail.updateComplete
    expect(titles()).to.deep.equal(['The lamp she reads by', 'Rug'])
  })

  it('keeps its keys from the hotkeys of a player around it, but Escape and Tab', () => {
    const heard: string[] = []
    const hear = ({ key }: KeyboardEvent): void => void heard.push(key)
    document.addEventListener('keydown', hear)
    const button = list().querySelector('button')!
    for (const key of [' ', 'ArrowRight', 'k', 'Escape', 'Tab']) button.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }))
    document.removeEventListener('keydown', hear)
    expect(heard).to.deep.equal(['Escape', 'Tab'])
  })

  it('marks what is on the screen now', async () => {
    const marked = []
    for (const second of [0, 7.9, 8, 10]) {
      await at(second)
      marked.push(current())
    }
    expect(marked).to.deep.equal([[0], [0], [], [1]])
  })

  it('seeks to the time that is pressed', () => {
    rail.shadowRoot!.querySelectorAll<HTMLElement>('button')[2]!.click()
    expect(asked).to.deep.equal([{ seek: 20 }])
  })

  it('scrolls what is on the screen into view, inside itself alone', async () => {
    const page = document.createElement('div')
    page.style.height = '3000px'
    rail.before(page)
    await at(51)
    if (!list().scrollTop) await new Promise((resolve) => list().addEventListener('scroll', resolve, { once: true }))
    expect(list().scrollTop).to.be.above(0)
    expect(scrollY).to.equal(0)
    page.remove()
  })

  for (const [room, whole] of [[4.1, [1, 2, 3, 4]], [3.2, [2, 3, 4]]] as const) {
    it(`shows ${whole.length} of four that are on the screen at once, when it has room for ${room}`, async () => {
      const rows = (): DOMRect[] => [...list().querySelectorAll('li')].map((it) => it.getBoundingClientRect())
      rail.style.height = `${room * rows()[0]!.height + rail.offsetHeight - list().clientHeight}px`
      rail.cues = cues.map((cue, index) => (index % 5 ? { ...cue, start: 20, end: 30 } : { ...cue, start: index * 8, end: index * 8 + 5 }))
      await new Promise((resolve) => setTimeout(resolve, 100))
      await at(21)
      const stands = (): unknown => {
        const { top, bottom } = list().getBoundingClientRect()
        const inside = rows().flatMap((it, index) => (it.top >= top - 1 && it.bottom <= bottom + 1 ? [index] : []))
        return { inside, from: Math.round(rows()[whole[0]]!.top - top) }
      }
      const wanted = { inside: [...whole], from: 0 }
      // It gets there smoothly.
      for (let looks = 0; looks < 100 && JSON.stringify(stands()) !== JSON.stringify(wanted); looks++) await new Promise((resolve) => setTimeout(resolve, 50))
      expect(stands()).to.deep.equal(wanted)
    })
  }

  it('keeps a row on its line when its product comes again and again, and shows the time that is now', async () => {
    const rows = (): DOMRect[] => [...list().querySelectorAll('li')].map((it) => it.getBoundingClientRect())
    const heights = (): number[] => rows().map(({ height }) => height)
    await painted()
    const before = heights()
    rail.cues = [...cues, ...Array.from({ length: 12 }, (_, index): Cue => ({ id: `again${index}`, item: 'lamp', start: 60 + index * 10, end: 65 + index * 10 }))]
    for (const [second, words] of [[171, '2:50'], [1, '0:00'], [91, '1:30']] as const) {
      await at(second)
      await painted()
      const [time] = [...list().querySelectorAll('.time')].filter((it) => it.querySelector('i:not([hidden])'))
      expect(time!.textContent!.trim()).to.equal(words)
      const { left, right } = time!.getBoundingClientRect()
      expect([left >= rows()[0]!.left - 1, right <= rows()[0]!.right + 1, ...heights()], words).to.deep.equal([true, true, ...before])
    }
  })

  it('keeps for a row that was not seen yet the height that it has', async () => {
    const many = Array.from({ length: 60 }, (_, index): Item => ({ id: `i${index}`, title: `Product ${index}`, url: 'https://shop.example' }))
    rail.items = many
    rail.cues = many.map(({ id }, index) => ({ id, item: id, start: index, end: index + 1 }))
    await rail.updateComplete
    await painted()
    const heights = [...list().querySelectorAll('li')].slice(0, -1).map((it) => it.offsetHeight)
    expect([...new Set(heights)]).to.deep.equal([122])
  })

  it('marks what was shown while a phone’s own player or a small window had the film, when the viewer returns', async () => {
    const seen = (): number[] => [...rail.shadowRoot!.querySelectorAll('li')].flatMap((it, index) => (it.querySelector('[part=seen]') ? [index] : []))
    await at(1)
    rail.dispatchEvent(new Event('webkitbeginfullscreen'))
    for (const second of [12, 19, 22]) await at(second)
    expect(seen()).to.deep.equal([])
    rail.dispatchEvent(new Event('webkitendfullscreen'))
    await at(41)
    expect(seen()).to.deep.equal([1, 2])
    rail.dispatchEvent(new Event('webkitbeginfullscreen'))
    rail.dispatchEvent(new Event('webkitendfullscreen'))
    await rail.updateComplete
    expect(seen()).to.deep.equal([])
  })

  it('does not scroll under the reader’s hands', async () => {
    list().dispatchEvent(new WheelEvent('wheel', { bubbles: true }))
    await at(51)
    await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
    expect(list().scrollTop).to.equal(0)
  })

  it('has the same height, whatever it holds', async () => {
    const heights = [rail.offsetHeight]
    rail.cues = []
    await rail.updateComplete
    heights.push(rail.offsetHeight)
    rail.style.height = ''
    heights.push(rail.offsetHeight)
    rail.cues = cues
    await rail.updateComplete
    heights.push(rail.offsetHeight)
    expect(heights).to.deep.equal([300, 300, 360, 360])
  })

  it('says quietly that nothing is there yet', async () => {
    rail.cues = []
    await rail.updateComplete
    expect(rail.shadowRoot!.textContent!.trim()).to.equal('Products appear here as they are shown')
  })

  it('shows of a live room what was shown, at the moment it was, and grows', async () => {
    rail.remove()
    const origin = '2026-11-23T14:00:00.000Z'
    let follow: (answer: Answer<CueSheet>) => void = () => {}
    const sheet = (list: Cue[]): Answer<CueSheet> => ({ state: 'ready', value: { media: { id: 'room', origin }, cues: list, items } })
    const $sheet: Readable<Answer<CueSheet>> = {
      get: () => sheet(cues.slice(0, 2)),
      subscribe(listener) {
        follow = listener
        listener(this.get())
        return () => {}
      },
    }
    const answer = (event: Event): void => {
      const request = event as KanmaiRequestEvent<'media'>
      if (request.wish.kind === 'media') request.answer = $sheet
    }
    document.addEventListener('kanmai-request', answer)
    const live = Object.assign(document.createElement('kanmai-rail'), { player, media: 'room' })
    player.set({ startedAt: Date.parse(origin) - 60_000, second: 62 })
    document.body.append(live)
    rail = live
    await live.updateComplete
    expect(titles()).to.deep.equal(['Lamp'])
    await at(75)
    expect(titles()).to.deep.equal(['Lamp', 'Rug'])
    follow(sheet([...cues.slice(0, 2), { id: 'pin', item: 'desk', start: 14 }]))
    await live.updateComplete
    expect(titles()).to.deep.equal(['Lamp', 'Rug', 'Desk'])
    live.shadowRoot!.querySelectorAll<HTMLElement>('button')[1]!.click()
    expect(asked).to.deep.equal([{ seek: 70 }])
    document.removeEventListener('kanmai-request', answer)
  })

  for (const dated of [false, true]) {
    it(`watches a room that is over like a film, ${dated ? 'at the dates of its stream' : 'a plain file from its start'}`, async () => {
      rail.remove()
      const origin = '2026-11-01T14:00:00.000Z'
      const value: CueSheet = { media: { id: 'room', origin, duration: 60 }, cues, items }
      const answer = (event: Event): void => {
        const request = event as KanmaiRequestEvent<'media'>
        if (request.wish.kind !== 'media') return
        request.answer = { get: () => ({ state: 'ready', value }), subscribe: (listener) => (listener({ state: 'ready', value }), () => {}) }
      }
      document.addEventListener('kanmai-request', answer)
      rail = Object.assign(document.createElement('kanmai-rail'), { player, media: 'room' })
      // The dated stream began a minute before the room.
      const before = dated ? 60 : 0
      player.set({ duration: 60 + before, ...(dated && { startedAt: Date.parse(origin) - 60_000 }) })
      document.body.append(rail)
      document.removeEventListener('kanmai-request', answer)
      await rail.updateComplete
      await at(before + 1)
      expect(titles(), 'all of it, also what is still to come').to.deep.equal(items.map((it) => it.title))
      await at(before + cues[1]!.start + 0.5)
      expect(current()).to.include(1)
      expect(rail.shadowRoot!.querySelectorAll('button')[1]!.textContent).to.include('0:10')
      rail.shadowRoot!.querySelectorAll<HTMLElement>('button')[1]!.click()
      expect(asked).to.deep.equal([{ seek: before + cues[1]!.start }])
    })
  }

  it('holds a thousand products and still marks the right one', async () => {
    const many: Item[] = Array.from({ length: 1000 }, (_, index) => ({ id: `i${index}`, title: `Product ${index}`, url: 'https://shop.example' }))
    rail.items = many
    rail.cues = many.map(({ id }, index) => ({ id, item: id, start: index, end: index + 1 }))
    await at(777.5)
    expect(current()).to.deep.equal([777])
  })
})
