import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { M3U8Parser } from 'hls.js'
import { dateRangeCues } from '../../src/core/date-range.ts'

const noon = Date.parse('2026-11-23T12:00:00Z')
const range = (more: Record<string, unknown>) => ({ ID: 'r1', 'START-DATE': '2026-11-23T12:00:00Z', 'X-COM-KANMAI-CUE': 'arc-lamp', ...more })
const endOf = (more: Record<string, unknown>, ...others: Record<string, unknown>[]) => {
  const end = dateRangeCues([range(more), ...others]).cues[0]?.end
  return end === undefined ? undefined : (end - noon) / 1000
}

/** The date ranges of a playlist as hls.js reads them. */
function rangesOf(playlist: string): Record<string, unknown>[] {
  const { dateRanges } = M3U8Parser.parseLevelPlaylist(playlist, 'https://stream.example/a.m3u8', 0, 'main' as never, 0, null)
  return Object.values(dateRanges).map((it) => ({ ...it!.attr }))
}
const playlist = (...tags: string[]) => `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:4
#EXT-X-PROGRAM-DATE-TIME:2026-11-23T12:00:00Z
${tags.map((tag) => `#EXT-X-DATERANGE:${tag}`).join('\n')}
#EXTINF:4,
a.ts
`

describe('dateRangeCues', () => {
  it('takes the end, the length, the next of its class or the planned length, in this order', () => {
    assert.equal(endOf({}), undefined)
    assert.equal(endOf({ 'END-DATE': '2026-11-23T12:00:09Z', DURATION: '3' }), 9)
    assert.equal(endOf({ DURATION: '3.5', 'PLANNED-DURATION': '8' }), 3.5)
    const next = range({ ID: 'r2', CLASS: 'a', 'START-DATE': '2026-11-23T12:00:20Z' })
    assert.equal(endOf({ CLASS: 'a', 'END-ON-NEXT': 'YES', 'PLANNED-DURATION': '8' }, next), 20)
    assert.equal(endOf({ CLASS: 'b', 'END-ON-NEXT': 'YES', 'PLANNED-DURATION': '8' }, next), 8)
    assert.equal(endOf({ DURATION: '0' }), 10)
  })

  it('reads what a playlist says, and leaves to others what is theirs', () => {
    const { cues, issues } = dateRangeCues(
      rangesOf(
        playlist(
          'ID="p1",CLASS="com.kanmai.cue",START-DATE="2026-11-23T12:00:01Z",X-COM-KANMAI-CUE="arc-lamp",X-COM-KANMAI-AT="0.5,0.4",DURATION=6',
          'ID="splice-1",START-DATE="2026-11-23T12:00:00Z",PLANNED-DURATION=30,SCTE35-OUT=0xFC30',
          'ID="ad",CLASS="com.apple.hls.interstitial",START-DATE="2026-11-23T12:00:02Z",X-ASSET-URI="https://ad.example/a.m3u8"',
        ),
      ),
    )
    assert.deepEqual(issues, [])
    assert.deepEqual(cues, [{ id: 'p1', start: noon + 1000, end: noon + 7000, at: { x: 0.5, y: 0.4 }, said: { id: 'arc-lamp' } }])
  })

  it('names what is broken and keeps the rest', () => {
    const { cues, issues } = dateRangeCues([
      range({ ID: undefined }),
      range({ 'START-DATE': 'soon' }),
      range({ 'X-COM-KANMAI-CUE': '', CLASS: 'com.kanmai.cue' }),
      range({ 'END-DATE': '2026-11-23T11:00:00Z' }),
      range({ ID: 'r5', 'X-COM-KANMAI-AT': 'left' }),
    ])
    assert.deepEqual(cues.map((it) => it.id), ['r5'])
    assert.deepEqual(issues, [
      'date range [0]: expected an ID',
      'date range r1: expected a moment as START-DATE',
      'date range r1: expected an id as X-COM-KANMAI-CUE',
      'date range r1: expected an end after its start',
      'date range r5: expected a point "0.5,0.4" as X-COM-KANMAI-AT',
    ])
  })

  it('never throws, and ends no cue before it starts', () => {
    const names = ['ID', 'CLASS', 'START-DATE', 'END-DATE', 'DURATION', 'PLANNED-DURATION', 'END-ON-NEXT', 'X-COM-KANMAI-CUE', 'X-COM-KANMAI-AT']
    const value = fc.oneof(fc.anything(), fc.string(), fc.date().map((it) => (Number.isNaN(it.getTime()) ? '' : it.toISOString())), fc.double().map(String), fc.constant('YES'))
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.constantFrom(...names), value)), (ranges) => {
        for (const { start, end } of dateRangeCues(ranges).cues) assert.ok(Number.isFinite(start) && (end === undefined || end > start))
      }),
      { numRuns: 2000 },
    )
  })

  it('lives with playlists cut and mangled anywhere', () => {
    const whole = playlist('ID="p1",START-DATE="2026-11-23T12:00:01Z",X-COM-KANMAI-CUE="arc-lamp",END-DATE="2026-11-23T12:00:04Z"')
    fc.assert(
      fc.property(fc.nat({ max: whole.length }), fc.nat({ max: 20 }), fc.string({ maxLength: 8 }), (from, length, put) => {
        const { cues, issues } = dateRangeCues(rangesOf(whole.slice(0, from) + put + whole.slice(from + length)))
        assert.ok(cues.length + issues.length <= 2)
      }),
    )
  })

  // Real playlists when they are at hand; everything they hold is also in the cases above.
  const data = process.env['KANMAI_PLAYLISTS'] ?? ''
  it('finds nothing of ours in other people’s playlists', { skip: !existsSync(data) && 'KANMAI_PLAYLISTS names no folder' }, () => {
    const files = (readdirSync(data, { recursive: true }) as string[]).filter((it) => it.endsWith('.m3u8'))
    assert.ok(files.length)
    for (const file of files) assert.deepEqual(dateRangeCues(rangesOf(readFileSync(join(data, file), 'utf8'))), { cues: [], issues: [] }, file)
  })
})
