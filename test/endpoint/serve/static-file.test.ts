import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { readRange, staticFile } from '../../../src/endpoint/serve/static-file.ts'

const film = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 251))

describe('staticFile', () => {
  let directory: string
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'kanmai-static-'))
    writeFileSync(join(directory, 'film.webm'), film)
    writeFileSync(join(directory, 'page.html'), '<p>看买</p>'.repeat(100))
    writeFileSync(join(directory, 'empty.txt'), '')
    utimesSync(join(directory, 'film.webm'), 1_700_000_000, 1_700_000_000.5)
  })
  after(() => rmSync(directory, { recursive: true }))

  const ask = async (name: string, headers: Record<string, string> = {}, method = 'GET') => {
    const answer = await staticFile(new Request('http://localhost/', { method, headers }), join(directory, name), { 'cache-control': 'no-cache' })
    return answer!
  }
  const bytes = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

  it('answers the whole file with its type, size and validators', async () => {
    const answer = await ask('film.webm')
    assert.equal(answer.status, 200)
    assert.deepEqual(await bytes(answer), film)
    const headers = Object.fromEntries(answer.headers)
    assert.equal(headers['content-type'], 'video/webm')
    assert.equal(headers['content-length'], '1000')
    assert.equal(headers['accept-ranges'], 'bytes')
    assert.equal(headers['cache-control'], 'no-cache')
    assert.equal(headers['last-modified'], 'Tue, 14 Nov 2023 22:13:20 GMT')
  })

  for (const [range, start, end] of [
    ['bytes=0-0', 0, 0],
    ['bytes=100-199', 100, 199],
    ['bytes=900-', 900, 999],
    ['bytes=-10', 990, 999],
    ['bytes=990-5000', 990, 999],
    ['bytes=-5000', 0, 999],
  ] as const) {
    it(`answers the part ${range}`, async () => {
      const answer = await ask('film.webm', { range })
      assert.equal(answer.status, 206)
      assert.equal(answer.headers.get('content-range'), `bytes ${start}-${end}/1000`)
      assert.equal(answer.headers.get('content-length'), `${end - start + 1}`)
      assert.deepEqual(await bytes(answer), film.subarray(start, end + 1))
    })
  }

  for (const range of ['bytes=1000-', 'bytes=1000-2000', 'bytes=-0']) {
    it(`says of ${range} that it lies outside`, async () => {
      const answer = await ask('film.webm', { range })
      assert.equal(answer.status, 416)
      assert.equal(answer.headers.get('content-range'), 'bytes */1000')
    })
  }

  for (const range of ['bytes=0-1,5-6', 'items=0-1', 'bytes=-', 'bytes=9-3', 'bytes=a-b', 'nonsense']) {
    it(`answers the whole file to ${range}`, async () => {
      assert.equal((await ask('film.webm', { range })).status, 200)
    })
  }

  it('answers a part only of the file that was meant', async () => {
    const first = await ask('film.webm')
    const meant = (condition: string) => ask('film.webm', { range: 'bytes=0-1', 'if-range': condition })
    assert.equal((await meant(first.headers.get('etag')!)).status, 206)
    assert.equal((await meant(first.headers.get('last-modified')!)).status, 206)
    assert.equal((await meant('"another"')).status, 200)
  })

  it('is not sent again to who has it', async () => {
    const first = await ask('film.webm')
    const again = await ask('film.webm', { 'if-none-match': `"other", ${first.headers.get('etag')}` })
    assert.equal(again.status, 304)
    assert.equal((await bytes(again)).length, 0)
    assert.equal((await ask('film.webm', { 'if-modified-since': first.headers.get('last-modified')! })).status, 304)
    assert.equal((await ask('film.webm', { 'if-none-match': '"other"', 'if-modified-since': first.headers.get('last-modified')! })).status, 200)
  })

  it('compresses text, under a tag of its own', async () => {
    const plain = await ask('page.html')
    const zipped = await ask('page.html', { 'accept-encoding': 'gzip, br' })
    assert.equal(zipped.headers.get('content-encoding'), 'gzip')
    assert.equal(zipped.headers.get('vary'), 'Accept-Encoding')
    assert.notEqual(zipped.headers.get('etag'), plain.headers.get('etag'))
    const body = await bytes(zipped)
    assert.equal(zipped.headers.get('content-length'), `${body.length}`)
    assert.deepEqual(gunzipSync(body), await bytes(plain))
    assert.equal((await ask('film.webm', { 'accept-encoding': 'gzip' })).headers.get('content-encoding'), null)
  })

  it('sends the new state of a file that has changed', async () => {
    const path = join(directory, 'changing.css')
    writeFileSync(path, 'a{}')
    const first = await ask('changing.css', { 'accept-encoding': 'gzip' })
    writeFileSync(path, 'a{color:red}')
    const second = await ask('changing.css', { 'accept-encoding': 'gzip', 'if-none-match': first.headers.get('etag')! })
    assert.equal(gunzipSync(await bytes(second)).toString(), 'a{color:red}')
  })

  it('answers HEAD as GET without the body', async () => {
    const head = await ask('film.webm', {}, 'HEAD')
    assert.equal(head.headers.get('content-length'), '1000')
    assert.equal(head.body, null)
  })

  it('answers an empty file', async () => {
    const answer = await ask('empty.txt')
    assert.equal(answer.status, 200)
    assert.equal((await bytes(answer)).length, 0)
  })

  it('has nothing to say of folders and of files that are not there', async () => {
    assert.equal(await ask('nothing.js'), undefined)
    assert.equal(await ask('.'), undefined)
  })
})

describe('readRange', () => {
  it('never leaves the file', () => {
    fc.assert(
      fc.property(fc.option(fc.nat(3000)), fc.option(fc.nat(3000)), fc.nat(2000), (first, last, size) => {
        const range = readRange(`bytes=${first ?? ''}-${last ?? ''}`, size)
        if (range === undefined || range === 'none') return
        assert.ok(range.start >= 0 && range.start <= range.end && range.end < size)
      }),
    )
  })
})
