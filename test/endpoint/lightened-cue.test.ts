import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Cue } from '../../src/contract/cue.ts'
import { createTimeline } from '../../src/core/timeline.ts'
import { trackError } from '../../src/core/simplify-track.ts'
import { pathOf } from '../../src/core/track.ts'
import { lightened } from '../../src/endpoint/lightened-cue.ts'

const measured: Cue = {
  id: 'long',
  item: 'lamp',
  start: 0,
  track: { interpolation: 'linear', keyframes: Array.from({ length: 10_000 }, (_, n) => ({ t: n / 30, x: 0.5 + 0.4 * Math.sin(n / 90), y: 0.5, w: 0.1, h: 0.1 })) },
}

describe('a track of 10,000 keyframes', () => {
  it('comes to guests in few of them, within half a percent of the frame', () => {
    const issues: string[] = []
    const light = lightened(measured, issues)
    const [before, after] = [measured.track!.keyframes, light.track!.keyframes]
    assert.ok(after.length < 500)
    assert.ok(trackError(before, after) <= 0.005)
    assert.match(issues[0]!, /^cue long: its 10000 keyframes were simplified to \d+, at most 0\.5 % of the frame off$/)
  })

  it('is left as it is where it is a spline, or short', () => {
    const spline = { ...measured, track: { ...measured.track!, interpolation: 'spline' as const } }
    const short = { ...measured, track: { ...measured.track!, keyframes: measured.track!.keyframes.slice(0, 1000) } }
    const issues: string[] = []
    assert.deepEqual([lightened(spline, issues), lightened(short, issues), issues], [spline, short, []])
  })

  it('is followed in the page too, wherever it came from', () => {
    const { spans, issues } = createTimeline([measured])
    assert.deepEqual([spans.length, issues], [1, []])
    const path = pathOf(spans[0]!.cue)!
    for (const frame of [0, 1, 4711, 9999]) assert.ok(Math.abs(path(frame / 30).x - measured.track!.keyframes[frame]!.x) < 1e-9)
  })
})

describe('a cue off the picture', () => {
  it('is kept and named', () => {
    const issues: string[] = []
    const cue = { id: 'a', item: 'lamp', start: 0, at: { x: 1.5, y: 0.5 } }
    assert.equal(lightened(cue, issues), cue)
    assert.deepEqual(issues, ['cue a: its place is off the picture (0..1), so it is only listed beside the film'])
  })
})
