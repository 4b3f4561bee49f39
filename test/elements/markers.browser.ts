import 'axe-core'
import { expect } from 'chai'
import type { Cue, CueSheet } from '../../src/contract/cue.ts'
import type { Item } from '../../src/contract/item.ts'
import '../../src/elements/kanmai-markers.ts'
import type { MarkersElement } from '../../src/elements/markers.ts'
import type { KanmaiRequestEvent } from '../../src/elements/wish.ts'
import { handDrivenPlayer, type HandDrivenPlayer } from '../../src/player/hand-driven.ts'
import { leftListeners, until } from './fake-page.ts'

// axe-core is no module: it puts itself on the window.
const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }

const items: Item[] = ['Lamp', 'Rug', 'Mug', 'Vase'].map((title, index) => ({
  id: title.toLowerCase(),
  title,
  url: `https://shop.example/${title}`,
  price: { now: { minor: 1000 * (index + 1), currency: 'USD' } },
}))
const cue = (item: string, start: number): Cue => ({ id: `${item} ${start}`, item, start, end: start + 8 })
// 600 px stand for 60 s: Rug and Mug are 10 px apart.
const cues = [cue('lamp', 5), cue('rug', 20), cue('mug', 21), cue('vase', 50)]
const chapters = [{ start: 0, title: 'The reading corner' }, { start: 30, title: 'The worktop' }]

describe('kanmai-markers', () => {
  let bar: MarkersElement
  let player: HandDrivenPlayer<HTMLElement>
  let asked: unknown[]

  const all = (selector: string): HTMLElement[] => [...bar.shadowRoot!.querySelectorAll<HTMLElement>(selector)]
  const labels = (selector = 'button'): (string | null)[] => all(selector).map((it) => it.getAttribute('aria-label'))
  const tip = (): string | undefined => all('[part=tip]')[0]?.textContent!.replace(/\s+/g, ' ').trim()
  const press = (key: string): boolean =>
    (bar.shadowRoot!.activeElement ?? bar).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }))
  const focused = (): string | null | undefined => bar.shadowRoot!.activeElement?.getAttribute('aria-label')
  const point = async (element: Element, clientX: number): Promise<void> => {
    element.dispatchEvent(new PointerEvent('pointermove', { clientX, bubbles: true, composed: true }))
    await bar.updateComplete
  }
  const left = (): number => bar.getBoundingClientRect().left

  beforeEach(async () => {
    asked = []
    bar = document.createElement('kanmai-markers')
    bar.style.cssText = 'width:600px;margin:200px 0 0 40px'
    player = handDrivenPlayer(bar, (wish) => asked.push(wish))
    player.set({ duration: 60 })
    Object.assign(bar, { player, items, cues, chapters })
    document.body.append(bar)
    await until(() => all('.tick').length)
  })
  afterEach(() => bar.remove())

  it('passes the axe audit', async () => {
    await point(all('.tick')[1]!, left() + 200)
    const { violations } = await axe.run(bar, { rules: { region: { enabled: false } } })
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).to.deep.equal([])
  })

  it('has chapters and products in order of time, and joins what could not be pressed apart', () => {
    expect(labels()).to.deep.equal(['0:00, Chapter: The reading corner', '0:05, Lamp', '0:20, 2 products, Rug, Mug', '0:30, Chapter: The worktop', '0:50, Vase'])
    expect(all('.many').map((it) => it.textContent)).to.deep.equal(['2'])
  })

  it('stands each tick where its products come, at least 24 px wide and high', () => {
    const boxes = all('.tick').map((it) => it.getBoundingClientRect())
    expect(boxes.map(({ left: x, width }) => Math.round(x + width / 2 - left()))).to.deep.equal([50, 200, 500])
    for (const { width, height } of boxes) expect(Math.min(width, height)).to.be.at.least(24)
  })

  it('keeps the outermost ticks where they can be pressed', async () => {
    bar.cues = [cue('lamp', 0), cue('vase', 59.9)]
    await bar.updateComplete
    const [first, last] = all('.tick').map((it) => it.getBoundingClientRect())
    expect(first!.left).to.be.closeTo(left(), 0.5)
    expect(last!.right).to.be.closeTo(left() + 600, 0.5)
  })

  it('joins more when the bar becomes narrow', async () => {
    bar.style.width = '60px'
    await until(() => all('.tick').length < 3)
    expect(labels('.tick')).to.deep.equal(['0:05, 3 products, Lamp, Rug, Mug', '0:50, Vase'])
  })

  it('goes to a product that is pressed, into a chapter where it is pressed, and to its start by key', () => {
    all('.tick')[1]!.click()
    all('.segment')[1]!.dispatchEvent(new MouseEvent('click', { clientX: left() + 450, detail: 1, bubbles: true }))
    all('.segment')[1]!.click()
    expect(asked).to.deep.equal([{ seek: 20 }, { seek: 45 }, { seek: 30 }])
  })

  it('is one stop of the keyboard, in which arrows walk through time', async () => {
    const stops = (): number[] => all('button').map((it) => it.tabIndex)
    expect(stops()).to.deep.equal([0, -1, -1, -1, -1])
    all('button')[0]!.focus()
    const way = [focused()]
    for (const key of ['ArrowRight', 'ArrowRight', 'End', 'ArrowRight', 'ArrowLeft', 'Home']) {
      press(key)
      await bar.updateComplete
      way.push(focused())
    }
    const [reading, lamp, rugs, worktop, vase] = labels()
    expect(way).to.deep.equal([reading, lamp, rugs, vase, vase, worktop, reading])
    expect(stops()).to.deep.equal([0, -1, -1, -1, -1])
  })

  it('keeps its keys from the hotkeys of a player around it, and no others', () => {
    const heard: string[] = []
    const hear = (event: KeyboardEvent): void => void heard.push(event.key)
    document.addEventListener('keydown', hear)
    all('button')[1]!.focus()
    for (const key of ['ArrowRight', 'ArrowLeft', 'Home', 'End', 'Enter', ' ', 'm', 'f', 'ArrowUp']) press(key)
    document.removeEventListener('keydown', hear)
    expect(heard).to.deep.equal(['m', 'f', 'ArrowUp'])
  })

  it('tells of a product that is pointed at or focused, until Escape', async () => {
    await point(all('.tick')[0]!, left() + 50)
    expect(tip()).to.equal('L Lamp $100:05')
    bar.shadowRoot!.querySelector('.root')!.dispatchEvent(new PointerEvent('pointerleave'))
    await bar.updateComplete
    expect(tip()).to.equal(undefined)
    all('.tick')[2]!.focus()
    await bar.updateComplete
    expect(tip()).to.equal('V Vase $400:50')
    press('Escape')
    await bar.updateComplete
    expect(tip()).to.equal(undefined)
  })

  it('tells of a chapter with the second that a press would lead to, and never beyond its ends', async () => {
    await point(all('.segment')[1]!, left() + 599)
    expect(tip()).to.equal('The worktop0:59')
    const { right } = all('.tip')[0]!.getBoundingClientRect()
    expect(right).to.be.at.most(left() + 600.5)
  })

  it('marks what is on the screen, and fills each chapter as far as it was played', async () => {
    player.set({ second: 45 })
    await bar.updateComplete
    const played = (): string[] => all('.segment').map((it) => it.style.getPropertyValue('--_played'))
    expect(played()).to.deep.equal(['1', '0.5'])
    expect(all('.tick.now')).to.deep.equal([])
    player.set({ second: 52 })
    await bar.updateComplete
    expect(all('.tick.now').map((it) => it.getAttribute('aria-label'))).to.deep.equal(['0:50, Vase'])
    expect(all('[aria-current]').map((it) => it.getAttribute('aria-label'))).to.deep.equal(['0:30, Chapter: The worktop'])
  })

  it('waits for a duration, takes its room meanwhile, and follows when it changes', async () => {
    player.set({ duration: NaN })
    await bar.updateComplete
    expect(all('button, .segment')).to.deep.equal([])
    const height = bar.offsetHeight
    player.set({ duration: Infinity })
    await bar.updateComplete
    expect(all('button, .segment')).to.deep.equal([])
    player.set({ duration: 120 })
    await bar.updateComplete
    expect(all('.tick').map((it) => Math.round(parseFloat(it.style.insetInlineStart)))).to.deep.equal([25, 100, 250])
    player.set({ duration: 30 })
    await bar.updateComplete
    expect(labels()).to.deep.equal(['0:00, Chapter: The reading corner', '0:05, Lamp', '0:20, 2 products, Rug, Mug'])
    expect(bar.offsetHeight).to.equal(height)
  })

  it('shows of a live room the window that the player holds', async () => {
    bar.remove()
    const origin = '2026-11-23T14:00:00.000Z'
    const value: CueSheet = { media: { id: 'room', origin }, cues: [cue('lamp', 5), cue('rug', 110), cue('vase', 170), cue('mug', 190)], items }
    const answer = (event: Event): void => {
      const request = event as KanmaiRequestEvent<'media'>
      if (request.wish.kind !== 'media') return
      request.answer = { get: () => ({ state: 'ready', value }), subscribe: (listener) => (listener({ state: 'ready', value }), () => {}) }
    }
    document.addEventListener('kanmai-request', answer)
    bar = Object.assign(document.createElement('kanmai-markers'), { player, media: 'room' })
    bar.style.width = '600px'
    // The stream's own second 0 is second 100 of the room; the player holds 40 to 100 of its own.
    player.set({ duration: Infinity, startedAt: Date.parse(origin) + 100_000, range: { start: 0, end: 60 }, second: 60 })
    document.body.append(bar)
    player.set({ second: 80, range: { start: 0, end: 80 } })
    await until(() => all('.tick').length)
    document.removeEventListener('kanmai-request', answer)
    expect(all('.tick').map((it) => [it.getAttribute('aria-label')!.split(', ')[1], Math.round(parseFloat(it.style.insetInlineStart))])).to.deep.equal([
      ['Rug', 75],
      ['Vase', 525],
    ])
    all('.tick')[0]!.click()
    expect(asked).to.deep.equal([{ seek: 10 }])
  })

  it('runs from left to right on a page that does not, unless it is told otherwise', async () => {
    document.documentElement.dir = 'rtl'
    try {
      const middle = (): number => all('.tick')[0]!.getBoundingClientRect().left + 12 - left()
      expect(middle()).to.be.closeTo(50, 0.5)
      player.set({ second: 15 })
      // The first chapter lasts 30 s, its box 300 px of which two part it from the next.
      const played = (): [number, number] => {
        const { left, width } = getComputedStyle(all('.segment')[0]!, '::after')
        return [Math.round(parseFloat(left)), Math.round(parseFloat(width))]
      }
      expect(played()).to.deep.equal([0, 149])
      bar.style.setProperty('--kanmai-markers-direction', 'rtl')
      expect(played()).to.deep.equal([151, 149])
      expect(middle()).to.be.closeTo(550, 0.5)
      all('button')[0]!.focus()
      press('ArrowLeft')
      expect(focused()).to.equal('0:05, Lamp')
      await point(all('.segment')[1]!, left() + 60)
      expect(tip()).to.equal('The worktop0:54')
    } finally {
      document.documentElement.dir = ''
    }
  })

  it('leaves all presses but those of its ticks to the seek bar that it lies over', async () => {
    const holder = document.createElement('div')
    holder.style.cssText = 'position:relative;width:600px;height:40px'
    const range = Object.assign(document.createElement('input'), { type: 'range' })
    range.style.cssText = 'display:block;width:600px;height:40px;margin:0'
    bar.style.cssText = ''
    bar.over = true
    bar.setAttribute('over', '')
    holder.append(range, bar)
    document.body.prepend(holder)
    await until(() => all('.tick').length === 3 && all('.tick')[0]!.getBoundingClientRect().top < 40)
    const { top } = holder.getBoundingClientRect()
    const hit = (x: number): Element | null => document.elementFromPoint(holder.getBoundingClientRect().left + x, top + 20)
    expect(hit(350)).to.equal(range)
    expect(hit(200)).to.equal(bar)
    expect(all('.tick')[0]!.offsetHeight).to.be.at.least(24)
    holder.remove()
  })

  it('tells below the player where its terms allow nothing over it', async () => {
    player.set({ policy: 'rail' })
    await point(all('.tick')[0]!, left() + 50)
    expect(all('.tip')[0]!.getBoundingClientRect().top).to.be.at.least(bar.getBoundingClientRect().bottom)
  })

  it('keeps off a player whose terms forbid it, and says so once; audio has no picture to keep free', async () => {
    const issues: string[] = []
    bar.addEventListener('kanmai-error', (event) => issues.push((event as Event & { issue: string }).issue))
    bar.over = true
    for (const paused of [false, true]) {
      player.set({ policy: 'rail', paused })
      await bar.updateComplete
    }
    expect(all('*').filter((it) => it.localName !== 'style')).to.deep.equal([])
    expect(issues).to.deep.equal(['over: this player’s terms allow nothing over its picture; leave the attribute out and give the bar a room of its own'])
    bar.player = handDrivenPlayer(document.createElement('audio') as HTMLElement)
    ;(bar.player as typeof player).set({ policy: 'rail', duration: 60 })
    await until(() => all('.tick').length)
  })

  it('names chapters that it cannot show, once', async () => {
    const issues: string[] = []
    bar.addEventListener('kanmai-error', (event) => issues.push((event as Event & { issue: string }).issue))
    bar.chapters = [{ start: NaN, title: 'A' }, { start: 10, title: 'B' }]
    await bar.updateComplete
    player.set({ paused: false })
    await bar.updateComplete
    expect(issues).to.deep.equal(['chapters[0]: expected a start in seconds'])
    expect(labels('.segment')).to.deep.equal([null, '0:10, Chapter: B'])
  })

  it('leaves nothing behind', async () => {
    bar.remove()
    const left = await leftListeners(async () => {
      for (let round = 0; round < 5; round++) {
        document.body.append(bar)
        await bar.updateComplete
        bar.remove()
        // One that is moved would be back by then.
        await Promise.resolve()
      }
    })
    expect(left).to.deep.equal([])
  })
})
