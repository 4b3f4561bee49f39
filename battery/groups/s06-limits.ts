import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { removeData, startEndpoint } from '../../test/support/start-endpoint.ts'
import type { BatteryGroup, BatteryRow } from '../battery.ts'
import { memoryOf, startBystander, type Bystander } from '../support/bystander.ts'
import { speak, type RawAnswer } from '../support/raw-socket.ts'

const mostMs = 1_000
/** Connections that stay open after their answer are listened to for so long: a second answer would be a smuggled one. */
const answerMs = 1_500
const atOnce = 4
const mostMegabytes = 768
const to = 'POST /v1/demo/signals HTTP/1.1\r\nHost: x\r\n'
const empty = '{"signals":[]}'
const ask = (more = '') => `GET /v1/demo/config HTTP/1.1\r\nHost: x\r\n${more}\r\n`

/** A whole request, and the statuses that may answer it; 0 is a connection closed without one. */
interface Shape {
  name: string
  pieces: (string | Uint8Array | number)[]
  expect: number[]
}

function sent(name: string, body: string | Uint8Array, expect: number[], headers = ''): Shape {
  const bytes = Buffer.from(body as string)
  return { name, pieces: [`${to}Content-Length: ${bytes.length}\r\n${headers}\r\n`, bytes], expect }
}

const nested = (levels: number) => `{"signals":[],"x":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`
const keys = (count: number) => JSON.stringify({ signals: [], ...Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, 0])) })
const padded = (bytes: number) => empty + ' '.repeat(bytes - empty.length)
const signal = (text: string) => `{"signals":[{"id":"odd","type":"impression","occurredAt":"2026-11-23T12:00:00Z","item":${text}}]}`

const bodies: Shape[] = [
  ...[1, 2, 13, 1_000, 100_000, 1_000_000].map((bytes) => sent(`${bytes} B of nonsense`, 'x'.repeat(bytes), [400])),
  sent('1,000,000 B', padded(1_000_000), [200]),
  ...[1_000_001, 10_000_000].map((bytes) => sent(`${bytes} B`, padded(bytes), [413])),
  { name: '10 MB in pieces without a length', pieces: [`${to}Transfer-Encoding: chunked\r\n\r\n`, ...Array.from({ length: 100 }, () => `186a0\r\n${' '.repeat(100_000)}\r\n`), '0\r\n\r\n'], expect: [413] },
  sent('64 levels', nested(64), [200]),
  ...[65, 1_000, 200_000].map((levels) => sent(`${levels} levels`, nested(levels), [400])),
  sent('450,000 brackets that open', `{"signals":${'['.repeat(450_000)}`, [400]),
  sent('100,000 keys', keys(100_000).slice(0, 999_000), [200, 400]),
  sent('60,000 keys', keys(60_000), [200]),
  sent('a signal of 10,000 fields', `{"signals":[${keys(10_000)}]}`, [200]),
  sent('gzip bomb, 10 KB to 10 MB', gzipSync(Buffer.alloc(10_000_000, 32)), [415], 'Content-Encoding: gzip\r\n'),
  sent('br', Buffer.alloc(100), [415], 'Content-Encoding: br\r\n'),
  sent('two encodings', Buffer.alloc(100), [415], 'Content-Encoding: gzip, gzip\r\n'),
  sent('invalid UTF-8', Buffer.concat([Buffer.from('{"signals":[],"x":"'), Buffer.from([0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80]), Buffer.from('"}')]), [200, 400]),
  sent('NUL bytes', Buffer.alloc(1_000), [400]),
  sent('NUL and half a character in a field', signal('"a\\u0000b\\ud800"'), [200]),
  sent('numbers past all bounds', signal('1e999'), [200]),
  sent('__proto__', '{"signals":[],"__proto__":{"signals":[1]}}', [200]),
]

const shapes: Shape[] = [
  { name: 'HTTP/1.0 with a host', pieces: ['GET /v1/demo/config HTTP/1.0\r\nHost: x\r\n\r\n'], expect: [200] },
  { name: 'HTTP/1.0 without', pieces: ['GET /v1/demo/config HTTP/1.0\r\n\r\n'], expect: [400] },
  { name: 'no host', pieces: ['GET /v1/demo/config HTTP/1.1\r\n\r\n'], expect: [400] },
  { name: 'two hosts', pieces: [ask('Host: y\r\n')], expect: [200, 400] },
  ...[
    `Content-Length: 14\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`,
    `Transfer-Encoding: chunked\r\nContent-Length: 14\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`,
    `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
    `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
    `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
    `Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n`,
    `Content-Length: 14\r\nContent-Length: 15\r\n\r\n${empty}`,
    `Content-Length: -1\r\n\r\n${empty}`,
    `Content-Length: +14\r\n\r\n${empty}`,
    `Content-Length: 0x0e\r\n\r\n${empty}`,
    `Content-Length: 1 4\r\n\r\n${empty}`,
    `Content-Length: 99999999999999999999999\r\n\r\n${empty}`,
    `Transfer-Encoding: chunked\r\n\r\nzz\r\n${empty}\r\n0\r\n\r\n`,
    `Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n{`,
    `Transfer-Encoding: chunked\r\n\r\n-1\r\n{\r\n0\r\n\r\n`,
  ].map((rest): Shape => ({ name: rest.split('\r\n')[0]!.slice(0, 50), pieces: [to + rest], expect: [400] })),
  { name: 'a length of a terabyte', pieces: [`${to}Content-Length: 1000000000000\r\n\r\n{`], expect: [413] },
  { name: 'a chunk extension of 50 KB', pieces: [`${to}Transfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(50_000)}\r\n{\r\n0\r\n\r\n`], expect: [400, 413] },
  { name: 'NUL in the path', pieces: ['GET /v1/\0/x HTTP/1.1\r\nHost: x\r\n\r\n'], expect: [400] },
  { name: 'NUL in a header', pieces: [ask('X: a\0b\r\n')], expect: [400] },
  { name: 'bare line feeds', pieces: ['GET /healthz HTTP/1.1\nHost: x\n\n'], expect: [400] },
  { name: 'a header that folds', pieces: [ask('X: a\r\n b\r\n')], expect: [200, 400] },
  { name: 'a host that is none', pieces: ['GET /healthz HTTP/1.1\r\nHost: a b@c/..\r\n\r\n'], expect: [400] },
  { name: 'bad per cents', pieces: ['GET /v1/%ff%zz/config HTTP/1.1\r\nHost: x\r\n\r\n'], expect: [400, 404] },
  { name: 'half a character in the path', pieces: ['GET /v1/demo/go/%ed%a0%80 HTTP/1.1\r\nHost: x\r\n\r\n'], expect: [400, 404] },
  { name: 'NUL in the query', pieces: ['GET /v1/demo/items?ids=%00 HTTP/1.1\r\nHost: x\r\n\r\n'], expect: [400] },
  { name: 'an address of 20 KB', pieces: [`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`], expect: [414, 431] },
  { name: 'headers of 40 KB', pieces: [ask(`X: ${'a'.repeat(40_000)}\r\n`)], expect: [431] },
  { name: 'a header of 20 KB in pieces', pieces: ['GET / HTTP/1.1\r\nHost: x\r\n', ...Array.from({ length: 20 }, (_, n) => `X${n}: ${'a'.repeat(1_000)}\r\n`), '\r\n'], expect: [431] },
  { name: 'CONNECT', pieces: ['CONNECT a:80 HTTP/1.1\r\nHost: x\r\n\r\n'], expect: [0, 400, 405] },
  { name: 'TRACE', pieces: ['TRACE /v1/demo/config HTTP/1.1\r\nHost: x\r\n\r\n'], expect: [400, 404, 405] },
  { name: 'HTTP/2', pieces: ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'], expect: [400] },
  { name: 'TLS', pieces: [Buffer.from('16030100a5010000a10303', 'hex')], expect: [400] },
  { name: 'noise', pieces: [Buffer.alloc(200, 0xff)], expect: [400] },
]

const isExpected = ({ statuses }: RawAnswer, { expect }: Shape) => (statuses.length ? statuses.length === 1 && expect.includes(statuses[0]!) : expect.includes(0))

export const group: BatteryGroup = {
  id: 'S6',
  title: 'Requests past all limits',
  pass: `what is complete is answered, as expected, within ${mostMs / 1000} s; memory stays below ${mostMegabytes} MB; nobody else is refused meanwhile`,
  async *run({ full, say }) {
    // The first start makes the store; what is measured is an endpoint as it runs on.
    const made = await startEndpoint()
    await made.stop()
    const endpoint = await startEndpoint({ data: made.data, env: { TRUST_PROXY: '1', KANMAI_LIMITS: '{"impressionBatches":100000,"actBatches":100000}' } })
    const port = Number(new URL(endpoint.url).port)
    const bystander = startBystander(endpoint.url)

    async function table(fault: string, list: Shape[]): Promise<BatteryRow> {
      const wrong: string[] = []
      const times: number[] = []
      const tryOne = async (shape: Shape): Promise<void> => {
        const answer = await speak(port, shape.pieces, answerMs)
        times.push(answer.ms)
        if (!isExpected(answer, shape)) wrong.push(`${shape.name}: ${answer.statuses.join(' ') || 'no answer'}`)
        else if (!(answer.ms <= mostMs)) wrong.push(`${shape.name}: ${answer.ms.toFixed(0)} ms`)
      }
      // A few at once: it is listening for a second answer that takes the time.
      for (let first = 0; first < list.length; first += atOnce) await Promise.all(list.slice(first, first + atOnce).map(tryOne))
      return judged(fault, list.length, wrong, times, bystander, endpoint.pid)
    }
    yield await table('bodies: sizes, nesting, keys, compression, characters', bodies)
    yield await table('shapes of HTTP: lengths, encodings, hosts, headers, other protocols', shapes)

    yield await slowRow('200 connections that dribble headers, 200 that dribble a body', 400, port, bystander, endpoint.pid, say)

    {
      const answers = await Promise.all(Array.from({ length: 20 }, () => speak(port, [ask().repeat(500)], 5 * answerMs, 500)))
      const got = answers.reduce((sum, it) => sum + it.statuses.filter((status) => status === 200).length, 0)
      yield await judged('500 pipelined requests on each of 20 connections', 20, got === 10_000 ? [] : [`${got} of 10000 answered`], [], bystander, endpoint.pid)
    }
    {
      const answers = await Promise.all(Array.from({ length: full ? 200 : 100 }, () => speak(port, sent('', padded(10_000_000), []).pieces, 15_000)))
      const odd = answers.filter((it) => it.statuses[0] !== 413)
      yield await judged('10 MB bodies at once', answers.length, odd.length ? [`${odd.length} not answered 413`] : [], [], bystander, endpoint.pid)
    }
    {
      const before = memoryOf(endpoint.pid).now
      const wrong = new Set<number>()
      for (let first = 0; first < 10_000; first += 500) {
        const piece = Array.from({ length: 500 }, (_, n) => ask(`X-Forwarded-For: 10.${(first + n) >> 8}.${(first + n) & 255}.1\r\n`)).join('')
        for (const status of (await speak(port, [piece], 3_000, 500)).statuses) if (status !== 200) wrong.add(status)
      }
      const grown = memoryOf(endpoint.pid).now - before
      yield await judged(`10,000 networks in the limiter (${grown.toFixed(0)} MB more)`, 10_000, [...wrong].map((it) => `answered ${it}`), [], bystander, endpoint.pid)
    }
    {
      const readers = Array.from({ length: full ? 400 : 200 }, () => {
        const socket = connect(port, '127.0.0.1').on('error', () => {})
        socket.pause()
        for (const path of ['/dist/kanmai.iife.js', '/v1/demo/media/film-01/cues']) socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
        return socket
      })
      await pause(8_000)
      yield await judged('readers that ask for large answers and do not read', readers.length, [], [], bystander, endpoint.pid)
      for (const socket of readers) socket.destroy()
    }
    await bystander.stop()
    await endpoint.stop()
    removeData(made.data)
  },
}

/** Holds connections open by a byte a second; all must be gone after the time that a body has. */
async function slowRow(fault: string, count: number, port: number, bystander: Bystander, pid: number, say: (line: string) => void): Promise<BatteryRow> {
  const dribble = (first: string, piece: (n: number) => string) => [first, ...Array.from({ length: 45 }, (_, n) => [1_000, piece(n)]).flat()]
  say('slow clients, 45 s')
  const answers = await Promise.all(
    Array.from({ length: count }, (_, n) =>
      speak(port, n % 2 ? dribble(`${to}Content-Length: 1000\r\n\r\n`, () => ' ') : dribble('GET / HTTP/1.1\r\n', (at) => `a${at}: b\r\n`), 45_000),
    ),
  )
  const open = answers.filter((it) => !it.closed).length
  const odd = answers.filter((it) => it.statuses[0] !== 408).length
  const wrong = [...(open ? [`${open} still open after 45 s`] : []), ...(odd ? [`${odd} without a 408`] : [])]
  return judged(fault, count, wrong, [], bystander, pid)
}

async function judged(fault: string, cases: number, wrong: string[], times: number[], bystander: Bystander, pid: number): Promise<BatteryRow> {
  const { p50, p99, asked, failed } = await bystander.take()
  const { now, most } = memoryOf(pid)
  if (asked === failed.length) wrong.push('another client got no receipt')
  else if (failed.length) wrong.push(`${failed.length} of ${asked} batches of another client: ${failed[0]}`)
  if (most > mostMegabytes) wrong.push(`${most.toFixed(0)} MB of memory`)
  const slowest = times.length ? `slowest answer ${Math.max(...times).toFixed(0)} ms; ` : ''
  const note = `${slowest}${now.toFixed(0)} MB, at most ${most.toFixed(0)}; times are another client's, to its receipts`
  return { fault, engine: 'node', cases, ...(asked > failed.length && { p50, p99 }), verdict: wrong.length ? 'missed' : 'passed', note: [...wrong.slice(0, 6), note].join('; ') }
}
