import { expect } from 'chai'
import { mediaElementPlayer, type MediaElement } from '../../src/player/media-element.ts'
import { readStream } from '../../src/player/stream.ts'

const noon = Date.parse('2026-11-23T12:00:00Z')

/** What of an hls.js instance is read, with two pieces whose dates have a gap of a minute. */
const fakeHls = () => ({
  on() {},
  off() {},
  currentLevel: 0,
  levels: [
    {
      details: {
        fragments: [
          { start: 0, duration: 4, programDateTime: noon },
          { start: 4, duration: 4, programDateTime: noon + 64_000 },
        ],
      },
    },
  ],
})

describe('readStream', () => {
  const media = (): MediaElement => document.createElement('video') as MediaElement

  it('dates a player by the hls.js instance that the page left on its video', () => {
    const video = Object.assign(media(), { hls: fakeHls() })
    const player = mediaElementPlayer(video)
    expect(player.startedAt()).to.equal(undefined)
    const stop = readStream(player, () => undefined)
    expect([player.startedAt(), player.startedAt(5)]).to.deep.equal([noon, noon + 60_000])
    stop()
    expect(player.startedAt()).to.equal(undefined)
  })

  it('dates it by an instance that it is given, also when that comes later', () => {
    const given: { hls?: object } = {}
    const player = mediaElementPlayer(media())
    const stop = readStream(player, () => given.hls)
    expect(player.startedAt()).to.equal(undefined)
    given.hls = fakeHls()
    expect(player.startedAt(1)).to.equal(noon)
    stop()
  })
})
