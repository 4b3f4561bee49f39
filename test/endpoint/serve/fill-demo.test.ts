import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { parse } from '../../../src/contract/parse.ts'
import { PageConfig } from '../../../src/contract/page-config.ts'
import { createHandler } from '../../../src/endpoint/handler.ts'
import { fillDemo } from '../../../src/endpoint/serve/fill-demo.ts'
import { packageRoot } from '../../../src/endpoint/serve/package-root.ts'
import { migrate } from '../../../src/endpoint/store/migrate.ts'
import { migrations } from '../../../src/endpoint/store/migrations.ts'
import { openPGlite } from '../../../src/endpoint/store/pglite.ts'
import { PrivateConfig, putPublisher } from '../../../src/endpoint/store/publishers.ts'
import type { Sql } from '../../../src/endpoint/store/sql.ts'

const feed = (title: string) => `<?xml version="1.0"?><rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>
<item><g:id>arc-lamp</g:id><g:title>${title}</g:title><g:link>/demo/shop.html?item=arc-lamp</g:link><g:image_link>/demo/catalogue/arc-lamp.webp</g:image_link>
<g:price>199.00 USD</g:price><g:availability>in_stock</g:availability></item></channel></rss>`

describe('fillDemo', () => {
  let home: string
  let sql: Sql
  let said: string[] = []
  const ask = async <T>(path: string) => (await (await createHandler({ sql })(new Request(`http://localhost/v1/demo/${path}`))).json()) as T
  const fill = async (publicUrl = 'http://127.0.0.1:8787') => {
    said = []
    await fillDemo({ sql, handler: createHandler({ sql }), publicUrl, token: 'a-token', note: (line) => said.push(line), home })
  }
  const item = async () => (await ask<{ items: { title: string; url: string }[] }>('items?ids=arc-lamp')).items[0]

  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'kanmai-demo-'))
    sql = await openPGlite()
    await migrate(sql, migrations)
    writeFileSync(
      join(home, 'publisher.json'),
      JSON.stringify({ public: { disclosure: 'Ad' }, private: { networks: [{ network: 'direct', parameter: 'ref', hosts: ['{host}'] }] } }),
    )
  })
  after(async () => {
    await sql.close()
    rmSync(home, { recursive: true })
  })

  it('makes the publisher, and only notes that there is no catalogue and no film', async () => {
    await fill()
    assert.deepEqual(await ask('config'), { publisher: 'demo', disclosure: 'Ad' })
    assert.equal(said.length, 1)
    assert.match(said[0]!, /The demo catalogue is not there/)
  })

  it('brings in catalogue and cues when they are there', async () => {
    mkdirSync(join(home, 'catalogue'))
    mkdirSync(join(home, 'public/film'), { recursive: true })
    writeFileSync(join(home, 'catalogue/products.xml'), feed('Arc lamp'))
    writeFileSync(join(home, 'public/film/film-01.cues.json'), JSON.stringify({ media: { id: 'film-01', duration: 20 }, cues: [{ id: 'c1', item: 'arc-lamp', start: 1, end: 5 }] }))
    await fill()
    assert.deepEqual(said, ['products.xml: 1 added, 0 updated'])
    assert.deepEqual(await item().then((it) => it?.url), 'http://127.0.0.1:8787/demo/shop.html?item=arc-lamp&ref={ref}')
    const sheet = await ask<{ media: object; cues: { id: string }[]; items: { id: string }[] }>('media/film-01/cues')
    assert.deepEqual([sheet.media, sheet.cues.map(({ id }) => id), sheet.items.map(({ id }) => id)], [{ id: 'film-01', duration: 20 }, ['c1'], ['arc-lamp']])
  })

  it('leaves alone what has not changed, and what was changed by hand since', async () => {
    await putPublisher(sql, { key: 'demo', public: { disclosure: '广告' } })
    await fill()
    assert.deepEqual(said, [])
    assert.deepEqual(await ask('config'), { publisher: 'demo', disclosure: '广告' })
  })

  it('brings in again what has changed, or stands at another address', async () => {
    writeFileSync(join(home, 'catalogue/products.xml'), feed('Arc lamp, new'))
    await fill()
    assert.equal((await item())?.title, 'Arc lamp, new')
    await fill('https://shop.example')
    assert.equal((await item())?.url, 'https://shop.example/demo/shop.html?item=arc-lamp&ref={ref}')
  })
})

describe('the demo’s publisher', () => {
  it('holds in every part', () => {
    const halves = JSON.parse(readFileSync(join(packageRoot, 'demo/publisher.json'), 'utf8').replaceAll('{host}', '127.0.0.1')) as { public: object; private: object }
    assert.deepEqual(parse(PageConfig, { publisher: 'demo', ...halves.public }).issues, [])
    assert.deepEqual(parse(PrivateConfig, halves.private).issues, [])
  })
})
