import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { Cue } from '../../../../src/contract/cue.ts'
import { parse } from '../../../../src/contract/parse.ts'
import { cueFormats } from '../../../../src/endpoint/import/cues/cue-import.ts'
import { importCues } from '../../../../src/endpoint/import/cues/import-cues.ts'

const options = { size: { width: 1000, height: 500 }, fps: 25 }
const words = ['cues', 'id', 'item', 'start', 'end', 'at', 'x', 'y', 't', 'track', 'keyframes', 'interpolation', 'annotations', 'images', 'videos', 'bbox', 'bboxes', 'track_id', 'image_id', 'video_id', 'frame_id', 'file_name', 'hotspots', 'startTime', 'endTime', 'label', 'time', 'shoppable', 'products', 'onClick', 'args', 'data', 'result', 'value', 'sequence', 'frame', 'width', 'height', 'framesCount', 'duration', 'labels', 'media', 'chapters', '__proto__', 'constructor']
const leaf = fc.oneof(fc.double(), fc.integer({ min: -2, max: 99 }), fc.constantFrom('50%', '00:02', 'lamp', '', 'NaN', null, true, 1e308, -0), fc.string())
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ maxDepth: 6, withCrossShrink: true }, leaf, fc.array(tie('tree'), { maxLength: 4 }), fc.dictionary(fc.constantFrom(...words), tie('tree'), { maxKeys: 8 })),
}))

/** Pieces of real files in a row that no file has them in. */
const pieces = fc.array(
  fc.oneof(
    fc.constantFrom('WEBVTT\n\n', '<annotations>', '</annotations>', '<track id="1" label="lamp">', '</track>', '<box frame="1" outside="0" occluded="0" xtl="1" ytl="1" xbr="9" ybr="9"/>', '<box frame="NaN"/>', '<meta><task>', '</task></meta>', '<original_size><width>9</width>', '&lamp;', '<![CDATA[', '00:01.000 --> 00:02.000\n', '{"item":"lamp"}\n', '1,1,1,1,9,9,1\n', '1;2;NaN;\n', '\n', ']]>', '<skeleton frame="1">', '<points points="1,2;x"/>'),
    fc.string(),
  ),
  { maxLength: 20 },
).map((list) => list.join(''))

/** Whatever comes in, what comes out can be put to an endpoint. */
function holds(text: string): void {
  for (const format of [undefined, ...cueFormats]) {
    for (const more of [{}, options]) {
      const { cues, issues, stats } = importCues(text, { format, ...more })
      for (const cue of cues) assert.deepEqual(parse(Cue, cue).issues, [])
      assert.equal(new Set(cues.map(({ id }) => id)).size, cues.length)
      assert.ok(issues.length <= 101 && issues.every((issue) => typeof issue === 'string'))
      assert.ok(stats.largestError <= 0.005 && stats.keyframesOut <= stats.keyframesIn)
    }
  }
}

describe('importCues of anything at all', () => {
  it('holds for JSON of any kind', () => fc.assert(fc.property(tree, (json) => holds(JSON.stringify(json) ?? '')), { numRuns: 400 }))
  it('holds for pieces of files', () => fc.assert(fc.property(pieces, holds), { numRuns: 300 }))
  it('holds for tracks that stand where none belong', () => {
    holds('<track id="1" label="lamp"><box frame="NaN"/>')
    holds('<annotations><meta><track><box frame="1"/><skeleton frame="1"/></track></meta></annotations>')
  })
  it('holds for half a character in XML', () => holds('<annotations><!\ud800<track id="1" label="lamp">\udc00</track>'))
  it('holds for frames so late that a second has no end', () => holds('1,1,0,0,5,6,1,1,\n399999999999999999999,1,14,20,50,60'))
  it('holds for JSON that is deep, long or of one name', () => {
    holds('['.repeat(100_000))
    holds(`{"hotspots":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)
    const { cues, issues } = importCues(JSON.stringify({ cues: Array.from({ length: 12_000 }, (_, n) => ({ id: 'same', item: 'lamp', start: n })) }))
    assert.equal(cues.length, 10_000)
    assert.match(issues[0]!, /^file: 12000 cues, and a media holds at most 10000/)
  })
  it('says that it cannot tell what a file is', () => {
    assert.deepEqual(importCues('hello').issues, ['file: what the file is cannot be seen from its text: say it by --format'])
    assert.deepEqual(importCues('').cues, [])
  })
  it('counts what it does not name any more', () => {
    const { issues } = importCues(JSON.stringify({ cues: Array.from({ length: 500 }, () => 7) }))
    assert.deepEqual([issues.length, issues[100]], [101, 'file: 400 more like these'])
  })
})
