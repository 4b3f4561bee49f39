import assert from 'node:assert/strict'
import { createServer, request as ask, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, describe, it } from 'node:test'
import type { FeedPage, Item } from '../../src/contract/item.ts'
import type { Signal } from '../../src/contract/signal.ts'
import { freePort } from '../support/free-port.ts'
import { removeData, startEndpoint, type RunningEndpoint } from '../support/start-endpoint.ts'

/** A publisher's own server: what is below `/shop/` goes to the endpoint, and `/go/` straight to its redirector. */
async function startProxy(target: () => string): Promise<{ server: Server; url: string }> {
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url!.replace(/^\/shop\//, '/').replace(/^\/go\//, '/v1/demo/go/')
    const said = { for: '203.0.113.9', host: incoming.headers.host, proto: 'http', prefix: '/shop' }
    const forwarded = Object.fromEntries(Object.entries(said).map(([name, value]) => [`x-forwarded-${name}`, value]))
    const headers = { ...incoming.headers, ...forwarded }
    const inner = ask(target() + path, { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(inner)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

describe('a path of the publisher’s own domain', { timeout: 120_000 }, () => {
  const undo: (() => Promise<unknown> | void)[] = []
  after(async () => {
    for (const step of undo.reverse()) await step()
  })

  async function start(env: (proxy: string) => Record<string, string>): Promise<{ endpoint: RunningEndpoint; proxy: string }> {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const proxy = await startProxy(() => url)
    undo.push(() => void proxy.server.close())
    const endpoint = await startEndpoint({ port, env: env(proxy.url) })
    undo.push(async () => {
      await endpoint.stop()
      removeData(endpoint.data)
    })
    return { endpoint: { ...endpoint, url }, proxy: proxy.url }
  }

  const command = (endpoint: RunningEndpoint, method: string, path: string, body?: unknown) =>
    fetch(`${endpoint.url}/v1/demo${path}`, {
      method,
      headers: { authorization: `Bearer ${endpoint.token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).then((it) => it.json() as Promise<Record<string, unknown>>)

  async function check(endpoint: RunningEndpoint, proxy: string, redirector?: string): Promise<void> {
    const networks = [{ network: 'direct', parameter: 'ref', hosts: ['127.0.0.1'], link: 'redirect' }]
    await command(endpoint, 'PUT', '/config', { private: { networks, ...(redirector && { redirector }) } })
    const { items } = (await (await fetch(`${proxy}/shop/v1/demo/items?ids=arc-lamp`)).json()) as { items: Item[] }
    const feed = (await (await fetch(`${proxy}/shop/v1/demo/feeds/article-end`)).json()) as FeedPage
    for (const item of [...items, ...feed.items]) {
      const base = redirector ?? `${proxy}/shop/v1/demo/go/`
      assert.ok(item.url.startsWith(`${base}${item.id}?ref={ref}&`), item.url)
    }
    const followed = items[0]!.url.replace('{ref}', 'r1').replace('{placement}', 'end').replace('&media={media}&second={second}', '')
    const answer = await fetch(followed, { redirect: 'manual', headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' } })
    assert.equal(answer.status, 302)
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    assert.match(answer.headers.get('location')!, /[?&]ref=r1$/)
    const { signals } = (await command(endpoint, 'GET', '/signals?type=click')) as { signals: Signal[] }
    assert.deepEqual(signals.map(({ id, item, placement }) => ({ id, item, placement })), [{ id: 'r1', item: 'arc-lamp', placement: 'end' }])
  }

  it('is where links lead when PUBLIC_URL says so', async () => {
    const { endpoint, proxy } = await start((proxy) => ({ PUBLIC_URL: `${proxy}/shop` }))
    await check(endpoint, proxy)
  })

  it('is where links lead when the proxy says so', async () => {
    const { endpoint, proxy } = await start(() => ({ TRUST_PROXY: '1' }))
    await check(endpoint, proxy)
  })

  it('is where links lead when the publisher says so', async () => {
    const { endpoint, proxy } = await start(() => ({}))
    await check(endpoint, proxy, `${proxy}/go/`)
  })
})
