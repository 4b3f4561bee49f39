import { expect } from 'chai'
import type { Player } from '../../src/core/player.ts'
import { attach } from '../../src/player/attach.ts'
import { frameKind, type FrameKind } from '../../src/player/frame-kind.ts'

// The stand-ins stand on another origin than the page, as the real players do.
const other = location.origin.includes('localhost') ? location.origin.replace('localhost', '127.0.0.1') : location.origin.replace('127.0.0.1', 'localhost')
const address = (kind: string): string => new URL(`./stand-in/${kind}.html?enablejsapi=1`, import.meta.url).href.replace(location.origin, other)
const kindOf = (element: Element): FrameKind | undefined => /stand-in\/(youtube|vimeo)/.exec((element as HTMLIFrameElement).src ?? '')?.[1] as FrameKind | undefined

for (const kind of ['youtube', 'vimeo'] as const) {
  describe(`an iframe player of ${kind}`, () => {
    let frame: HTMLIFrameElement
    let player: Player<HTMLElement>
    let stop: () => void
    const until = (is: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const unfollow = player.follow(() => {
          if (!is()) return
          unfollow()
          resolve()
        })
      })

    beforeEach(async () => {
      frame = Object.assign(document.createElement('iframe'), { id: 'film', width: '640', height: '360', src: address(kind) })
      document.body.append(frame)
      player = await new Promise((resolve) => {
        stop = attach(frame, 'film', (it) => it && resolve(it), kindOf)
      })
      // Somebody follows it all along.
      player.follow(() => {})
      await until(() => player.duration > 0)
    })
    afterEach(() => {
      stop()
      frame.remove()
    })

    it('tells its length and what its terms allow', () => {
      expect([player.duration, player.policy, player.paused]).to.deep.equal([kind === 'youtube' ? 90 : 60, kind === 'youtube' ? 'rail' : 'overlay', true])
    })

    it('plays, counts on between its words, and pauses', async () => {
      player.play()
      await until(() => !player.paused)
      await until(() => player.second() > 0.6)
      const before = player.second()
      await until(() => player.second() > before)
      player.pause()
      await until(() => player.paused)
    })

    it('is sought, and tells the jump', async () => {
      player.seek(30)
      expect(player.second()).to.be.within(30, 31)
      await until(() => player.second() >= 30)
    })

    it('believes its own frame alone', async () => {
      const lie = kind === 'youtube' ? '{"event":"infoDelivery","info":{"currentTime":77}}' : { event: 'timeupdate', data: { seconds: 77 } }
      const heard = new Promise((resolve) => addEventListener('message', resolve, { once: true }))
      window.postMessage(lie, '*')
      await heard
      expect(player.second()).to.be.below(77)
    })

    it('is not harmed by messages that make no sense', async () => {
      const { youtube } = await import('../../src/player/youtube.ts')
      const { vimeo } = await import('../../src/player/vimeo.ts')
      for (const it of [null, 7, 'x', '{', '{"event":"infoDelivery","info":{"currentTime":"9","duration":-1}}', { event: 'timeupdate', data: { seconds: NaN } }, { method: 'getDuration' }, []]) {
        for (const { read } of [youtube, vimeo]) expect(Object.values(read(it)).every((value) => value === true)).to.equal(true)
      }
    })
  })
}

describe('frameKind', () => {
  it('knows the players by the addresses that they are embedded with', () => {
    const of = (src: string) => frameKind(Object.assign(document.createElement('iframe'), { src }))
    expect(
      [
        'https://www.youtube.com/embed/abc?enablejsapi=1',
        'https://www.youtube-nocookie.com/embed/abc',
        'https://player.vimeo.com/video/1',
        'https://www.youtube.com.evil.example/embed/abc',
        'https://evil.example/https://www.youtube.com/embed/abc',
        'about:blank',
      ].map(of),
    ).to.deep.equal(['youtube', 'youtube', 'vimeo', undefined, undefined, undefined])
  })
})
