import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { noPostgres, startPostgres, type TestPostgres } from '../../test/support/postgres.ts'
import { removeData, startEndpoint, type RunningEndpoint } from '../../test/support/start-endpoint.ts'
import type { BatteryGroup, BatteryRow } from '../battery.ts'
import { compare, storedIds } from '../support/raw-store.ts'
import { post, startLoad, type ServerLoad } from '../support/server-load.ts'

/** Until an endpoint whose fault is over must work again. */
const recoveryMs = 30_000
const drainMs = 5_000

/** A small disk; undefined where none can be mounted. */
function mountDisk(megabytes: number): { path: string; resize(megabytes: number): void; unmount(): void } | undefined {
  const path = mkdtempSync(join(tmpdir(), 'kanmai-disk-'))
  const mount = (...options: string[]) => spawnSync('mount', [...options, path]).status === 0
  if (!mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs')) {
    rmSync(path, { recursive: true })
    return undefined
  }
  return {
    path,
    resize: (size) => void mount('-o', `remount,size=${size}m`),
    unmount() {
      spawnSync('umount', ['-l', path])
      rmSync(path, { recursive: true, force: true })
    },
  }
}

const noDisk: BatteryRow = { fault: 'disk full', engine: 'PGlite', cases: 0, verdict: 'measured', note: 'no small disk can be mounted here' }

/** Waits until the condition holds; false when the time is over. */
async function until(condition: () => boolean | Promise<boolean>, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(50)) if (await condition()) return true
  return false
}

/** What a load was told. */
type Books = Omit<ServerLoad, 'receipt' | 'stop'>

const count = (load: Books, what: string) => load.answers.get(what) ?? 0
const heardIn = ({ answers }: Books) => [...answers].map(([what, times]) => `${times} × ${what}`).join(', ')

/** What was receipted against what is there, and what else was wrong. */
async function judge(fault: string, engine: string, cases: number, loads: readonly Books[], place: Parameters<typeof storedIds>[0], wrong: string[], note: string): Promise<BatteryRow> {
  const { accepted, stored, missing, twice } = compare(new Set(loads.flatMap((it) => [...it.receipted])), await storedIds(place))
  if (missing.length || twice) wrong.push(`${missing.length} missing, ${twice} twice`)
  if (loads.some((it) => it.impolite)) wrong.push('a 503 without Retry-After')
  if (!accepted) wrong.push('nothing was receipted')
  return { fault, engine, cases, accepted, stored, unexplained: missing.length, verdict: wrong.length ? 'missed' : 'passed', note: [...wrong, note].join('; ') }
}

/** The disk fills up under load; later there is room again. */
async function fullDisk(megabytes: number): Promise<BatteryRow> {
  const disk = mountDisk(megabytes)
  if (!disk) return noDisk
  try {
    const data = join(disk.path, 'data')
    const endpoint = await startEndpoint({ data })
    const load = startLoad(endpoint.url, { name: 'full', batchesPerSecond: 60, signals: 100, ballast: 900 })
    const wrong: string[] = []
    if (!(await until(() => count(load, '503') > 50, 60_000))) wrong.push('the disk did not fill')
    const alive = await fetch(`${endpoint.url}/dist/kanmai.css`).then((answer) => answer.ok, () => false)
    if (!alive) wrong.push('it answered nothing more')
    disk.resize(megabytes + 300)
    const before = count(load, '200')
    const began = Date.now()
    let how = ''
    if (await until(() => count(load, '200') > before + 10, recoveryMs)) how = `works again after ${((Date.now() - began) / 1_000).toFixed(1)} s`
    else wrong.push('it did not work again')
    await load.stop()
    await endpoint.stop()
    return await judge(`disk of ${megabytes} MB full under load, then larger`, 'PGlite', 1, [load], { data }, wrong, `${heardIn(load)}; ${how}`)
  } finally {
    disk.unmount()
  }
}

/** No room for a store at the first start. */
async function fullAtStart(): Promise<BatteryRow> {
  const fault = 'disk full at the very first start, then larger'
  const disk = mountDisk(20)
  if (!disk) return noDisk
  try {
    const data = join(disk.path, 'data')
    const sentence = await startEndpoint({ data }).then(
      async (endpoint) => (await endpoint.stop(), 'it started'),
      (error: Error) => error.message,
    )
    disk.resize(300)
    const again = await startEndpoint({ data }).then(
      async (endpoint) => (await endpoint.stop(), true),
      () => false,
    )
    const said = sentence.trim().split('\n').at(-1)!
    const fine = again && /No space left|ENOSPC/.test(said)
    return { fault, engine: 'PGlite', cases: 1, verdict: fine ? 'passed' : 'missed', note: `${said}; ${again ? 'the next start works' : 'the next start fails'}` }
  } finally {
    disk.unmount()
  }
}

/** More connections than there are files. */
async function noFiles(): Promise<BatteryRow> {
  const openFiles = 400
  const endpoint = await startEndpoint({ openFiles })
  const load = startLoad(endpoint.url, { name: 'files', batchesPerSecond: 20 })
  await pause(1_000)
  const sockets = Array.from({ length: 1_000 }, () => connect(Number(new URL(endpoint.url).port), '127.0.0.1').on('error', () => {}))
  await pause(5_000)
  const held = sockets.filter((it) => !it.destroyed && it.readyState === 'open').length
  for (const socket of sockets) socket.destroy()
  const before = count(load, '200')
  const wrong = (await until(() => count(load, '200') > before + 10, recoveryMs)) ? [] : ['it did not work again']
  await load.stop()
  await endpoint.stop()
  const row = await judge(`1,000 connections where ${openFiles} files may be open`, 'PGlite', 1, [load], { data: endpoint.data }, wrong, `${held} connections were held; ${heardIn(load)}`)
  removeData(endpoint.data)
  return row
}

/** Asked to stop with much in flight. */
async function terminated(cases: number): Promise<BatteryRow> {
  const inFlight = 200
  const data = mkdtempSync(join(tmpdir(), 'kanmai-battery-'))
  const wrong: string[] = []
  const receipted = new Set<string>()
  const answers = new Map<string, number>()
  const times: number[] = []
  for (let round = 0; round < cases; round++) {
    const endpoint = await startEndpoint({ data })
    const streams = await Promise.all(Array.from({ length: 50 }, () => fetch(`${endpoint.url}/v1/demo/live/live-01`)))
    const slow = connect(Number(new URL(endpoint.url).port), '127.0.0.1').on('error', () => {})
    slow.write('POST /v1/demo/signals HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{')
    const batches = Array.from({ length: inFlight }, (_, n) =>
      Array.from({ length: 50 }, (_, at) => ({ id: `t${round}x${n}x${at}`, type: 'impression', occurredAt: new Date().toISOString() })),
    )
    const posts = batches.map((signals) => post(`${endpoint.url}/v1/demo/signals`, JSON.stringify({ signals })))
    await pause(round * 20)
    const began = performance.now()
    const code = await endpoint.stop()
    times.push(performance.now() - began)
    if (code !== 0) wrong.push(`it ended with ${code}`)
    slow.destroy()
    for (const { body } of streams) await body?.cancel().catch(() => {})
    for (const { what, body } of await Promise.all(posts)) {
      answers.set(what, (answers.get(what) ?? 0) + 1)
      if (what === '200') for (const id of (JSON.parse(body) as { accepted: string[] }).accepted) receipted.add(id)
    }
  }
  const longest = Math.max(...times)
  // Draining and closing the store come one after the other.
  if (longest > drainMs + 1_000) wrong.push(`stopping took ${longest.toFixed(0)} ms`)
  const heard = [...answers].map(([what, times]) => `${times} × ${what}`).join(', ')
  const load = { receipted, answers, impolite: 0, delays: [] }
  const row = await judge(`SIGTERM with ${inFlight} batches in flight, 50 live streams and a slow body`, 'PGlite', cases, [load], { data }, wrong, `${heard}; stopped in at most ${(longest / 1_000).toFixed(1)} s`)
  removeData(data)
  return row
}

/** Resolves when the words are in the stream, or with false when it ended without them. */
async function hears(stream: Response, words: string): Promise<boolean> {
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!text.includes(words)) {
    const { done, value } = await reader.read()
    if (done) return false
    text += value
  }
  await reader.cancel()
  return true
}

const say = ({ url, token }: RunningEndpoint, id: string) =>
  fetch(`${url}/v1/demo/live/live-01/cues`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: JSON.stringify({ id, item: 'arc-lamp' }) })

/** The database crashes under load, and comes back. */
async function databaseGone(postgres: TestPostgres, cases: number): Promise<BatteryRow> {
  const databaseUrl = postgres.createDatabase()
  const endpoint = await startEndpoint({ env: { DATABASE_URL: databaseUrl } })
  const load = startLoad(endpoint.url, { name: 'gone', batchesPerSecond: 50 })
  const wrong: string[] = []
  const stream = await fetch(`${endpoint.url}/v1/demo/live/live-01`)
  const heard = hears(stream, '"after-it"')
  for (let n = 0; n < cases; n++) {
    await pause(1_000)
    const before = count(load, '503')
    await postgres.crash(500)
    if (count(load, '503') === before) wrong.push('no 503 while it was gone')
    const kept = count(load, '200')
    if (!(await until(() => count(load, '200') > kept + 10, recoveryMs))) wrong.push('it did not work again')
  }
  if (!(await until(async () => (await say(endpoint, 'after-it')).ok, recoveryMs))) wrong.push('no live cue was taken again')
  if (!(await Promise.race([heard, pause(recoveryMs, false)]))) wrong.push('the live room heard nothing any more')
  await load.stop()
  await endpoint.stop()
  removeData(endpoint.data)
  return judge('the database crashes under load and comes back, a live room open', 'PostgreSQL', cases, [load], { databaseUrl }, wrong, heardIn(load))
}

export const group: BatteryGroup = {
  id: 'S4',
  title: 'What runs out, and what is asked to stop',
  pass: `no receipt without a row; 503 with Retry-After meanwhile; works again within ${recoveryMs / 1_000} s, or says so and a start does; stops within ${drainMs / 1_000} s of draining`,
  async *run({ full }) {
    for (const megabytes of full ? [72, 80, 88, 96, 112, 140] : [80, 96]) yield await fullDisk(megabytes)
    yield await fullAtStart()
    yield await noFiles()
    yield await terminated(full ? 12 : 3)
    const postgres = await startPostgres({ fsync: true })
    if (!postgres) {
      yield { fault: 'the database crashes under load', engine: 'PostgreSQL', cases: 0, verdict: 'measured', note: noPostgres }
      return
    }
    try {
      yield await databaseGone(postgres, full ? 12 : 3)
    } finally {
      await postgres.stop()
    }
  },
}
