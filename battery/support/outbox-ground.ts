import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SignalBatch } from '../../src/contract/signal.ts'
import { openBrowser, type Engine } from '../../test/support/browsers.ts'
import { FakeEndpoint, type Weather } from '../../test/tracking/fake-world.ts'
import { bundleForPage } from './bundle-for-page.ts'
import type { Lived, LifeStep } from './outbox-life.ts'

interface LifePage {
  lifeOf(seed: number, mostSteps: number): LifeStep[]
  live(base: string, steps: LifeStep[]): Promise<Lived>
}

/** A browser whose frames are tabs with the real outbox, and an endpoint whose weather they change. */
export interface OutboxGround {
  stepsOf(seed: number, mostSteps: number): Promise<LifeStep[]>
  live(steps: LifeStep[]): Promise<Lived>
  close(): Promise<void>
}

export async function openOutboxGround(engine: Engine): Promise<OutboxGround> {
  const code = await bundleForPage(new URL('outbox-life.ts', import.meta.url))
  const endpoints = new Map<string, FakeEndpoint>()

  function receive(endpoint: FakeEndpoint, body: string, response: ServerResponse): void {
    const delivery = endpoint.receive(JSON.parse(body) as SignalBatch)
    if (delivery.ok) return void response.end(JSON.stringify(delivery.value))
    if (!delivery.status) return void response.destroy()
    if (delivery.after) response.setHeader('retry-after', delivery.after / 1000)
    response.writeHead(delivery.status).end()
  }

  const server = createServer((request, response) => {
    const [, run, what, weather] = request.url!.split('/')
    response.setHeader('cache-control', 'no-store')
    if (run === 'life.js') return response.setHeader('content-type', 'text/javascript; charset=utf-8').setHeader('cache-control', 'max-age=600').end(code)
    if (request.method !== 'POST') return response.setHeader('content-type', 'text/html').end('<!doctype html><link rel="icon" href="data:,"><body><script src="/life.js"></script>')
    const endpoint = endpoints.get(run!) ?? new FakeEndpoint()
    endpoints.set(run!, endpoint)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (what === 'signals') return receive(endpoint, Buffer.concat(chunks).toString(), response)
      if (weather) endpoint.weather = weather as Weather
      response.end(JSON.stringify({ stored: [...endpoint.stored.keys()], lost: [...endpoint.losses.keys()] }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await openBrowser(engine)
  await browser.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  let runs = 0
  return {
    stepsOf: (seed, mostSteps) => browser.evaluate((seed, mostSteps) => (window as unknown as LifePage).lifeOf(seed, mostSteps), seed, mostSteps),
    live: (steps) => browser.evaluate((base, steps) => (window as unknown as LifePage).live(base, steps), `/run${++runs}`, steps),
    async close() {
      await browser.close()
      server.closeAllConnections()
      server.close()
    },
  }
}
