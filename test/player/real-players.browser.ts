import { expect } from 'chai'
import type { Player } from '../../src/core/player.ts'
import { attach } from '../../src/player/attach.ts'
import { readStream } from '../../src/player/stream.ts'

type Found = Player<HTMLElement> | undefined
interface VideoJs {
  (element: Element | string): { trigger(type: string): void; dispose(): void; src(source: { src: string; type: string }): void }
}

const packageFile = (path: string): string => new URL(`../../node_modules/${path}`, import.meta.url).href
const playlist = new URL('../fixtures/hls/square.m3u8', import.meta.url).href

const loadScript = (path: string): Promise<unknown> =>
  new Promise((resolve, reject) => document.head.append(Object.assign(document.createElement('script'), { src: packageFile(path), onload: resolve, onerror: reject })))

describe('the players of other people', () => {
  let near: HTMLElement
  let stop: () => void
  let player: Found

  const start = (): void => {
    stop = attach(near, 'film', (it) => (player = it))
  }
  beforeEach(() => {
    near = document.createElement('div')
    document.body.append(near)
    player = undefined
  })
  afterEach(() => {
    stop()
    near.remove()
  })

  describe('video.js', () => {
    let videojs: VideoJs
    before(async () => {
      await loadScript('video.js/dist/video.min.js')
      videojs = (window as never as { videojs: VideoJs }).videojs
    })

    for (const tag of ['video', 'video-js']) {
      it(`has its <${tag}> found after it took over, with its own ad events`, () => {
        near.innerHTML = `<${tag} id="film" class="video-js" controls></${tag}>`
        const its = videojs('film')
        start()
        expect([player?.box.localName, player?.box.id, player?.policy]).to.deep.equal(['video', 'film_html5_api', 'overlay'])
        its.trigger('adstart')
        expect(player!.interrupted).to.equal(true)
        its.trigger('adend')
        expect(player!.interrupted).to.equal(false)
        its.dispose()
      })
    }

    it('keeps the video that was attached to before it took over', async () => {
      near.innerHTML = '<video id="film" class="video-js" controls></video>'
      const video = near.firstElementChild as HTMLVideoElement
      const met: unknown[] = []
      stop = attach(near, 'film', (it) => met.push((player = it)?.box))
      const its = videojs(video)
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      expect(met.at(-1)).to.equal(video)
      its.trigger('adstart')
      expect(player!.interrupted).to.equal(true)
      its.dispose()
    })
  })

  it('is video.js that plays a stream: the dates and date ranges of its playlist are read from its http-streaming', async () => {
    await loadScript('video.js/dist/video.min.js')
    const { videojs } = window as never as { videojs: VideoJs }
    near.innerHTML = '<video id="film" class="video-js" muted></video>'
    const its = videojs('film')
    start()
    const reader = readStream(player!, () => undefined, Date.now, () => {})
    its.src({ src: playlist, type: 'application/vnd.apple.mpegurl' })
    while (!reader.cues().length) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      player!.box.dispatchEvent(new Event('timeupdate'))
    }
    expect(player!.startedAt(1)).to.be.closeTo(Date.parse('2026-11-23T12:00:00Z'), 200)
    const [cue, ...more] = reader.cues()
    expect([cue!.id, cue!.said, cue!.at, more.length]).to.deep.equal(['pin-1', { id: 'square' }, { x: 0.5, y: 0.4 }, 0])
    expect(cue!.start.second).to.be.closeTo(1.5, 0.2)
    expect(cue!.end!.second - cue!.start.second).to.be.closeTo(2, 0.01)
    expect(reader.issues()).to.deep.equal([])
    reader.stop()
    its.dispose()
  })

  it('is a media-chrome controller around a video', async () => {
    await import(packageFile('media-chrome/dist/iife/index.js'))
    near.innerHTML = '<media-controller id="film"><video slot="media"></video><media-control-bar><media-play-button></media-play-button></media-control-bar></media-controller>'
    start()
    expect(player?.box).to.equal(near.querySelector('video'))
  })

  it('is hls.js: the dates and date ranges of its playlist are read from the instance on the video', async function () {
    await loadScript('hls.js/dist/hls.min.js')
    const { Hls } = window as never as { Hls: { new (): { loadSource(url: string): void; attachMedia(media: Element): void; destroy(): void }; isSupported(): boolean } }
    near.innerHTML = '<video id="film" muted></video>'
    const video = near.firstElementChild as HTMLVideoElement
    start()
    // An engine without media source plays no hls.js: then there is nothing to read, and nothing breaks.
    if (!Hls.isSupported()) return expect(player!.startedAt()).to.equal(undefined) && undefined
    const hls = Object.assign(new Hls())
    Object.assign(video, { hls })
    hls.loadSource(playlist)
    hls.attachMedia(video)
    const reader = readStream(player!, () => undefined, Date.now, () => {})
    while (!reader.cues().length) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      video.dispatchEvent(new Event('timeupdate'))
    }
    expect(player!.startedAt(1)).to.be.closeTo(Date.parse('2026-11-23T12:00:00Z'), 200)
    const [cue, ...more] = reader.cues()
    expect([cue!.id, cue!.said, cue!.at, more.length]).to.deep.equal(['pin-1', { id: 'square' }, { x: 0.5, y: 0.4 }, 0])
    expect(cue!.start.second).to.be.closeTo(1.5, 0.2)
    // The range ends in the next segment, which begins where its first frame does.
    expect(cue!.end!.second - cue!.start.second).to.be.closeTo(2, 0.1)
    expect(reader.issues()).to.deep.equal([])
    reader.stop()
    hls.destroy()
    return undefined
  })
})
