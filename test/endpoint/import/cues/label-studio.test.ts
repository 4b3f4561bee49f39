import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { importCues } from '../../../../src/endpoint/import/cues/import-cues.ts'

const key = (frame: number, x: number, enabled = true, rotation = 0) => ({ frame, x, y: 20, width: 10, height: 20, rotation, enabled, time: frame / 25 })
const region = (sequence: unknown[], more: object = {}) => ({ id: 'aB1', type: 'videorectangle', value: { framesCount: 250, duration: 10, sequence, labels: ['lamp'], ...more } })
const task = (...result: unknown[]) => [{ id: 1, data: { video: '/data/upload/1/film-01.mp4' }, annotations: [{ was_cancelled: false, result }] }]
const read = (file: unknown, options = {}) => importCues(JSON.stringify(file), options)

describe('importCues of Label Studio', () => {
  it('follows the keyframes, counted from 1, to the film’s end', () => {
    const { format, cues, media, issues } = read(task(region([key(26, 10), key(101, 40)])))
    assert.equal(format, 'label-studio')
    assert.deepEqual(issues, [])
    assert.deepEqual(media, { duration: 10 })
    assert.deepEqual(cues, [{
      id: 'lamp-aB1', item: 'lamp', start: 1, end: 10, at: { x: 0.15, y: 0.3 },
      track: { interpolation: 'linear', keyframes: [{ t: 1, x: 0.15, y: 0.3, w: 0.1, h: 0.2 }, { t: 4, x: 0.45, y: 0.3, w: 0.1, h: 0.2 }] },
    }])
  })

  it('ends a stay after a keyframe that is not enabled', () => {
    const { cues } = read(task(region([key(1, 10), key(25, 20, false), key(76, 50), key(100, 60, false)])))
    assert.deepEqual(cues.map(({ id, start, end }) => [id, start, end]), [['lamp-aB1', 0, 1], ['lamp-aB1-2', 3, 4]])
  })

  it('turns a box about its upper left corner', () => {
    const { cues, issues } = read(task(region([key(1, 50, true, 90)])), { size: { width: 200, height: 100 } })
    assert.deepEqual(issues, [])
    const [frame] = cues[0]!.track!.keyframes
    assert.deepEqual(frame, { t: 0, x: 0.45, y: 0.3, w: 0.1, h: 0.2 })
    assert.match(read(task(region([key(1, 50, true, 90)]))).issues[0]!, /--size makes it exact/)
  })

  it('reads the minimal form, predictions, and the task of the film', () => {
    const { value } = region([key(1, 10)])
    assert.equal(read([{ id: 1, video: '/data/film-01.mp4', box: [value] }], { format: 'label-studio' }).cues.length, 1)
    assert.equal(read([{ id: 1, data: {}, annotations: [], predictions: [{ result: [region([key(1, 10)])] }] }]).cues.length, 1)
    const two = [...task(region([key(1, 10)])), { id: 2, data: { video: 'other.mp4' }, annotations: [{ result: [region([key(1, 70)], { labels: ['vase'] })] }] }]
    assert.deepEqual(read(two, { media: 'other' }).cues.map(({ item }) => item), ['vase'])
    assert.deepEqual(read(two).issues, ['file: 2 tasks: the first was read'])
  })

  it('names what has no rate, no numbers or no rectangles, and keeps the rest', () => {
    const { cues, issues } = read(task(region([key(1, 10), { frame: 'x' }, null]), { id: 'c', value: { sequence: [key(1, 1)], labels: ['vase'] } }, { id: 'd', value: { text: 'hello' } }))
    assert.deepEqual(cues.map(({ item }) => item), ['lamp'])
    assert.deepEqual(issues, [
      'region aB1.sequence[1]: expected a frame of 1 or more, x, y, width and height in percent',
      'region aB1.sequence[2]: expected a frame of 1 or more, x, y, width and height in percent',
      'region c: has no framesCount and duration that would give the frame rate: give it by --fps',
    ])
  })
})
