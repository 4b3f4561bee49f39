import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { CueSheet } from '../../src/contract/cue.ts'
import { kanmai, newDirectory, serveKanmai, type Serving } from './run-kanmai.ts'

const feed = ['id\ttitle\tlink\timage_link\tprice\tavailability', ...['arc-lamp\tArc lamp', 'x-17\tBlue vase'].map((row) => `${row}\thttps://shop.example/p\thttps://shop.example/p.webp\t9.00 USD\tin_stock`)].join('\n')
const box = (frame: number, left: number) => `<box frame="${frame}" outside="0" occluded="0" keyframe="1" xtl="${left}" ytl="0" xbr="${left + 128}" ybr="72"/>`
const track = (id: number, label: string) => `<track id="${id}" label="${label}">${Array.from({ length: 60 }, (_, n) => box(n, n * 4)).join('')}</track>`
const annotations = `<annotations><meta><original_size><width>1280</width><height>720</height></original_size></meta>${track(0, 'Arc lamp')}${track(1, 'pot')}${track(2, 'mystery')}</annotations>`

interface Answer {
  publisher?: string
  format: string
  media: { id: string }
  cues: { id: string; item: string; start: number; end: number }[]
  issues: string[]
  stats: { keyframesIn: number; keyframesOut: number; largestError: number }
}

describe('kanmai import of cues', () => {
  const home = newDirectory()
  const data = join(home, 'data')
  const cvat = join(home, 'annotations.xml')
  const products = join(home, 'products.tsv')
  const config = join(home, 'publishers.json')
  const env = { KANMAI_DATA: data, KANMAI_TOKEN: 'gazette-token' }
  const mine = ['--publisher', 'gazette']
  const wish = [cvat, '--media', 'film-01', '--fps', '30', '--items', 'pot=x-17', ...mine]

  before(() => {
    writeFileSync(config, JSON.stringify({ publishers: [{ key: 'gazette', token: 'gazette-token', public: {}, private: { networks: [{ network: 'direct', parameter: 'ref', hosts: ['shop.example'] }] } }] }))
    writeFileSync(cvat, annotations)
    writeFileSync(products, feed)
  })
  after(() => rmSync(home, { recursive: true, force: true }))

  it('reads without any endpoint in a dry run, labels as they are', async () => {
    const { code, stdout, stderr } = await kanmai(['import', cvat, '--media', 'film-01', '--fps', '30', '--dry-run', '--json'], { env: { KANMAI_DATA: join(home, 'nothing') } })
    assert.equal(code, 0, stderr)
    const { format, media, cues, stats } = JSON.parse(stdout) as Answer
    assert.deepEqual([format, media], ['cvat', { id: 'film-01' }])
    assert.deepEqual(cues.map(({ id, item, start, end }) => [id, item, start, end]), [['Arc lamp-0', 'Arc lamp', 0, 2], ['pot-1', 'pot', 0, 2], ['mystery-2', 'mystery', 0, 2]])
    assert.deepEqual([stats.keyframesIn, stats.keyframesOut], [180, 6])
    assert.ok(stats.largestError <= 0.005)
    assert.match(stderr, /No catalogue was asked/)
  })

  describe('while the endpoint runs', () => {
    let serving: Serving
    before(async () => {
      serving = await serveKanmai(['--config', config, '--data', data])
      assert.equal((await kanmai(['import', products, ...mine], { env })).code, 0)
    })
    after(() => serving.stop())

    it('puts cues of the items that labels mean, and names those that mean none', async () => {
      const { code, stderr } = await kanmai(['import', ...wish], { env })
      assert.equal(code, 0, stderr)
      assert.match(stderr, /^annotations\.xml: track 2 \(line 1\): no item is called “mystery”: say which by --items 'mystery=ITEM'$/m)
      assert.match(stderr, /cvat, 2 cues put, 120 keyframes → 4, at most 0\.00 % of the frame off → gazette\/film-01/)
      const sheet = (await (await fetch(`${serving.url}/v1/gazette/media/film-01/cues`)).json()) as CueSheet
      assert.deepEqual(sheet.cues.map(({ id, item }) => [id, item]), [['arc-lamp-0', 'arc-lamp'], ['x-17-1', 'x-17']])
      assert.deepEqual(sheet.items.map(({ id }) => id).sort(), ['arc-lamp', 'x-17'])
    })

    it('puts nothing in a dry run', async () => {
      const { code } = await kanmai(['import', cvat, '--media', 'other', '--fps', '30', '--dry-run', ...mine], { env })
      assert.equal(code, 0)
      assert.equal((await fetch(`${serving.url}/v1/gazette/media/other/cues`)).status, 404)
    })

    it('ends with 1 when no cue came of it, and keeps the cues that were there', async () => {
      const { code, stderr } = await kanmai(['import', '-', '--media', 'film-01', '--format', 'cvat', ...mine], { env, stdin: '<annotations>' })
      assert.equal(code, 1)
      assert.match(stderr, /stdin: file: line 1: broken XML/)
      const { cues } = (await (await fetch(`${serving.url}/v1/gazette/media/film-01/cues`)).json()) as CueSheet
      assert.equal(cues.length, 2)
    })
  })

  it('puts into the store of a stopped endpoint', async () => {
    const film = { media: { title: 'A film', duration: 9, chapters: [{ start: 0, title: 'One' }] }, cues: [{ id: 'a', item: 'arc-lamp', start: 1, end: 3 }, { id: 'b', item: 'arc-lamp', start: 3, end: 1 }] }
    const { code, stderr } = await kanmai(['import', '-', '--media', 'film-02', ...mine], { env: { KANMAI_DATA: data }, stdin: JSON.stringify(film) })
    assert.equal(code, 0, stderr)
    assert.match(stderr, /stdin: cues\[1\]: cue: expected an end after its start/)
    const { stdout } = await kanmai(['export', join(home, 'out'), ...mine, '--json'], { env: { KANMAI_DATA: data } })
    assert.ok((JSON.parse(stdout) as { files: string[] }).files.includes('v1/gazette/media/film-02/cues'))
  })

  const wrong: [string, string[], RegExp][] = [
    ['a rate that is none', ['--fps', 'fast'], /--fps is fast/],
    ['a size that is none', ['--size', '1280'], /--size is 1280/],
    ['a bound that is none', ['--tolerance', '2'], /--tolerance is 2/],
    ['a format of products', ['--format', 'csv'], /no format csv/],
    ['a file that is not there', [], /There is no file/],
  ]
  for (const [what, args, message] of wrong) {
    it(`does not take ${what}`, async () => {
      const file = args.length ? cvat : join(home, 'nowhere.xml')
      const { code, stderr } = await kanmai(['import', file, '--media', 'film-01', '--dry-run', ...args], { env: { KANMAI_DATA: join(home, 'nothing') } })
      assert.equal(code, 2)
      assert.match(stderr, message)
    })
  }
  it('says that options of cues need --media', async () => {
    const { code, stderr } = await kanmai(['import', products, '--fps', '30'], { env })
    assert.equal(code, 2)
    assert.match(stderr, /--fps is for cues, which are read with --media/)
  })
})
