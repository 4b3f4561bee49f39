import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { importCues } from '../../../../src/endpoint/import/cues/import-cues.ts'

/** A lamp that moves right for 2 s and a vase that stands still for 1 s, at 30 frames a second. */
function film() {
  const images = Array.from({ length: 60 }, (_, n) => ({ id: n + 1, video_id: 1, frame_id: n, file_name: `film/${String(n).padStart(6, '0')}.jpg`, width: 1280, height: 720 }))
  const annotations: Record<string, unknown>[] = [
    ...images.map(({ id }, n) => ({ image_id: id, video_id: 1, category_id: 1, track_id: 11, bbox: [n * 8, 180, 128, 72] })),
    ...images.slice(0, 30).map(({ id }) => ({ image_id: id, video_id: 1, category_id: 2, instance_id: 12, bbox: [640, 360, 64, 72] })),
  ]
  return {
    videos: [{ id: 1, name: 'film', width: 1280, height: 720, fps: 30 }] as Record<string, unknown>[],
    images: images as Record<string, unknown>[],
    categories: [{ id: 1, name: 'lamp' }, { id: 2, name: 'vase' }],
    annotations,
  }
}

const read = (file: unknown, options = {}) => importCues(JSON.stringify(file), options)

describe('importCues of COCO with videos', () => {
  it('makes a cue of every object', () => {
    const { format, cues, issues, media } = read(film())
    assert.equal(format, 'coco-vid')
    assert.deepEqual(issues, [])
    assert.deepEqual(media, { title: 'film' })
    assert.deepEqual(cues.map(({ id, start, end }) => [id, start, end]), [['lamp-11', 0, 2], ['vase-12', 0, 1]])
    assert.deepEqual(cues[0]!.track!.keyframes, [{ t: 0, x: 0.05, y: 0.3, w: 0.1, h: 0.1 }, { t: 1.96667, x: 0.41875, y: 0.3, w: 0.1, h: 0.1 }])
    assert.deepEqual(cues[1]!.track!.keyframes, [{ t: 0, x: 0.525, y: 0.55, w: 0.05, h: 0.1 }])
  })

  it('counts frames from 0 or 1, by their id, index or file name', () => {
    for (const number of [(n: number) => ({ frame_id: n + 1 }), (n: number) => ({ frame_index: n }), () => ({})]) {
      const file = film()
      file.images = file.images.map(({ frame_id, ...image }) => ({ ...image, ...number(frame_id as number) }))
      assert.deepEqual(read(file).cues.map(({ start, end }) => [start, end]), [[0, 2], [0, 1]])
    }
  })

  it('starts another cue when the object comes back', () => {
    const file = film()
    file.annotations = file.annotations.filter((_, n) => n < 10 || (n >= 14 && n < 20) || n >= 40)
    const { cues } = read(file)
    assert.deepEqual(cues.filter(({ item }) => item === 'lamp').map(({ id, start, end }) => [id, start, end]), [['lamp-11', 0, 0.66666], ['lamp-11-2', 1.33333, 2]])
  })

  it('reads one annotation a track with a box for every frame', () => {
    const { cues, issues } = read({
      videos: [{ id: 5, file_names: ['a', 'b', 'c'], length: 3, width: 100, height: 100 }],
      annotations: [{ id: 9, video_id: 5, category_id: 1, bboxes: [null, [10, 10, 20, 20], [10, 10, 20, 20]] }],
      categories: [{ id: 1, name: 'lamp' }],
    }, { fps: 10 })
    assert.deepEqual(issues, [])
    assert.deepEqual(cues.map(({ id, start, end, at }) => [id, start, end, at]), [['lamp-9', 0.1, 0.3, { x: 0.2, y: 0.2 }]])
  })

  it('reads the video that is called as the media is', () => {
    const file = film()
    file.videos.push({ id: 2, name: 'shots/other.mp4', width: 100, height: 100, fps: 10 })
    file.images.push({ id: 900, video_id: 2, frame_id: 0 })
    file.annotations.push({ image_id: 900, video_id: 2, category_id: 2, track_id: 1, bbox: [10, 10, 20, 20] })
    const { cues, issues } = read(file, { media: 'other' })
    assert.deepEqual(issues, [])
    assert.deepEqual(cues.map(({ id, end }) => [id, end]), [['vase-1', 0.1]])
    assert.match(read(file, { media: 'neither' }).issues[0]!, /^videos: 2 of them, .* of film, shots\/other\.mp4$/)
  })

  it('maps objects by number, then by name, and names once what is not known', () => {
    const items = new Map([['#12', 'blue-vase']])
    const { cues, issues } = read(film(), { itemOf: (names: readonly string[]) => names.map((name) => items.get(name)).find((it) => it) })
    assert.deepEqual(cues.map(({ item }) => item), ['blue-vase'])
    assert.deepEqual(issues, ["object 11: no item is called “lamp”: say which by --items 'lamp=ITEM'"])
  })

  it('keeps the good boxes beside bad ones and names these', () => {
    const file = film()
    file.annotations[3]!['bbox'] = [1, 2, 3]
    file.annotations[4]!['image_id'] = 4711
    delete file.annotations[5]!['track_id']
    file.annotations.push(7 as never)
    const { cues, issues } = read(file)
    assert.deepEqual(cues.map(({ start, end }) => [start, end]), [[0, 2], [0, 1]])
    assert.deepEqual(issues, [
      'annotations[3]: expected a bbox of four numbers [left, top, width, height]',
      'annotations[4]: image 4711 is not among the images',
      'annotations[5]: says not which object it is: it needs a track_id or instance_id',
      'annotations[90]: is no object',
    ])
  })

  it('refuses a file without a frame rate, and takes it as a fraction', () => {
    const file = film()
    delete file.videos[0]!['fps']
    assert.deepEqual(read(file).issues, ['file: the file names no frame rate: give it by --fps'])
    file.videos[0]!['fps'] = '30000/1001'
    assert.equal(read(file).cues[0]!.end, 2.002)
  })

  it('leaves 100,000 boxes of a wild walk within the bound', () => {
    const file = film()
    file.images = Array.from({ length: 10_000 }, (_, n) => ({ id: n, video_id: 1, frame_id: n }))
    file.annotations = file.images.flatMap(({ id }, n) =>
      Array.from({ length: 10 }, (_, track) => ({ image_id: id, category_id: 1, track_id: track, bbox: [400 + 300 * Math.sin(n / (20 + track)), 300 + 200 * Math.cos(n / 31), 100, 100] })),
    )
    const { stats, cues } = read(file)
    assert.equal(cues.length, 10)
    assert.equal(stats.keyframesIn, 100_000)
    assert.ok(stats.keyframesOut < 50_000 && stats.largestError <= 0.005, JSON.stringify(stats))
  })
})
