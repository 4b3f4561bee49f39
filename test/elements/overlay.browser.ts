import 'axe-core'
import { expect } from 'chai'
import type { Cue } from '../../src/contract/cue.ts'
import type { Item } from '../../src/contract/item.ts'
import type { Picture } from '../../src/core/picture-geometry.ts'
import '../../src/elements/kanmai-overlay.ts'
import type { OverlayElement } from '../../src/elements/overlay.ts'
import { handDrivenPlayer, type HandDrivenPlayer } from '../../src/player/hand-driven.ts'
import { until } from './fake-page.ts'

// axe-core is no module: it puts itself on the window.
const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }

const items: Item[] = [
  { id: 'lamp', title: 'Arc lamp', url: 'https://shop.example/lamp?r={ref}', price: { now: { minor: 31900, currency: 'USD' } } },
  { id: 'rug', title: 'Wool rug', url: 'https://shop.example/rug' },
]
const still: Cue = { id: 'still', item: 'lamp', start: 1, end: 5, at: { x: 0.25, y: 0.5 } }
const moving: Cue = {
  id: 'moving',
  item: 'rug',
  start: 2,
  end: 6,
  track: { interpolation: 'linear', keyframes: [{ t: 2, x: 0.4, y: 0.2 }, { t: 6, x: 0.8, y: 0.2 }] },
}
const picture: Picture = {
  box: { width: 640, height: 360 },
  content: { x: 0, y: 0, width: 640, height: 360 },
  natural: { width: 1280, height: 720 },
  fit: 'contain',
  position: '50% 50%',
}

describe('kanmai-overlay', () => {
  let stage: HTMLElement
  let box: HTMLElement
  let overlay: OverlayElement
  let player: HandDrivenPlayer<HTMLElement>
  let asked: unknown[]

  const part = <T extends HTMLElement>(name: string): T[] => [...overlay.shadowRoot!.querySelectorAll<T>(`[part~=${name}]`)]
  const seen = (): HTMLElement[] => part('marker').filter((it) => getComputedStyle(it).visibility === 'visible' && it.offsetWidth > 0)
  const marker = (title: string): HTMLButtonElement => part<HTMLButtonElement>('marker').find((it) => it.ariaLabel === title || it.getAttribute('aria-label') === title)!
  const centre = (element: Element): [number, number] => {
    const { x, y, width, height } = element.getBoundingClientRect()
    const frame = box.getBoundingClientRect()
    return [x + width / 2 - frame.x, y + height / 2 - frame.y].map((it) => Math.round(it * 10) / 10) as [number, number]
  }
  const at = async (second: number): Promise<void> => {
    player.set({ second })
    await overlay.updateComplete
  }
  const isOpen = (): boolean => part('card').some((it) => it.offsetHeight > 0)
  const open = async (title: string): Promise<void> => {
    marker(title).focus()
    marker(title).click()
    await overlay.updateComplete
  }
  const escape = (from: EventTarget): void => {
    from.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }))
  }

  beforeEach(async () => {
    stage = document.createElement('div')
    stage.style.cssText = 'position:relative;margin:30px;width:640px;height:360px'
    box = document.createElement('div')
    box.style.cssText = 'width:640px;height:360px;background:#345'
    overlay = document.createElement('kanmai-overlay')
    asked = []
    player = handDrivenPlayer(box, (wish) => asked.push(wish))
    player.set({ picture, second: 0 })
    Object.assign(overlay, { player, items, cues: [still, moving] })
    stage.append(box, overlay)
    document.body.append(stage)
    await overlay.updateComplete
  })
  afterEach(() => stage.remove())

  it('passes the axe audit, with markers, and with a card open', async () => {
    await at(3)
    await open('Arc lamp')
    const { violations } = await axe.run(stage, { rules: { region: { enabled: false } } })
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).to.deep.equal([])
  })

  it('shows a marker from the start of its cue up to its end', async () => {
    const shown: number[] = []
    for (const second of [0.9, 1, 2, 5, 6]) {
      await at(second)
      shown.push(seen().length)
    }
    expect(shown).to.deep.equal([0, 1, 2, 1, 0])
  })

  it('builds markers before their second, a few a paint, and shows none of them before it', async () => {
    const built = (): number => overlay.shadowRoot!.querySelectorAll('button.marker').length
    const many = Array.from({ length: 10 }, (_, index): Cue => ({ id: `many-${index}`, item: 'rug', start: 20, end: 30, at: { x: 0.1 + index * 0.08, y: 0.5 } }))
    overlay.cues = [still, ...many]
    player.set({ second: 19.8, paused: false })
    await overlay.updateComplete
    const counts = [built()]
    // A busy browser may draw twice before it paints: what counts is each drawing.
    const watch = new MutationObserver(() => void counts.push(built()))
    watch.observe(overlay.shadowRoot!, { childList: true, subtree: true })
    for (let paints = 0; paints < 30 && built() < 10; paints++) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      await overlay.updateComplete
    }
    watch.disconnect()
    const most = Math.max(...counts.slice(1).map((count, index) => count - counts[index]!))
    expect([counts[0], built(), part('marker').length, seen().length]).to.deep.equal([0, 10, 0, 0])
    expect(most).to.be.at.most(4)
    await at(20)
    const shown = seen()
    expect([built(), shown.length]).to.deep.equal([10, 10])
    // The film jumps back to just before: what was shown is early again.
    await at(19.9)
    for (let paints = 0; paints < 6; paints++) await new Promise((resolve) => requestAnimationFrame(resolve))
    await overlay.updateComplete
    expect([part('marker').length, seen().length]).to.deep.equal([0, 0])
    expect([...overlay.shadowRoot!.querySelectorAll('button.marker')].some((it) => getComputedStyle(it).visibility === 'visible')).to.equal(false)
    player.set({ paused: true })
    await overlay.updateComplete
    expect(built()).to.equal(0)
  })

  it('builds a few a paint of a crowd that it comes upon, and has no badge for those that wait', async () => {
    const many = Array.from({ length: 10 }, (_, index): Cue => ({ id: `many-${index}`, item: 'rug', start: 20, end: 30, at: { x: 0.1 + index * 0.08, y: 0.5 } }))
    overlay.cues = many
    player.set({ second: 25 })
    await overlay.updateComplete
    const counts = [0, seen().length]
    for (let turns = 0; turns < 30 && seen().length < 10; turns++) {
      expect(part('badge')).to.have.length(0)
      await new Promise((resolve) => setTimeout(resolve, 5))
      await overlay.updateComplete
      counts.push(seen().length)
    }
    expect(seen()).to.have.length(10)
    expect(Math.max(...counts.slice(1).map((count, index) => count - counts[index]!))).to.be.at.most(4)
    // What stands is drawn anew when more than the cues has changed.
    overlay.items = [{ ...items[1]!, title: 'Silk rug' }]
    await overlay.updateComplete
    expect(new Set(seen().map((it) => it.getAttribute('aria-label')))).to.deep.equal(new Set(['Silk rug']))
  })

  it('centres each marker on its cue’s point, still or moving', async () => {
    await at(2)
    expect(centre(marker('Arc lamp'))).to.deep.equal([160, 180])
    expect(centre(marker('Wool rug'))).to.deep.equal([256, 72])
    await at(4)
    expect(centre(marker('Wool rug'))).to.deep.equal([384, 72])
  })

  it('names its markers in one group and in order of time', async () => {
    await at(3)
    const group = overlay.shadowRoot!.querySelector('[role=group]')!
    expect(group.getAttribute('aria-label')).to.equal('Products in the picture')
    expect([...group.querySelectorAll('button')].map((it) => it.getAttribute('aria-label'))).to.deep.equal(['Arc lamp', 'Wool rug'])
  })

  it('follows the picture through letterbox, crop, resize and a transformed page', async () => {
    await at(1)
    player.set({ picture: { ...picture, natural: { width: 400, height: 400 } } })
    await overlay.updateComplete
    expect(centre(marker('Arc lamp'))).to.deep.equal([140 + 90, 180])
    player.set({ picture: { ...picture, natural: { width: 400, height: 400 }, fit: 'cover', position: 'top' } })
    expect(centre(marker('Arc lamp'))).to.deep.equal([160, 320])
    stage.style.transform = 'scale(0.5)'
    player.set({ picture })
    expect(centre(marker('Arc lamp'))).to.deep.equal([80, 90])
  })

  it('hides what the picture’s fit crops away', async () => {
    overlay.cues = [{ ...still, at: { x: 0.5, y: 0.05 } }]
    player.set({ picture: { ...picture, natural: { width: 400, height: 400 }, fit: 'cover' }, second: 2 })
    await overlay.updateComplete
    expect(part('marker').length).to.equal(1)
    expect(seen().length).to.equal(0)
  })

  it('stands over a film elsewhere in the document, also one that is turned, and scrolls with it', async () => {
    const frame = document.createElement('div')
    frame.style.cssText = 'height:200px;width:700px;overflow:auto'
    const tall = document.createElement('div')
    tall.style.cssText = 'height:900px;padding-top:20px'
    document.body.append(frame)
    frame.append(tall)
    tall.append(box)
    await at(1)
    player.set({ picture })
    frame.scrollTop = 100
    await new Promise((resolve) => frame.addEventListener('scroll', resolve, { once: true }))
    await new Promise(requestAnimationFrame)
    expect(centre(marker('Arc lamp'))).to.deep.equal([160, 180])
    box.style.transform = 'rotate(90deg)'
    player.set({ picture })
    const { x, y, width, height } = box.getBoundingClientRect()
    const point = marker('Arc lamp').getBoundingClientRect()
    // A quarter of the way along the turned film: a quarter down, in the middle across.
    expect(Math.abs(point.y + point.height / 2 - (y + height / 4))).to.be.below(0.5)
    expect(Math.abs(point.x + point.width / 2 - (x + width / 2))).to.be.below(0.5)
    frame.remove()
  })

  it('lets the pointer through everywhere but on its markers', async () => {
    await at(3)
    const { x, y } = box.getBoundingClientRect()
    expect(document.elementFromPoint(x + 320, y + 345)).to.equal(box)
    expect(document.elementFromPoint(x + 160, y + 180)).to.equal(overlay)
    // As media-chrome does with what is slotted into it.
    overlay.style.pointerEvents = 'auto'
    expect(document.elementFromPoint(x + 320, y + 345)).to.equal(box)
    expect(document.elementFromPoint(x + 160, y + 180)).to.equal(overlay)
  })

  it('lifts its markers above the player’s own controls', async () => {
    overlay.cues = [{ ...still, at: { x: 0.5, y: 0.99 } }]
    player.set({ controls: true, picture, second: 2 })
    await overlay.updateComplete
    const { x, y } = box.getBoundingClientRect()
    for (const up of [4, 20, 40, 70]) expect(document.elementFromPoint(x + 320, y + 360 - up)).to.equal(box)
    expect(seen().length).to.equal(1)
  })

  it('gives every marker a target of at least 24 px, and crowded ones room', async () => {
    overlay.style.setProperty('--kanmai-marker-size', '4px')
    overlay.cues = [still, { ...still, id: 'twin', item: 'rug' }]
    await at(2)
    const [a, b] = part('marker')
    expect(a!.getBoundingClientRect().width).to.be.least(24)
    expect(Math.hypot(...centre(a!).map((it, axis) => it - centre(b!)[axis]!))).to.be.least(24)
  })

  it('opens one card at a time, says so, and closes it by its marker', async () => {
    const told: string[] = []
    for (const type of ['kanmai-open', 'kanmai-close'] as const) {
      stage.addEventListener(type, ({ item, media, second, cue }) => told.push(`${type} ${item} ${media} ${second} ${cue}`))
    }
    overlay.media = 'film-01'
    await at(3)
    await open('Arc lamp')
    await open('Wool rug')
    expect(part('card').length).to.equal(1)
    await open('Wool rug')
    expect(isOpen()).to.equal(false)
    expect(told).to.deep.equal([
      'kanmai-open lamp film-01 3 still',
      'kanmai-close lamp film-01 3 still',
      'kanmai-open rug film-01 3 moving',
      'kanmai-close rug film-01 3 moving',
    ])
  })

  it('keeps the card open when its cue has ended', async () => {
    await at(4.9)
    await open('Arc lamp')
    await at(5.5)
    expect(marker('Arc lamp')).to.equal(undefined)
    expect(isOpen()).to.equal(true)
  })

  it('closes by Escape and gives the focus back', async () => {
    await at(3)
    await open('Arc lamp')
    expect(overlay.shadowRoot!.activeElement).to.equal(part('card')[0])
    escape(part('close')[0]!)
    await overlay.updateComplete
    expect(isOpen()).to.equal(false)
    expect(overlay.shadowRoot!.activeElement).to.equal(marker('Arc lamp'))
  })

  it('closes when something else is pressed, and leaves the focus there', async () => {
    await at(3)
    await open('Arc lamp')
    const other = document.createElement('button')
    stage.append(other)
    other.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }))
    other.focus()
    await overlay.updateComplete
    expect(isOpen()).to.equal(false)
    expect(document.activeElement).to.equal(other)
  })

  it('keeps the card within the window', async () => {
    overlay.cues = [{ ...still, at: { x: 0.98, y: 0.02 } }]
    await at(2)
    await open('Arc lamp')
    const { left, top, right, bottom } = part('card')[0]!.getBoundingClientRect()
    expect(left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight, `${left} ${top} ${right} ${bottom}`).to.equal(true)
  })

  it('moves no focus when it is opened by a call', async () => {
    await at(3)
    const before = document.activeElement
    overlay.open('still')
    await overlay.updateComplete
    expect(isOpen()).to.equal(true)
    expect(document.activeElement).to.equal(before)
  })

  it('keeps its keys from the player’s hotkeys, and leaves the browser’s alone', async () => {
    await at(3)
    const heard: string[] = []
    const listen = (event: KeyboardEvent): void => void heard.push(event.key)
    document.addEventListener('keydown', listen)
    document.addEventListener('keyup', listen)
    for (const key of [' ', 'Enter', 'k', 'f', 'm', 'ArrowLeft', 'Tab']) {
      for (const type of ['keydown', 'keyup']) marker('Arc lamp').dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, composed: true }))
    }
    marker('Arc lamp').dispatchEvent(new KeyboardEvent('keydown', { key: 'c', ctrlKey: true, bubbles: true, composed: true }))
    document.removeEventListener('keydown', listen)
    document.removeEventListener('keyup', listen)
    expect(heard).to.deep.equal(['Tab', 'Tab', 'c'])
  })

  it('pauses the film while the card of a pausing cue is open', async () => {
    overlay.cues = [{ ...still, pause: true }]
    player.set({ paused: false, second: 2 })
    await overlay.updateComplete
    await open('Arc lamp')
    overlay.close()
    expect(asked).to.deep.equal(['pause', 'play'])
  })

  it('hides while the player seeks', async () => {
    await at(3)
    player.set({ seeking: true })
    await overlay.updateComplete
    expect(seen().length).to.equal(0)
    player.set({ seeking: false })
    await overlay.updateComplete
    expect(seen().length).to.equal(2)
  })

  it('stands back for one badge when the picture is small', async () => {
    player.set({ picture: { ...picture, box: { width: 240, height: 135 }, content: { x: 0, y: 0, width: 240, height: 135 } }, second: 3 })
    await overlay.updateComplete
    await overlay.updateComplete
    expect(seen().length).to.equal(0)
    expect(part('badge')[0]!.textContent!.trim()).to.equal('2 products')
    part('badge')[0]!.click()
    await overlay.updateComplete
    expect(part('card')[0]!.getAttribute('aria-label')).to.equal('Arc lamp')
  })

  it('shows a cue without a place as a badge', async () => {
    overlay.cues = [{ id: 'pinned', item: 'lamp', start: 0 }]
    await at(100)
    expect(part('badge')[0]!.textContent!.replace(/\s+/g, ' ').trim()).to.equal('Arc lamp$319')
  })

  it('leaves the picture free under the policies rail and off', async () => {
    await at(3)
    overlay.policy = 'rail'
    await overlay.updateComplete
    expect(part('marker').length).to.equal(0)
  })

  it('names a bad cue once and shows the others', async () => {
    const issues: string[] = []
    stage.addEventListener('kanmai-error', ({ issue }) => issues.push(issue))
    const bad = { ...still, id: 'bad', end: 0.5 }
    const lost = { ...still, id: 'lost', item: 'gone' }
    overlay.cues = [bad, still, lost]
    await at(2)
    overlay.cues = [bad, still, lost]
    await at(2.1)
    expect(issues).to.deep.equal(['cues[0]: expected an end after its start', 'cue lost: expected the item gone among the media’s items'])
    expect(seen().length).to.equal(1)
  })

  it('shows the good ones among cues without sense, and under a player that lies', async () => {
    const issues: string[] = []
    stage.addEventListener('kanmai-error', ({ issue }) => issues.push(issue))
    const keyframes = Array.from({ length: 10_000 }, (_, n) => ({ t: n % 7 ? n / 1000 : NaN, x: n / 10_000, y: 0.5 }))
    keyframes[9] = null as unknown as (typeof keyframes)[0]
    const long: Cue = { ...still, id: 'long', track: { interpolation: 'spline', keyframes } }
    const off: Cue = { ...still, id: 'off', track: { interpolation: 'linear', keyframes: [{ t: 0, x: -3, y: 9 }, { t: 9, x: -1, y: 9 }] } }
    overlay.cues = [{ ...still, start: NaN }, { ...still, id: 'never', end: NaN }, long, off, still]
    await at(2)
    expect(issues).to.deep.equal(['cues[0]: expected a start in seconds', 'cues[1]: expected an end after its start', 'cues[2]: expected t, x and y in all its keyframes', 'cues[3]: expected a place on the picture (0..1)'])
    expect([seen().length, part('badge').length]).to.deep.equal([2, 1])
    for (const lie of [{ duration: 1 }, { duration: -5 }, { duration: NaN }, { rate: NaN }, { rate: 0 }, { second: NaN }, { second: -1 }, { duration: Infinity, second: 2 }]) {
      player.set({ paused: false, ...lie })
      await overlay.updateComplete
    }
    player.set({ rate: 1 })
    await at(2.1)
    expect([seen().length, part('badge').length]).to.deep.equal([2, 1])
  })

  it('stands on the same points on a page that runs from right to left', async () => {
    stage.dir = 'rtl'
    player.set({ picture, second: 1 })
    await overlay.updateComplete
    expect(centre(marker('Arc lamp'))).to.deep.equal([160, 180])
  })

  it('writes no style into its markup, so that a strict policy takes nothing away', async () => {
    await at(3)
    await open('Arc lamp')
    const written = [...overlay.shadowRoot!.querySelectorAll('[style]')].map(({ className }) => className)
    // Left by CSSOM: the layer's box and each marker's place.
    expect(written.filter((name) => !/^(layer|marker|spot)/.test(name))).to.deep.equal([])
    expect(overlay.shadowRoot!.querySelector('style')).to.equal(null)
  })

  it('goes on with its film where it is moved to, and with its namesake in another tree', async () => {
    const [first, second] = [document.createElement('video'), document.createElement('video')]
    first.id = second.id = 'moved-film'
    const shadow = document.createElement('div').attachShadow({ mode: 'open' })
    shadow.append(second)
    const other = Object.assign(document.createElement('kanmai-overlay'), { for: 'moved-film', items, cues: [still] })
    stage.append(first, shadow.host, other)
    await other.updateComplete
    const { player: before } = other.film
    expect(before?.box).to.equal(first)
    document.body.append(other)
    await other.updateComplete
    expect(other.film.player).to.equal(before)
    shadow.append(other)
    await other.updateComplete
    expect(other.film.player?.box).to.equal(second)
    other.remove()
    await Promise.resolve()
    expect(other.film.player).to.equal(undefined)
  })

  it('is looked at where it stands after a window was closed in the moment that it came there', async () => {
    await at(1)
    const frame = document.body.appendChild(document.createElement('iframe'))
    frame.contentDocument!.body.append(stage)
    document.body.append(stage)
    frame.remove()
    await until(() => !overlay.style.visibility)
    await new Promise((resolve) => requestAnimationFrame(resolve))
    box.style.marginInlineStart = '50px'
    overlay.requestUpdate()
    await overlay.updateComplete
    expect(centre(marker('Arc lamp'))).to.deep.equal([160, 180])
  })

  it('is forgotten by the page and the player once it is removed', async () => {
    let followers = 0
    const counted = handDrivenPlayer(box)
    const { follow } = counted
    counted.follow = (listener) => {
      followers++
      const stop = follow(listener)
      return () => {
        followers--
        stop()
      }
    }
    for (let round = 0; round < 20; round++) {
      const other = Object.assign(document.createElement('kanmai-overlay'), { player: counted, items, cues: [still, moving] })
      stage.append(other)
      await other.updateComplete
      other.remove()
      // One that is moved would be back by then.
      await Promise.resolve()
    }
    expect(followers).to.equal(0)
  })
})
