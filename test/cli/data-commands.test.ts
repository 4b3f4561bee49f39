import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Report } from '../../src/contract/report.ts'
import { mintRef } from '../../src/core/click-ref.ts'
import { kanmai, newDirectory, serveKanmai, type Serving } from './run-kanmai.ts'

const row = (id: string, title: string, price: string) => [id, title, `https://shop.example/${id}`, `https://shop.example/${id}.webp`, price, 'in_stock'].join('\t')
const feed = (...rows: string[]) => `${['id', 'title', 'link', 'image_link', 'price', 'availability'].join('\t')}\n${rows.join('\n')}\n`

interface Summary {
  publisher: string
  read: number
  added: number
  updated: number
  skipped: number
  files: { file: string; feed: string; issues: { line: number; issue: string }[] }[]
}

describe('commands on the data', () => {
  const home = newDirectory()
  const data = join(home, 'data')
  const config = join(home, 'publishers.json')
  const lamps = join(home, 'lamps.tsv')
  const chairs = join(home, 'chairs.tsv')
  const ref = mintRef({ placement: 'end', media: 'film-01', second: 12 }, () => 7)
  const env = { KANMAI_DATA: data, KANMAI_TOKEN: 'gazette-token' }
  const mine = ['--publisher', 'gazette']

  before(() => {
    const gazette = {
      key: 'gazette',
      token: 'gazette-token',
      public: { placements: { end: { pageSize: 2 } } },
      private: { networks: [{ network: 'direct', parameter: 'ref', hosts: ['shop.example'] }] },
    }
    writeFileSync(config, JSON.stringify({ publishers: [gazette] }))
    writeFileSync(lamps, feed(row('arc-lamp', 'Arc lamp', '199.00 USD'), row('bad', '', ''), row('desk-lamp', '台灯', '49.50 USD')))
    writeFileSync(chairs, feed(row('chair', 'Chair', '80.00 USD')))
  })
  after(() => rmSync(home, { recursive: true, force: true }))

  describe('while the endpoint runs', () => {
    let serving: Serving
    before(async () => {
      serving = await serveKanmai(['--config', config, '--data', data])
    })
    after(() => serving.stop())

    it('imports into it, names bad rows by file and line, and says only JSON on stdout', async () => {
      const { code, stdout, stderr } = await kanmai(['import', lamps, ...mine, '--json'], { env })
      assert.equal(code, 0, stderr)
      const summary = JSON.parse(stdout) as Summary
      assert.equal(summary.publisher, 'gazette')
      assert.deepEqual([summary.read, summary.added, summary.updated, summary.skipped], [3, 2, 0, 1])
      assert.equal(summary.files[0]?.feed, 'lamps')
      assert.match(stderr, new RegExp(`^${lamps}:3: .*title`, 'm'))
      assert.match(stderr, /lamps\.tsv: 3 rows, 2 added, 0 updated, 1 skipped/)
      const { items } = (await (await fetch(`${serving.url}/v1/gazette/items?ids=arc-lamp,desk-lamp`)).json()) as { items: { id: string; url: string }[] }
      assert.deepEqual(items.map(({ id }) => id), ['arc-lamp', 'desk-lamp'])
      assert.equal(items[0]?.url, 'https://shop.example/arc-lamp?ref={ref}')
    })

    it('updates at the second time', async () => {
      const { stdout, stderr } = await kanmai(['import', lamps, ...mine], { env })
      assert.equal(stdout, '')
      assert.match(stderr, /0 added, 2 updated/)
    })

    it('reads stdin, and stores nothing in a dry run', async () => {
      const { code, stdout } = await kanmai(['import', '-', '--dry-run', '--json', ...mine], { env, stdin: feed(row('ghost', 'Ghost', '1.00 USD')) })
      assert.equal(code, 0)
      const summary = JSON.parse(stdout) as Summary
      assert.deepEqual([summary.read, summary.added, summary.files[0]?.feed], [1, 0, 'stdin'])
      const { items } = (await (await fetch(`${serving.url}/v1/gazette/items?ids=ghost`)).json()) as { items: unknown[] }
      assert.deepEqual(items, [])
    })

    it('ends with 1 when nothing could be imported', async () => {
      const { code } = await kanmai(['import', '-', ...mine], { env, stdin: feed(row('', '', '')) })
      assert.equal(code, 1)
    })

    it('says that the token is wrong', async () => {
      const { code, stderr } = await kanmai(['import', lamps, ...mine, '--token', 'guessed'], { env })
      assert.equal(code, 1)
      assert.match(stderr, /Send the token of the publisher "gazette"/)
    })

    it('finds the click of a ref, shows it in the report, and exports the film that it names', async () => {
      const click = { id: ref, ref, type: 'click', occurredAt: '2026-11-23T14:00:00.000Z', item: 'desk-lamp', placement: 'end', media: 'film-01', second: 12.5 }
      const impression = { id: 'seen', type: 'impression', occurredAt: '2026-11-23T13:59:00.000Z', item: 'desk-lamp', placement: 'end', media: 'film-01', second: 12 }
      await fetch(`${serving.url}/v1/gazette/signals`, { method: 'POST', body: JSON.stringify({ signals: [impression, click] }) })

      const sheet = { media: { duration: 20 }, cues: [{ id: 'c1', item: 'desk-lamp', start: 10, end: 15 }] }
      const put = { method: 'PUT', headers: { authorization: 'Bearer gazette-token' }, body: JSON.stringify(sheet) }
      assert.equal((await fetch(`${serving.url}/v1/gazette/media/film-01/cues`, put)).status, 200)

      const found = await kanmai(['ref', ref, ...mine], { env })
      assert.equal(found.code, 0, found.stderr)
      for (const line of [/placement +end$/m, /media +film-01$/m, /second +12\.5$/m, /item +desk-lamp$/m, /when +2026-11-23T14:00:00\.000Z$/m]) assert.match(found.stdout, line)

      const { stdout } = await kanmai(['report', ...mine, '--by', 'item'], { env })
      assert.match(stdout, /^item +impressions +clicks +ctr +refs\ndesk-lamp +1 +1 +100\.00 % +1\w+\ntotal +1 +1 +100\.00 %$/m)
      // What a program sends is flagged.
      assert.match(stdout, /\n\nNet, without what is flagged:\n\nitem +impressions +clicks +ctr +flagged\ndesk-lamp +0 +0 +0\.00 % +2 bot\ntotal +0 +0 +0\.00 % +2 bot$/m)
      const later = await kanmai(['report', ...mine, '--json', '--from', '2026-11-23T14:00:00Z'], { env })
      const { impressions, clicks, ctr } = (JSON.parse(later.stdout) as Report).totals
      assert.deepEqual({ impressions, clicks, ctr }, { impressions: 0, clicks: 1, ctr: 0 })

      const exported = await kanmai(['export', join(home, 'running'), ...mine, '--json'], { env })
      assert.ok((JSON.parse(exported.stdout) as { files: string[] }).files.includes('v1/gazette/media/film-01/cues'))
    })
  })

  describe('while it is stopped', () => {
    it('imports into its store, without a token', async () => {
      const { code, stderr } = await kanmai(['import', chairs, ...mine], { env: { KANMAI_DATA: data } })
      assert.equal(code, 0, stderr)
      assert.match(stderr, /chairs\.tsv: 1 rows, 1 added/)
      assert.ok(!existsSync(join(data, 'kanmai.lock')))
    })

    it('finds the click of a ref in its store', async () => {
      const { code, stdout } = await kanmai(['ref', ref, '--json', ...mine], { env: { KANMAI_DATA: data } })
      assert.equal(code, 0)
      const answer = JSON.parse(stdout) as { says: { second: number }; click: { item: string } }
      assert.equal(answer.says.second, 12)
      assert.equal(answer.click.item, 'desk-lamp')
    })

    it('exports its public answers as files under the same paths', async () => {
      const out = join(home, 'static')
      const { code, stdout, stderr } = await kanmai(['export', out, ...mine, '--json'], { env: { KANMAI_DATA: data } })
      assert.equal(code, 0, stderr)
      assert.deepEqual(JSON.parse(stdout).files, ['config', 'feeds/end', 'media/film-01/cues', 'media/film-01/cues.vtt', 'items'].map((it) => `v1/gazette/${it}`))
      const read = (path: string) => JSON.parse(readFileSync(join(out, 'v1/gazette', path), 'utf8')) as { publisher?: string; items?: { id: string }[]; next?: string }
      assert.equal(read('config').publisher, 'gazette')
      assert.equal(read('feeds/end').items?.length, 2)
      assert.equal(read('feeds/end').next, undefined)
      assert.deepEqual(read('items').items?.map(({ id }) => id).sort(), ['arc-lamp', 'chair', 'desk-lamp'])
      assert.match(readFileSync(join(out, 'v1/gazette/media/film-01/cues.vtt'), 'utf8'), /^WEBVTT/)
      assert.deepEqual(readdirSync(join(out, 'v1')), ['gazette'])
    })

    it('says that there is no such publisher', async () => {
      const { code, stderr } = await kanmai(['report', '--publisher', 'nobody'], { env: { KANMAI_DATA: data } })
      assert.equal(code, 1)
      assert.match(stderr, /^The store has no publisher "nobody"/)
    })
  })
})
