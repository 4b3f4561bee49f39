import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readLoop, recordedPlaylist, rollingPlaylist, type Loop } from '../../../src/endpoint/serve/rolling-playlist.ts'

const year = Date.UTC(2027, 0, 1)

interface Shown {
  sequence: number
  seam: number
  uri: string
  start: number
  seconds: number
}

/** Reads a playlist as a player does: every segment with its number, its discontinuity and its moment. */
function read(playlist: string): Shown[] {
  const valueOf = (tag: string) => Number(new RegExp(`^#EXT-X-${tag}:(\\d+)$`, 'm').exec(playlist)?.[1] ?? assert.fail(`no ${tag} in ${playlist}`))
  let sequence = valueOf('MEDIA-SEQUENCE')
  let seam = valueOf('DISCONTINUITY-SEQUENCE')
  let start = NaN
  let seconds = NaN
  const shown: Shown[] = []
  for (const line of playlist.trimEnd().split('\n')) {
    if (line === '#EXT-X-DISCONTINUITY') seam++
    else if (line.startsWith('#EXT-X-PROGRAM-DATE-TIME:')) start = Date.parse(line.slice('#EXT-X-PROGRAM-DATE-TIME:'.length))
    else if (line.startsWith('#EXTINF:')) seconds = parseFloat(line.slice('#EXTINF:'.length))
    else if (!line.startsWith('#')) shown.push({ sequence: sequence++, seam, uri: line, start, seconds })
  }
  return shown
}

const loops = fc
  .array(fc.integer({ min: 15, max: 180 }), { minLength: 1, maxLength: 20 })
  // Segments are whole pictures of a film with 30 a second.
  .map((frames): Loop => ({ map: 'init.mp4', segments: frames.map((count, index) => ({ uri: `${index}.m4s`, seconds: count / 30 })) }))
const moments = fc.integer({ min: year, max: year + 40 * 365 * 86_400_000 })

describe('rollingPlaylist', () => {
  it('says of a segment the same in every list that it is in', () => {
    fc.assert(
      fc.property(loops, moments, fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 12 }), (loop, from, steps) => {
        const known = new Map<number, Shown>()
        let now = from
        let edge = -1
        for (const step of [0, ...steps]) {
          now += step
          const shown = read(rollingPlaylist(loop, now))
          for (const segment of shown) {
            assert.deepEqual(segment, known.get(segment.sequence) ?? segment)
            known.set(segment.sequence, segment)
          }
          assert.ok(shown.at(-1)!.sequence >= edge, 'the edge never goes back')
          edge = shown.at(-1)!.sequence
        }
      }),
    )
  })

  it('holds whole segments that are over, back to a minute ago, each where the one before it ends', () => {
    fc.assert(
      fc.property(loops, moments, (loop, now) => {
        const shown = read(rollingPlaylist(loop, now, 60))
        const longest = Math.max(...loop.segments.map((it) => it.seconds)) * 1000
        const endOf = ({ start, seconds }: Shown) => start + seconds * 1000
        // Moments are written in whole milliseconds.
        const grain = 1.01
        assert.ok(endOf(shown.at(-1)!) <= now + grain && endOf(shown.at(-1)!) > now - longest - grain)
        assert.ok(shown[0]!.start <= now - 60_000 + grain && shown[0]!.start > now - 60_000 - longest - grain)
        for (const [index, segment] of shown.entries()) {
          const before = shown[index - 1]
          if (!before) continue
          assert.ok(Math.abs(segment.start - endOf(before)) <= grain)
          const again = segment.uri === loop.segments[0]!.uri
          assert.equal(segment.seam - before.seam, again ? 1 : 0)
          assert.equal(loop.segments.findIndex((it) => it.uri === segment.uri), again ? 0 : loop.segments.findIndex((it) => it.uri === before.uri) + 1)
        }
      }),
    )
  })

  it('names no segment longer than its target', () => {
    fc.assert(
      fc.property(loops, moments, (loop, now) => {
        const playlist = rollingPlaylist(loop, now)
        const target = Number(/#EXT-X-TARGETDURATION:(\d+)/.exec(playlist)![1])
        for (const { seconds } of read(playlist)) assert.ok(Math.round(seconds) <= target)
      }),
    )
  })

  it('stands still on a clock that is years behind', () => {
    const loop = readLoop('#EXTINF:2,\na\n#EXTINF:2,\nb\n')!
    assert.equal(rollingPlaylist(loop, 0), rollingPlaylist(loop, 1_000_000))
    assert.ok(read(rollingPlaylist(loop, 0)).length)
  })
})

describe('recordedPlaylist', () => {
  it('holds what the stream showed meanwhile, under the same numbers and moments', () => {
    fc.assert(
      fc.property(loops, moments, fc.integer({ min: 0, max: 300_000 }), (loop, from, length) => {
        const playlist = recordedPlaylist(loop, from, from + length)
        const recorded = read(playlist)
        assert.ok(playlist.endsWith('#EXT-X-ENDLIST\n'))
        assert.ok(recorded[0]!.start <= from + 1 && recorded.at(-1)!.start + recorded.at(-1)!.seconds * 1000 > from + length - 1)
        const live = new Map(read(rollingPlaylist(loop, from + length + 10_000, length / 1000 + 20)).map((it) => [it.sequence, it]))
        for (const segment of recorded) assert.deepEqual(segment, live.get(segment.sequence))
      }),
    )
  })
})

describe('readLoop', () => {
  it('reads segments and what they have in common', () => {
    assert.deepEqual(readLoop('#EXTM3U\r\n#EXT-X-MAP:URI="init.mp4"\r\n#EXTINF:2.5,title\r\n0.m4s\r\n#EXTINF:1,\r\n1.m4s\r\n#EXT-X-ENDLIST'), {
      map: 'init.mp4',
      segments: [
        { uri: '0.m4s', seconds: 2.5 },
        { uri: '1.m4s', seconds: 1 },
      ],
    })
  })

  for (const playlist of ['', '#EXTM3U\n', 'a.ts', '#EXTINF:0,\na.ts', '#EXTINF:x,\na.ts', '#EXTINF:9999999999991,\na.ts', '#EXTINF:2,\na.ts\nb.ts']) {
    it(`refuses ${JSON.stringify(playlist)}`, () => assert.equal(readLoop(playlist), undefined))
  }
})
