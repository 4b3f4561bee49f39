import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { noPostgres, startPostgres } from '../support/postgres.ts'
import { kanmai, newDirectory, serveKanmai, type Serving } from './run-kanmai.ts'

const token = 'a-token-for-this-test'
const signal = (id: string) => ({ id, type: 'click', occurredAt: '2026-11-23T14:00:00.000Z', item: 'arc-lamp', placement: 'article-end' })

async function post(url: string, ids: string[]): Promise<string[]> {
  const answer = await fetch(`${url}/v1/demo/signals`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ sentAt: '2026-11-23T14:00:00.000Z', signals: ids.map(signal) }),
  })
  return ((await answer.json()) as { accepted: string[] }).accepted
}

async function kept(url: string, secret = token): Promise<string[]> {
  const answer = await fetch(`${url}/v1/demo/signals?limit=1000`, { headers: { authorization: `Bearer ${secret}` } })
  assert.equal(answer.status, 200)
  return ((await answer.json()) as { signals: { id: string }[] }).signals.map(({ id }) => id).sort()
}

describe('kanmai serve', () => {
  const home = newDirectory()
  const data = join(home, 'data')
  after(() => rmSync(home, { recursive: true, force: true }))

  it('says one line when it is ready, keeps its token, and gives the directory back', async () => {
    const serving = await serveKanmai(['--demo', '--data', data])
    const said = /Token of the publisher demo: (\S+)/.exec(serving.stderr())?.[1]
    assert.equal(readFileSync(join(data, 'token'), 'utf8').trim(), said)
    assert.equal(statSync(join(data, 'token')).mode & 0o077, 0)
    assert.deepEqual(await kept(serving.url, said), [])
    assert.deepEqual(await post(serving.url, ['one']), ['one'])
    const { code, stdout } = await serving.stop('SIGTERM')
    assert.equal(code, 0)
    assert.equal(stdout, `Kanmai ready at ${serving.url}\n`)
    assert.ok(!existsSync(join(data, 'kanmai.lock')))
  })

  describe('started again, with a token', () => {
    let serving: Serving
    before(async () => {
      serving = await serveKanmai(['--demo', '--data', data], { env: { KANMAI_TOKEN: token } })
    })
    after(() => serving.stop('SIGKILL'))

    it('has its data, and takes the token without saying it', async () => {
      assert.deepEqual(await kept(serving.url), ['one'])
      assert.doesNotMatch(serving.stderr(), new RegExp(token))
    })

    it('is not harmed by a second process on its directory, which refuses', async () => {
      const second = await kanmai(['serve', '--demo', '--data', data], { env: { PORT: '0' } })
      assert.equal(second.code, 1)
      assert.equal(second.stdout, '')
      assert.match(second.stderr, new RegExp(`in use by process ${serving.pid}, which listens at ${serving.url}\\.`))
      assert.deepEqual(await post(serving.url, ['two']), ['two'])
    })

    it('has its port alone: another one says so, and leaves no lock behind', async () => {
      const other = join(home, 'other')
      const second = await kanmai(['serve', '--data', other, '--port', new URL(serving.url).port])
      assert.equal(second.code, 1)
      assert.match(second.stderr, /^Port \d+ on 127\.0\.0\.1 is in use\. Choose another/)
      assert.ok(!existsSync(join(other, 'kanmai.lock')))
    })

    it('makes a publisher by PUT with that token', async () => {
      const put = (secret: string) =>
        fetch(`${serving.url}/v1/herald/config`, { method: 'PUT', headers: { authorization: `Bearer ${secret}` }, body: JSON.stringify({ public: {}, token: 'herald-token' }) })
      assert.equal((await put('guessed')).ok, false)
      assert.equal((await put(token)).status, 201)
      assert.equal((await fetch(`${serving.url}/v1/herald/config`)).status, 200)
    })
  })

  it('ends live streams and a request under way before it goes, and has kept all after a kill before', async () => {
    const serving = await serveKanmai(['--demo', '--data', data])
    assert.deepEqual(await kept(serving.url), ['one', 'two'])
    const stream = await fetch(`${serving.url}/v1/demo/live/room-1`)
    assert.match(stream.headers.get('content-type')!, /^text\/event-stream/)
    const ending = stream.text()

    // A batch whose second half is sent after the signal.
    const body = JSON.stringify({ signals: [signal('late')] })
    const socket = connect(Number(new URL(serving.url).port), '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => (answer += chunk))
    socket.write(`POST /v1/demo/signals HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 20)}`)
    // The endpoint has seen the first half when it answers a request that came after it.
    await (await fetch(`${serving.url}/healthz`)).text()
    serving.child.kill('SIGTERM')
    await ending
    socket.write(body.slice(20))
    await once(socket, 'close')
    assert.match(answer, /^HTTP\/1\.1 200 [^]*"accepted":\["late"\]/)
    assert.equal((await serving.ended).code, 0)
  })

  it('serves the publishers of a file without the demo, and ends at once at the second signal', async () => {
    const file = join(home, 'publishers.json')
    const publishers = [
      { key: 'gazette', token: { env: 'GAZETTE_TOKEN' }, public: { locale: 'zh-CN', placements: { end: { layout: 'grid' } } } },
      { key: 'courier', token: 'courier-token' },
    ]
    writeFileSync(file, JSON.stringify({ publishers }))
    const serving = await serveKanmai(['--config', file, '--data', data], { env: { GAZETTE_TOKEN: 'gazette-token' } })
    const config = await (await fetch(`${serving.url}/v1/gazette/config`)).json()
    assert.deepEqual(config, { publisher: 'gazette', locale: 'zh-CN', placements: { end: { layout: 'grid' } } })
    const asked = async (key: string, secret: string) => (await fetch(`${serving.url}/v1/${key}/report`, { headers: { authorization: `Bearer ${secret}` } })).status
    assert.equal(await asked('gazette', 'gazette-token'), 200)
    assert.equal(await asked('courier', 'gazette-token'), 401)
    assert.equal((await fetch(`${serving.url}/demo/`)).status, 404)
    assert.ok((await kept(serving.url)).includes('late'))

    const socket = connect(Number(new URL(serving.url).port), '127.0.0.1')
    socket.on('error', () => {})
    socket.write('POST /v1/gazette/signals HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{')
    await (await fetch(`${serving.url}/healthz`)).text()
    const stopping = new Promise<void>((resolve) => serving.child.stderr!.on('data', (chunk) => String(chunk).includes('Stopping') && resolve()))
    serving.child.kill('SIGINT')
    await stopping
    assert.equal((await serving.stop('SIGINT')).code, 130)
  })
})

const postgres = await startPostgres()
after(() => postgres?.stop())

describe('kanmai serve in trouble', () => {
  const home = newDirectory()
  after(() => rmSync(home, { recursive: true, force: true }))

  it('goes on when its log cannot be written, as on a full disk', { skip: !existsSync('/dev/full') && 'there is no /dev/full' }, async () => {
    const serving = await serveKanmai(['--demo', '--data', join(home, 'log')], { env: { KANMAI_TOKEN: token }, stderr: '/dev/full' })
    assert.deepEqual(await post(serving.url, ['one']), ['one'])
    assert.equal((await serving.stop()).code, 0)
  })

  it('lets requests finish after an error that nobody expected, says it, and ends with 1', async () => {
    const fault = `import { isMainThread } from 'node:worker_threads'; if (isMainThread) process.on('SIGUSR2', () => { throw new Error('boom') })`
    const serving = await serveKanmai(['--demo', '--data', join(home, 'fault')], { env: { KANMAI_TOKEN: token, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}` } })
    assert.deepEqual(await post(serving.url, ['one']), ['one'])
    const { code, stderr } = await serving.stop('SIGUSR2')
    assert.equal(code, 1)
    assert.match(stderr, /An unexpected error, so the endpoint stops: Error: boom/)
    assert.ok(!existsSync(join(home, 'fault', 'kanmai.lock')))
  })
})

describe('kanmai serve on PostgreSQL', { skip: !postgres && noPostgres }, () => {
  const home = newDirectory()
  after(() => rmSync(home, { recursive: true, force: true }))

  it('answers as on the embedded store, and keeps its data without a file of it', async () => {
    const env = { DATABASE_URL: postgres!.createDatabase(), KANMAI_TOKEN: token, KANMAI_DATA: join(home, 'first') }
    const first = await serveKanmai(['--demo'], { env })
    assert.deepEqual(await post(first.url, ['one', 'two', 'one']), ['one', 'two'])
    await first.stop('SIGKILL')
    const second = await serveKanmai(['--demo'], { env: { ...env, KANMAI_DATA: join(home, 'second') } })
    assert.deepEqual(await kept(second.url), ['one', 'two'])
    assert.equal((await fetch(`${second.url}/v1/demo/config`)).status, 200)
    assert.ok(!existsSync(join(home, 'second', 'store')))
    assert.equal((await second.stop()).code, 0)
  })

  it('says that the database cannot be reached, without its password', async () => {
    const env = { DATABASE_URL: 'postgres://kanmai:very-secret@127.0.0.1:1/none', PORT: '0', KANMAI_DATA: join(home, 'third') }
    const { code, stderr } = await kanmai(['serve'], { env })
    assert.equal(code, 1)
    assert.match(stderr, /^The database that DATABASE_URL names cannot be opened: /)
    assert.doesNotMatch(stderr, /very-secret/)
  })
})
