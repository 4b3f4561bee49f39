// How fast a pin reaches a thousand viewers, beside a bare node server that writes the same bytes to as many connections.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import puppeteer from 'puppeteer-core'
import { chromiumArgs, findChromium } from '../test/support/engines.mjs'
import { removeData, startEndpoint } from '../test/support/start-endpoint.ts'
import { median, percentile, printTable, type BenchTable } from './table.ts'

const viewers = 1_000
const pins = 20
const pagePins = 50

export async function bench(): Promise<BenchTable> {
  const endpoint = await startEndpoint({ env: { KANMAI_LIMITS: JSON.stringify({ streams: 3 * viewers, streamsPerAddress: 3 * viewers }) } })
  try {
    const post = async (id: string) => {
      const body = JSON.stringify({ id, item: 'kettle', at: { x: 0.5, y: 0.5 } })
      const headers = { authorization: `Bearer ${endpoint.token}` }
      const answer = await fetch(`${endpoint.url}/v1/demo/live/bench/cues`, { method: 'POST', headers, body })
      if (!answer.ok) throw new Error(await answer.text())
    }
    const room = `${endpoint.url}/v1/demo/live/bench`
    // One viewer first: what the endpoint loads for its first stream is not a viewer's.
    const one = await openCrowd(room, 1)
    const before = await memoryOf(endpoint.pid)
    const crowd = await openCrowd(room)
    const idle = await memoryOf(endpoint.pid)
    one.stop()
    const own = await round(crowd, post)
    const busy = await memoryOf(endpoint.pid)
    crowd.stop()

    const floor = await openFloor()
    const bareCrowd = await openCrowd(floor.url)
    // What the endpoint sends for one pin, to the byte.
    const bare = await round(bareCrowd, (id) => floor.say(own.example.replaceAll('pin-0', id)))
    bareCrowd.stop()
    floor.stop()

    const alone = await inChromium(endpoint.url, endpoint.token, 'bench-page')
    const others = await openCrowd(`${endpoint.url}/v1/demo/live/bench-crowd`)
    const among = await inChromium(endpoint.url, endpoint.token, 'bench-crowd')
    others.stop()
    const line = (what: string, values: number[], ratio: string) => [what, median(values).toFixed(1), percentile(values, 99).toFixed(1), ratio]
    const parts = (a: number[], b: number[]) => `${(median(a) / median(b)).toFixed(2)} · ${(percentile(a, 99) / percentile(b, 99)).toFixed(2)}`
    return {
      title: `Live room: a pin to ${viewers} viewers on one process`,
      columns: ['way', 'p50 ms', 'p99 ms', 'of the floor (p50 · p99)'],
      rows: [
        line('pin sent → last byte at a viewer', own.latencies, parts(own.latencies, bare.latencies)),
        line('the floor: bare node:http, same bytes', bare.latencies, '1'),
        line(`pin sent → marker on a page in Chromium, among ${viewers} other viewers`, among, parts(among, bare.latencies)),
        line('pin sent → marker on a page in Chromium, alone', alone, parts(alone, bare.latencies)),
      ],
      notes: [
        `${pins} pins, one after the other; viewers are sockets of another process on this machine.`,
        `Memory of the endpoint's process: ${before.toFixed(0)} MB; with ${viewers} viewers ${idle.toFixed(0)}, ${kilobytes(idle - before)} KB each; after their ${pins} pins ${busy.toFixed(0)}.`,
        `The page: ${pagePins} pins, a film at rest under it, from before the POST to the first frame with the marker.`,
        'The floor stores nothing: it lacks the transaction, the notice and the item that a pin goes through.',
      ],
    }
  } finally {
    await endpoint.stop()
    removeData(endpoint.data)
  }
}

const kilobytes = (megabytes: number) => ((megabytes * 1024) / viewers).toFixed(0)

/** What a process holds in memory (its resident set) once it has been at rest for a moment, in MB. */
async function memoryOf(pid: number): Promise<number> {
  await pause(3000)
  return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
}

interface Crowd {
  /** Waits until every viewer has a pin, and resolves with the moments at which they had. */
  heard(id: string): Promise<{ at: number[]; example: string }>
  stop(): void
}

/** Many viewers in a process of their own, all connected. */
async function openCrowd(address: string, size = viewers): Promise<Crowd> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('pages/live-crowd.ts', import.meta.url)), address, String(size)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  return {
    async heard(id) {
      for (;;) {
        const [message] = (await once(child, 'message')) as [{ id: string; at: number[]; example: string }]
        if (message.id === id) return message
      }
    },
    stop: () => void child.kill(),
  }
}

async function round(crowd: Crowd, pin: (id: string) => Promise<void> | void): Promise<{ latencies: number[]; example: string }> {
  const latencies: number[] = []
  let example = ''
  for (let n = 0; n < pins; n++) {
    const id = `pin-${n}`
    const heard = crowd.heard(id)
    const sent = performance.timeOrigin + performance.now()
    await pin(id)
    const { at, example: text } = await heard
    latencies.push(...at.map((it) => it - sent))
    if (n === 0) example = text
  }
  return { latencies, example }
}

/** The least that a fan-out can be: one write of ready bytes to every open response. */
async function openFloor() {
  const open = new Set<ServerResponse>()
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('retry: 2000\n\n')
    open.add(response)
    response.on('close', () => open.delete(response))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    say(text: string) {
      const bytes = Buffer.from(text)
      for (const response of open) response.write(bytes)
    },
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Pins one item after the other in a room of its own, and reads off when each marker stood on the page. */
async function inChromium(url: string, token: string, media: string): Promise<number[]> {
  const browser = await puppeteer.launch({ executablePath: findChromium()!, args: chromiumArgs })
  try {
    const headers = { authorization: `Bearer ${token}` }
    const body = JSON.stringify({ media: { origin: new Date(Date.now() - 60_000).toISOString() }, cues: [] })
    await fetch(`${url}/v1/demo/media/${media}/cues`, { method: 'PUT', headers, body })
    const page = await browser.newPage()
    await page.bringToFront()
    await page.evaluateOnNewDocument(`document.addEventListener('kanmai-room', () => (window.joined = true))`)
    await page.goto(`${url}/demo/film.html`)
    // A still film with a room's cues: what is measured is the way of the pin, not the delay that a stream has anyway.
    await page.evaluate(`document.querySelector('kanmai-overlay').media = '${media}'`)
    await page.waitForFunction('window.joined && document.querySelector("video").readyState > 0', { polling: 100 })
    const seen: number[] = []
    for (let n = 0; n < pagePins; n++) {
      seen.push((await page.evaluate(`(async () => {
        const sent = performance.now()
        const cue = { id: 'only', item: '${n % 2 ? 'kettle' : 'teapot'}', at: { x: 0.5, y: ${0.2 + n / 100} } }
        fetch('${url}/v1/demo/live/${media}/cues', { method: 'POST', headers: { authorization: 'Bearer ${token}' }, body: JSON.stringify(cue) })
        const marker = () => document.querySelector('kanmai-overlay').shadowRoot.querySelector('[part~=marker]')
        const before = marker()?.getAttribute('aria-label')
        while (!marker() || marker().getAttribute('aria-label') === before) await new Promise(requestAnimationFrame)
        return performance.now() - sent
      })()`)) as number)
    }
    return seen
  } finally {
    await browser.close()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) printTable(await bench())
