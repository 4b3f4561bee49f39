import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { importCues } from '../../../../src/endpoint/import/cues/import-cues.ts'

const box = (frame: number, left: number, more = ''): string =>
  `<box frame="${frame}" keyframe="1" outside="0" occluded="0" xtl="${left}" ytl="100" xbr="${left + 100}" ybr="300" z_order="0" ${more}></box>`
const outside = (frame: number, left: number): string => box(frame, left).replace('outside="0"', 'outside="1"')
const occluded = (frame: number, left: number): string => box(frame, left).replace('occluded="0"', 'occluded="1"')
const span = (from: number, to: number, of: (frame: number) => string): string => Array.from({ length: to - from }, (_, n) => of(from + n)).join('\n')

const file = (tracks: string, meta = '<original_size><width>1000</width><height>500</height></original_size>'): string => `<?xml version="1.0" encoding="utf-8"?>
<annotations>
  <version>1.1</version>
  <meta>
    <task><id>7</id><name>kitchen</name><size>300</size><mode>interpolation</mode><frame_filter>step=1</frame_filter>
      <labels><label><name>lamp</name></label></labels></task>
    ${meta}
  </meta>
  ${tracks}
</annotations>`

const read = (text: string, options = {}) => importCues(text, { fps: 25, ...options })

describe('importCues of CVAT for video', () => {
  it('makes of a track a cue with its place, size and time', () => {
    const { format, cues, issues, stats } = read(file(`<track id="3" label="lamp">${span(50, 100, (n) => box(n, n * 2))}${outside(100, 200)}</track>`))
    assert.equal(format, 'cvat')
    assert.deepEqual(issues, [])
    assert.deepEqual(cues, [
      {
        id: 'lamp-3',
        item: 'lamp',
        start: 2,
        end: 4,
        at: { x: 0.15, y: 0.4 },
        track: { interpolation: 'linear', keyframes: [{ t: 2, x: 0.15, y: 0.4, w: 0.1, h: 0.4 }, { t: 3.96, x: 0.248, y: 0.4, w: 0.1, h: 0.4 }] },
      },
    ])
    assert.equal(stats.keyframesIn, 50)
    assert.equal(stats.keyframesOut, 2)
    assert.ok(stats.largestError < 1e-5)
  })

  it('ends a cue where the object is outside or occluded for long, and bridges a moment', () => {
    const stays = [
      span(0, 50, (n) => box(n, 100)), span(50, 60, (n) => occluded(n, 100)), span(60, 100, (n) => box(n, 100)),
      outside(100, 100), span(150, 200, (n) => box(n, 300)), span(200, 230, (n) => occluded(n, 300)), span(230, 250, (n) => box(n, 400)),
    ]
    const { cues } = read(file(`<track id="0" label="lamp">${stays.join('')}</track>`))
    assert.deepEqual(cues.map(({ id, start, end }) => [id, start, end]), [['lamp-0', 0, 4], ['lamp-0-2', 6, 8], ['lamp-0-3', 9.2, 10]])
    const { cues: patient } = read(file(`<track id="0" label="lamp">${stays.join('')}</track>`), { gap: 3 })
    assert.deepEqual(patient.map(({ start, end }) => [start, end]), [[0, 10]])
  })

  it('takes the box around polygons, points, ellipses, turned boxes and skeletons', () => {
    const shapes = [
      '<polygon frame="0" outside="0" occluded="0" points="100,100;300,100;200,200"></polygon>',
      '<points frame="0" outside="0" occluded="0" points="200,150"></points>',
      '<ellipse frame="0" outside="0" occluded="0" cx="200" cy="150" rx="100" ry="50"></ellipse>',
      '<box frame="0" outside="0" occluded="0" xtl="150" ytl="50" xbr="250" ybr="250" rotation="90"></box>',
      '<skeleton frame="0" occluded="0"><points label="1" outside="0" points="100,100"/><points label="2" outside="0" points="300,200"/><points label="3" outside="1" points="900,400"/></skeleton>',
    ]
    const { cues, issues } = read(file(shapes.map((shape, id) => `<track id="${id}" label="lamp">${shape}</track>`).join('\n')))
    assert.deepEqual(issues, [])
    assert.deepEqual(cues.map(({ at }) => at), shapes.map(() => ({ x: 0.2, y: 0.3 })))
    assert.deepEqual(cues.map(({ track }) => [track?.keyframes[0]!.w, track?.keyframes[0]!.h]), [[0.2, 0.2], [undefined, undefined], [0.2, 0.2], [0.2, 0.2], [0.2, 0.2]])
  })

  it('lets a short film frame last as long as the task’s frame filter left out', () => {
    const { cues } = read(file(`<track id="0" label="lamp">${box(0, 1)}${box(5, 1)}</track>`).replace('step=1', 'step=5'))
    assert.deepEqual([cues[0]!.start, cues[0]!.end], [0, 0.4])
  })

  it('says what is missing: rate, size, a video’s tracks', () => {
    const tracks = `<track id="0" label="lamp">${box(0, 1)}</track>`
    assert.match(read(file(tracks), { fps: undefined }).issues[0]!, /^file: CVAT does not write the frame rate: give it by --fps/)
    assert.match(read(file(tracks, '')).issues[0]!, /--size/)
    assert.equal(read(file(tracks, ''), { size: { width: 1000, height: 500 } }).cues.length, 1)
    assert.match(read(file('<image id="0" name="a.jpg" width="9" height="9"></image>')).issues[0]!, /CVAT for video 1\.1/)
  })

  it('keeps the good tracks beside bad ones, and names those by their line', () => {
    const { cues, issues } = read(
      file(`<track id="0" label="lamp">${box(0, 1)}${box(1, 1).replace('xtl="1"', 'xtl="left"')}</track>
<track id="1" label="vase">${box(0, 1500)}</track>
<track id="2" label="">${box(4, 1)}</track>
<track id="3" label="clock">${box(0, 1).replace('frame="0"', 'frame="soon"')}</track>
<track id="4" label="bowl">${box(9, 1)}</track>`),
    )
    assert.deepEqual(cues.map(({ item }) => item), ['lamp', '2', 'bowl'])
    assert.deepEqual(issues, [
      'track 0 (line 9): frame 1 has a shape without numbers',
      'track 3 (line 12): a shape names no frame',
      'track 1 (line 10): lies off the picture or is hidden all the time',
      'track 3 (line 12): is in no frame',
    ])
  })

  it('keeps what came before the file broke, and refuses entities and depth', () => {
    const text = file(`<track id="0" label="lamp">${box(0, 1)}</track><track id="1" label="vase">${box(0, 1)}</track>`)
    const { cues, issues } = read(text.slice(0, text.lastIndexOf('<box')))
    assert.deepEqual(cues.map(({ item }) => item), ['lamp'])
    assert.match(issues[0]!, /^file: line 9: broken XML: .*; what came before it was read$/)
    assert.match(read(`<!DOCTYPE a [<!ENTITY b "bbbb">]>${text.slice(text.indexOf('<annotations'))}`).issues[0]!, /entities/)
    assert.match(read(`<annotations>${'<a>'.repeat(100_000)}`, { format: 'cvat' }).issues[0]!, /more than 32 deep/)
  })
})
