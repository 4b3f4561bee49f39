import { expect } from 'chai'
import type { Cue } from '../../src/contract/cue.ts'
import { pictureRect } from '../../src/core/picture-geometry.ts'
import '../../src/elements/kanmai-overlay.ts'
import { isMediaElement, mediaElementPlayer, type MediaElement } from '../../src/player/media-element.ts'
import { until } from '../elements/fake-page.ts'

// A square of 32 px whose left edge stands at 10 + 60 × second, on a picture of 320 × 180.
const film = (name: string): string => new URL(`../fixtures/${name}`, import.meta.url).href
const squareAt = (second: number): number => (10 + 60 * (Math.floor(second * 30 + 1e-6) / 30) + 16) / 320

const heard = (target: EventTarget, type: string): Promise<Event> => new Promise((resolve) => target.addEventListener(type, resolve, { once: true }))

describe('mediaElementPlayer', () => {
  let video: HTMLVideoElement

  beforeEach(() => {
    video = Object.assign(document.createElement('video'), { muted: true, playsInline: true, preload: 'auto', id: 'film' })
    video.style.cssText = 'display:block;width:320px;height:180px'
    document.body.append(video)
  })
  afterEach(() => video.remove())

  const load = async (): Promise<boolean> => {
    const type = ['video/webm; codecs=vp9', 'video/mp4; codecs=avc1.42E01E'].find((it) => video.canPlayType(it))
    if (!type) return false
    const loaded = heard(video, 'loadeddata')
    video.src = film(type.startsWith('video/webm') ? 'square.webm' : 'square.mp4')
    await loaded
    return true
  }

  it('knows a media element by its contract', () => {
    expect([video, document.createElement('audio'), document.body, null].map((it) => isMediaElement(it))).to.deep.equal([true, true, false, false])
  })

  it('has no picture before one is loaded, nor of sound alone', () => {
    expect(mediaElementPlayer(video as MediaElement).picture()).to.equal(undefined)
    expect(mediaElementPlayer(document.createElement('audio') as MediaElement).picture()).to.equal(undefined)
  })

  it('finds the content box inside border and padding, in fractions of a pixel', async function () {
    if (!(await load())) this.skip()
    video.style.cssText = 'display:block;box-sizing:border-box;width:400.5px;height:300px;padding:10px 20px;border:5px solid;object-fit:cover;object-position:0 100%'
    const picture = mediaElementPlayer(video as MediaElement).picture()!
    expect(picture.content).to.deep.equal({ x: 25, y: 15, width: 350.5, height: 270 })
    expect(picture.natural).to.deep.equal({ width: 320, height: 180 })
    const { x, width } = pictureRect(picture)
    expect([x, width]).to.deep.equal([25, 480])
    video.style.boxSizing = 'content-box'
    expect(mediaElementPlayer(video as MediaElement).picture()!.content.width).to.equal(400.5)
  })

  it('keeps an overlay’s marker on the film’s object, at every second sought', async function () {
    if (!(await load())) this.skip()
    const keyframes = Array.from({ length: 121 }, (_, frame) => ({ t: frame / 30, x: squareAt(frame / 30), y: 0.5 }))
    const cue: Cue = { id: 'c', item: 'square', start: 0, track: { interpolation: 'linear', keyframes } }
    const overlay = document.createElement('kanmai-overlay')
    Object.assign(overlay, { for: 'film', items: [{ id: 'square', title: 'Square', url: 'https://shop.example' }], cues: [cue] })
    overlay.style.setProperty('--kanmai-safe-bottom', '0px')
    document.body.append(overlay)
    await overlay.updateComplete
    for (const second of [0.51, 3.01, 1.76]) {
      const arrived = heard(video, 'seeked')
      video.currentTime = second
      await arrived
      await overlay.updateComplete
      // A small picture has no markers but a badge; the largest fits the window of every engine.
      video.style.cssText = 'display:block;width:640px;height:360px'
      video.dispatchEvent(new Event('resize'))
      await overlay.updateComplete
      const marker = overlay.shadowRoot!.querySelector('[part=marker]')!.getBoundingClientRect()
      const box = video.getBoundingClientRect()
      expect(Math.abs(marker.x + marker.width / 2 - box.x - squareAt(second) * 640)).to.be.below(4.1)
    }
    overlay.remove()
  })

  it('knows how long a film is, however early it was asked', async function () {
    const player = mediaElementPlayer(video as MediaElement)
    const early: unknown[] = []
    const asking = setInterval(() => early.push(player.duration, player.range?.()), 1)
    video.addEventListener('loadstart', () => early.push(player.duration, player.range?.()))
    const loaded = await load()
    clearInterval(asking)
    if (!loaded) this.skip()
    expect(early.length).to.be.above(1)
    expect(player.duration).to.be.closeTo(4, 0.1)
    expect(player.range?.()).to.deep.equal({ start: 0, end: player.duration })
  })

  it('hears a frame of a film that goes on evenly only when the page has been drawn', async () => {
    let answer: VideoFrameRequestCallback | undefined
    Object.assign(video, {
      requestVideoFrameCallback: (callback: VideoFrameRequestCallback) => (answer = callback, 1),
      cancelVideoFrameCallback: () => (answer = undefined),
    })
    let told = 0
    const stop = mediaElementPlayer(video as MediaElement).follow((change) => (told += Number(change === 'frame')))
    const show = (number: number): void => {
      const hear = answer!
      answer = undefined
      const moment = { mediaTime: number / 24, expectedDisplayTime: 1000 + (number * 1000) / 24, presentedFrames: number }
      hear(moment.expectedDisplayTime, moment as VideoFrameCallbackMetadata)
    }
    let number = 0
    for (; answer && number < 100; number++) {
      expect(told).to.equal(number)
      show(number)
    }
    expect([answer, told]).to.deep.equal([undefined, number])
    await until(() => answer)
    show(number + 10)
    await null
    expect(told).to.equal(number)
    await until(() => told > number)
    // One that was shown before a jump is not heard after it, and each frame then is looked at again.
    await until(() => answer)
    show(number + 20)
    for (const type of ['seeking', 'seeked']) video.dispatchEvent(new Event(type))
    const before = told
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(told).to.equal(before)
    show(number + 21)
    expect(told).to.equal(before + 1)
    stop()
  })

  it('says that its picture is another when captions come or go', async () => {
    const told: string[] = []
    const stop = mediaElementPlayer(video as MediaElement).follow((change) => told.push(change))
    const track = video.addTextTrack('captions')
    for (const mode of ['showing', 'disabled'] as const) {
      told.length = 0
      track.mode = mode
      await until(() => told.includes('picture'))
    }
    stop()
  })

  it('leaves the element as it was', async function () {
    if (!(await load())) this.skip()
    const before = video.outerHTML
    const parent = video.parentNode
    const stop = mediaElementPlayer(video as MediaElement).follow(() => {})
    stop()
    expect([video.outerHTML, video.parentNode]).to.deep.equal([before, parent])
  })
})
