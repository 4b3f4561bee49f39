import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { version } from '../../../src/endpoint/serve/package-root.ts'
import { site } from '../../../src/endpoint/serve/site.ts'

const files = {
  'package.json': '{"secret": true}',
  'dist/kanmai.js': 'export {}',
  'dist/kanmai.js.map': '{}',
  'dist/kanmai.iife.js': '0',
  'dist/kanmai.css': 'a{}',
  'dist/chunks/idb-Ab12.js': '1',
  'dist/lib/cli/main.js': 'not for browsers',
  'dist/.inputs': 'hash',
  'dist/site/demo/index.html': '<h1>demo</h1>',
  'dist/site/demo/article.html': '<h1>article</h1>',
  'dist/site/demo/assets/page-Cd34.css': 'b{}',
  'dist/site/demo/.hidden': 'not for readers',
  'dist/site/demo/film/film-01.webm': 'film',
  'dist/site/demo/live/segments.m3u8': '#EXTM3U\n#EXTINF:2,\n00.m4s\n#EXTINF:2,\n01.m4s\n',
  'dist/site/demo/live/00.m4s': 'segment',
}

describe('site', () => {
  let root: string
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'kanmai-site-'))
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), content)
    }
  })
  after(() => rmSync(root, { recursive: true }))

  const noon = Date.parse('2026-11-23T12:00:00Z')
  const ask = (path: string, { demo = true, method = 'GET' } = {}) =>
    site(new Request(`http://localhost${path}`, { method }), { demo, root, now: () => noon })

  for (const [path, type, cache] of [
    ['/dist/kanmai.js', 'text/javascript; charset=utf-8', 'public, max-age=300'],
    ['/dist/kanmai.iife.js', 'text/javascript; charset=utf-8', 'public, max-age=300'],
    ['/dist/kanmai.css', 'text/css; charset=utf-8', 'public, max-age=300'],
    ['/dist/kanmai.js.map', 'application/json', 'public, max-age=300'],
    ['/dist/chunks/idb-Ab12.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    [`/dist/${version}/kanmai.js`, 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    [`/dist/${version}/chunks/idb-Ab12.js`, 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ] as const) {
    it(`answers ${path} to every origin`, async () => {
      const answer = (await ask(path))!
      assert.equal(answer.status, 200)
      assert.equal(answer.headers.get('content-type'), type)
      assert.equal(answer.headers.get('cache-control'), cache)
      assert.equal(answer.headers.get('access-control-allow-origin'), '*')
      await answer.arrayBuffer()
    })
  }

  for (const [path, cache] of [
    ['/demo/', 'no-cache'],
    ['/demo/article.html', 'no-cache'],
    ['/demo/assets/page-Cd34.css', 'public, max-age=31536000, immutable'],
    ['/demo/film/film-01.webm', 'public, max-age=300'],
    ['/demo/live/00.m4s', 'public, max-age=300'],
    ['/demo/live/segments.m3u8', 'public, max-age=300'],
  ] as const) {
    it(`answers ${path} of the demo`, async () => {
      const answer = (await ask(path))!
      assert.equal(answer.status, 200)
      assert.equal(answer.headers.get('cache-control'), cache)
      await answer.arrayBuffer()
    })
  }

  for (const path of [
    '/dist/lib/cli/main.js',
    '/dist/.inputs',
    '/dist/site/demo/index.html',
    '/dist/0.0.0/kanmai.js',
    '/dist/',
    '/demo/nothing.html',
    '/demo/%2e%2e/%2e%2e/package.json',
    '/demo/..%2f..%2f..%2fpackage.json',
    '/demo/..%5c..%5cpackage.json',
    '/dist/chunks/%2e%2e/%2e%2e/package.json',
    '/demo/%00',
    '/demo/%E0%A4%A',
    '/demo//etc/passwd',
    '/demo/.hidden',
  ]) {
    it(`gives nothing away at ${path}`, async () => {
      const answer = await ask(path)
      // What the address itself resolves to a place outside is not the site's at all.
      if (answer) assert.ok([400, 404].includes(answer.status), String(answer.status))
    })
  }

  it('makes the live stream of its segments, by the clock', async () => {
    const answer = (await ask('/demo/live/stream.m3u8'))!
    assert.equal(answer.headers.get('content-type'), 'application/vnd.apple.mpegurl')
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=1')
    assert.match(await answer.text(), /PROGRAM-DATE-TIME:2026-11-23T11:59:58\.000Z\n#EXTINF:2\.000000,\n01\.m4s\n$/)
    assert.equal(await (await ask('/demo/live/stream.m3u8', { method: 'HEAD' }))!.text(), '')
  })

  it('gives the recording of the stream, up to now', async () => {
    const names = async (query: string) => (await (await ask(`/demo/live/recording.m3u8?${query}`))!.text()).match(/^\d+\.m4s$/gm)
    assert.deepEqual(await names('from=2026-11-23T11:59:52Z&to=2026-11-23T11:59:55Z'), ['00.m4s', '01.m4s'])
    assert.equal((await names('from=2026-11-23T11:59:52Z'))?.length, 5)
    for (const query of ['', 'from=noon', 'from=2020-11-23T11:59:52Z', 'from=2027-11-23T11:59:52Z']) assert.equal((await ask(`/demo/live/recording.m3u8?${query}`))!.status, 400, query)
  })

  it('shows the way to the demo', async () => {
    for (const path of ['/', '/demo']) assert.equal((await ask(path))!.headers.get('location'), 'demo/')
  })

  it('leaves every other path to the endpoint, and the demo with it when there is none', async () => {
    for (const path of ['/v1/demo/config', '/healthz', '/distance', '/demolition']) assert.equal(await ask(path), undefined)
    for (const path of ['/', '/demo/', '/demo']) assert.equal(await ask(path, { demo: false }), undefined)
    assert.equal((await ask('/dist/kanmai.css', { demo: false }))?.status, 200)
  })

  it('takes no other method', async () => {
    const answer = (await ask('/dist/kanmai.js', { method: 'POST' }))!
    assert.equal(answer.status, 405)
    assert.equal(answer.headers.get('allow'), 'GET, HEAD')
  })
})
