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
    const { stop } = readStream(player, () => undefined, Date.now, () => {})
    expect([player.startedAt(), player.startedAt(5)]).to.deep.equal([noon, noon + 60_000])
    stop()
    expect(player.startedAt()).to.equal(undefined)
  })

  it('dates it by an instance that it is given, also when that comes later', () => {
    const given: { hls?: object } = {}
    const player = mediaElementPlayer(media())
    const { stop } = readStream(player, () => given.hls, Date.now, () => {})
    expect(player.startedAt()).to.equal(undefined)
    given.hls = fakeHls()
    expect(player.startedAt(1)).to.equal(noon)
    stop()
  })

  it('reads the date ranges of the playlist and of its next version, each once', () => {
    const hls = fakeHls()
    const details = hls.levels[0]!.details as object as { dateRanges: Record<string, { attr: Record<string, string> }> }
    const range = (id: string) => ({ attr: { ID: id, 'START-DATE': '2026-11-23T12:01:05Z', 'X-COM-KANMAI-CUE': 'lamp' } })
    details.dateRanges = { a: range('a') }
    const video = Object.assign(media(), { hls })
    let told = 0
    const reader = readStream(mediaElementPlayer(video), () => undefined, Date.now, () => told++)
    expect(reader.cues().map(({ id, start }) => [id, start.second, start.moment])).to.deep.equal([['a', 5, noon + 65_000]])
    details.dateRanges = { a: range('a'), b: range('b') }
    video.dispatchEvent(new Event('timeupdate'))
    video.dispatchEvent(new Event('timeupdate'))
    expect(reader.cues().map(({ id }) => id)).to.deep.equal(['a', 'b'])
    expect(told).to.equal(2)
    reader.stop()
  })

  it('reads a metadata track of ours, says what it could not read, and leaves other tracks alone', async () => {
    const video = media()
    document.body.append(video)
    const addTrack = (label: string, text: string): HTMLTrackElement => {
      const track = Object.assign(document.createElement('track'), { kind: 'metadata', label })
      track.src = URL.createObjectURL(new Blob([`WEBVTT\n\n${text}`], { type: 'text/vtt' }))
      video.append(track)
      return track
    }
    const other = addTrack('thumbnails', '00:00.000 --> 00:02.000\nsheet.jpg#xywh=0,0,9,9\n')
    const own = addTrack('kanmai', 'c1\n00:01.000 --> 00:02.500\nlamp\n\n00:03.000 --> 00:04.000\n{"broken\n')
    const reader = readStream(mediaElementPlayer(video), () => undefined, Date.now, () => {})
    await new Promise((resolve) => own.addEventListener('load', resolve))
    expect(reader.cues().map(({ id, start, end, said }) => [id, start.second, end?.second, said])).to.deep.equal([['c1', 1, 2.5, { id: 'lamp' }]])
    expect(reader.issues()).to.deep.equal(['track cue at 3 s: expected JSON that is whole'])
    expect([own.track.mode, other.track.mode]).to.deep.equal(['hidden', 'disabled'])
    reader.stop()
    video.remove()
  })

  it('reads a stream that the browser plays itself: its date, its date ranges without ids, and its ID3', () => {
    // What Safari gives: a track of cues with values, one for each attribute, and the date of second 0.
    const video = Object.assign(media(), { getStartDate: () => new Date(noon) })
    const track = Object.defineProperty(video.addTextTrack('metadata'), 'inBandMetadataTrackDispatchType', { value: 'com.apple.streaming' })
    track.mode = 'disabled'
    const player = mediaElementPlayer(video)
    const reader = readStream(player, () => undefined, Date.now, () => {})
    expect([track.mode, player.startedAt()]).to.deep.equal(['hidden', noon])
    const add = (type: string, start: number, end: number, key: string, data: unknown, info?: string): void => {
      track.addCue(Object.assign(new VTTCue(start, end, ''), { type, value: { key, data, info } }))
    }
    const range = (start: number, end: number, key: string, data: string): void => add('com.apple.quicktime.HLS', start, end, key, data)
    range(5, Number.MAX_VALUE, 'X-COM-KANMAI-CUE', 'lamp')
    range(5, Number.MAX_VALUE, 'X-COM-KANMAI-AT', '0.5,0.4')
    range(5, Number.MAX_VALUE, 'X-COM-KANMAI-CUE', 'rug')
    range(5, Number.MAX_VALUE, 'X-COM-KANMAI-AT', '0.1,0.2')
    range(5, 9, 'X-COM-KANMAI-CUE', 'kettle')
    range(6, 7, 'X-COM-OTHER', 'not ours')
    add('org.id3', 8, 8.1, 'TXXX', 'teapot', 'kanmai')
    video.dispatchEvent(new Event('timeupdate'))
    expect(reader.cues().map(({ start, end, at, said }) => [(said as { id: string }).id, start.second, start.moment, end?.second, at])).to.deep.equal([
      ['lamp', 5, noon + 5000, undefined, { x: 0.5, y: 0.4 }],
      ['rug', 5, noon + 5000, undefined, { x: 0.1, y: 0.2 }],
      ['kettle', 5, noon + 5000, 9, undefined],
      ['teapot', 8, noon + 8000, undefined, undefined],
    ])
    expect(new Set(reader.cues().map(({ id }) => id)).size).to.equal(4)
    expect(reader.issues()).to.deep.equal([])
    reader.stop()
  })

  it('takes no date from a stream that the browser plays without one', () => {
    const player = mediaElementPlayer(Object.assign(media(), { getStartDate: () => new Date(NaN) }))
    expect(player.startedAt()).to.equal(undefined)
  })

  it('reads a thousand cues once, and anew when one is added', () => {
    const video = media()
    let read = 0
    class Counted extends VTTCue {
      override get text(): string {
        read++
        return 'lamp'
      }
    }
    const track = video.addTextTrack('metadata', 'kanmai')
    const add = (second: number): void => track.addCue(Object.setPrototypeOf(new VTTCue(second, second + 1, 'lamp'), Counted.prototype))
    for (let second = 0; second < 1000; second++) add(second)
    let told = 0
    const reader = readStream(mediaElementPlayer(video), () => undefined, Date.now, () => told++)
    const shown = reader.cues()
    expect([shown.length, read, told]).to.deep.equal([1000, 1000, 1])
    for (let beats = 0; beats < 10; beats++) video.dispatchEvent(new Event('timeupdate'))
    expect([reader.cues() === shown, read, told]).to.deep.equal([true, 1000, 1])
    add(500.5)
    video.dispatchEvent(new Event('timeupdate'))
    expect([reader.cues().length, read, told]).to.deep.equal([1001, 2001, 2])
    reader.stop()
  })

  it('names the first flaws of a track whose cues all mean something else, and still reads its good one', () => {
    const video = media()
    const track = video.addTextTrack('metadata', 'kanmai')
    for (let second = 0; second < 446; second++) track.addCue(new VTTCue(second, second + 1, `{"lat":37.4,"lng":-122.0,"t":${second}}`))
    track.addCue(new VTTCue(446, 447, 'lamp'))
    const reader = readStream(mediaElementPlayer(video), () => undefined, Date.now, () => {})
    expect(reader.cues().map(({ said }) => said)).to.deep.equal([{ id: 'lamp' }])
    expect(reader.issues().length).to.equal(21)
    expect(reader.issues()[0]).to.match(/^track cue at 0 s: item: /)
    expect(reader.issues()[20]).to.equal('stream: more than 20 cues are wrong, only the first are named')
    reader.stop()
  })
})
