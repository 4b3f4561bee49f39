import { expect } from 'chai'
import type { Player } from '../../src/core/player.ts'
import { attach } from '../../src/player/attach.ts'
import { mediaElementPlayer, type MediaElement } from '../../src/player/media-element.ts'

type Found = Player<HTMLElement> | undefined

describe('attach', () => {
  let near: HTMLElement
  let met: (HTMLElement | undefined)[]
  let stop: () => void
  let wake: () => void

  const start = (): void => {
    stop = attach(near, 'film', (player: Found) => {
      met.push(player?.box)
      wake()
    })
  }
  const next = (): Promise<void> => new Promise((resolve) => (wake = resolve))
  const film = (tag = 'video', id = 'film'): HTMLElement => Object.assign(document.createElement(tag), { id })

  beforeEach(() => {
    near = document.createElement('div')
    met = []
    wake = () => {}
    document.body.append(near)
  })
  afterEach(() => {
    stop()
    near.remove()
    document.querySelectorAll('#film').forEach((it) => it.remove())
  })

  it('finds a video that is there', () => {
    const video = film()
    near.append(video)
    start()
    expect(met).to.deep.equal([video])
  })

  it('finds one that comes later, and one that gets its id later', async () => {
    start()
    const video = film('video', '')
    near.append(video)
    const found = next()
    video.id = 'film'
    await found
    expect(met).to.deep.equal([video])
  })

  it('finds the video in a container, also when that is filled later', async () => {
    const container = film('section')
    near.append(container)
    start()
    const video = document.createElement('video')
    const found = next()
    container.append(video)
    await found
    expect(met).to.deep.equal([video])
  })

  it('takes a custom element for a player once it is defined', async () => {
    const element = film('test-late-video')
    near.append(element)
    start()
    expect(met).to.deep.equal([])
    const found = next()
    customElements.define(
      'test-late-video',
      class extends HTMLElement {
        currentTime = 0
        play(): void {}
      },
    )
    await found
    expect(met).to.deep.equal([element])
  })

  it('meets the successor of one that is removed', async () => {
    near.append(film())
    start()
    const gone = next()
    document.getElementById('film')!.remove()
    await gone
    const again = next()
    const second = film()
    near.append(second)
    await again
    expect(met.slice(1)).to.deep.equal([undefined, second])
  })

  it('stays with one that is only moved', async () => {
    const video = film()
    const other = document.createElement('div')
    near.append(video, other)
    start()
    other.append(video)
    // Whoever was to hear of the move has heard once a later change was told.
    await new Promise<void>((resolve) => {
      new MutationObserver(() => resolve()).observe(other, { attributes: true })
      other.title = 'moved'
    })
    expect(met).to.deep.equal([video])
  })

  it('hears of nothing once it is stopped', async () => {
    start()
    stop()
    near.append(film())
    await new Promise<void>((resolve) => {
      new MutationObserver(() => resolve()).observe(near, { attributes: true })
      near.title = 'later'
    })
    expect(met).to.deep.equal([])
  })

  it('finds the video in a component’s open shadow tree, also when that is filled later', async () => {
    const component = film('div')
    const inner = document.createElement('span')
    component.attachShadow({ mode: 'open' }).append(inner)
    near.append(component)
    start()
    const video = document.createElement('video')
    const found = next()
    inner.append(video)
    await found
    expect(met).to.deep.equal([video])
  })

  it('meets the successor of sound without a box when its parents are made anew', async () => {
    const box = document.createElement('div')
    box.append(film('audio'))
    near.append(box)
    start()
    const gone = next()
    box.remove()
    await gone
    const again = next()
    const second = film('audio')
    near.append(second)
    await again
    expect(met.slice(1)).to.deep.equal([undefined, second])
  })

  it('lets a player of sound, and one of YouTube’s, have the rail alone', () => {
    const policies = ['audio', 'video'].map((tag) => mediaElementPlayer(document.createElement(tag) as MediaElement).policy)
    expect(policies).to.deep.equal(['rail', 'overlay'])
    expect(mediaElementPlayer(Object.assign(document.createElement('youtube-video'), { play() {}, currentTime: 0 }) as unknown as MediaElement).policy).to.equal('rail')
    start()
  })

  it('is interrupted by the events of ad breaks and by an attribute, on the player or what holds it', async () => {
    const container = film('section')
    const video = document.createElement('video')
    container.append(video)
    near.append(container)
    let player: Found
    stop = attach(near, 'film', (it) => (player = it))
    const states: boolean[] = []
    player!.follow(() => states.push(player!.interrupted))
    video.dispatchEvent(new Event('adstart'))
    container.dispatchEvent(new CustomEvent('contentResumeRequested'))
    const told = new Promise<void>((resolve) => player!.follow(() => resolve()))
    container.setAttribute('data-ad', '')
    await told
    expect(states).to.deep.equal([true, false, true])
  })
})
