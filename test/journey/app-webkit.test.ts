import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { bridgeBodies, BridgeCall, parse, type Signal } from '../../src/contract/index.ts'
import { until } from '../support/in-page.ts'
import { removeData, startEndpoint, type RunningEndpoint } from '../support/start-endpoint.ts'
import { noWebKitApp, openWebKitApp, type WebKitApp } from '../support/webkit-app.ts'

const pageOf = (endpoint: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>In an app</title>
<link rel="stylesheet" href="${endpoint}/dist/kanmai.css">
<script type="module" src="${endpoint}/dist/kanmai.js" data-publisher="demo" data-consent="granted" data-target="_self"></script>
<kanmai-card item="arc-lamp" placement="app-feed"></kanmai-card>`

/** Presses the card's link, as a reader does; gives the link's address. */
const pressing = `const link = document.querySelector('kanmai-card').shadowRoot.querySelector('a[part~=link]')
  link.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }))
  link.click()
  return link.href`

describe('a page in a real app of WebKitGTK', { timeout: 180_000, skip: noWebKitApp() }, () => {
  let endpoint: RunningEndpoint
  let site: Server
  let app: WebKitApp
  let home: string

  const ask = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${endpoint.url}/v1/demo${path}`, { headers: { authorization: `Bearer ${endpoint.token}` } })
    return (await response.json()) as T
  }
  const asked = (verb: string) => app.calls.filter((it) => it.verb === verb)
  const kept = async (ref: string) => (await ask<{ signals: Signal[] }>(`/signals?ref=${ref}`)).signals.length === 1
  const load = async () => {
    const before = asked('hello').length
    await app.run(`location.href = ${JSON.stringify(home)}`)
    await until('the greeting', async () => asked('hello').length > before)
    await until('the card', () => app.run<boolean>(`return !!document.querySelector('kanmai-card')?.shadowRoot?.querySelector('a[part~=link]')`))
  }

  /** What the app was asked to open, and the address of the link. */
  const press = async () => {
    const before = asked('open').length
    const href = await app.run<string>(pressing)
    const { body } = await until('the question', async () => asked('open')[before])
    return { href, body, ref: String(body['ref']) }
  }

  before(async () => {
    endpoint = await startEndpoint()
    site = createServer((request, response) => {
      response.setHeader('content-type', 'text/html').end(request.url === '/' ? pageOf(endpoint.url) : '<!doctype html><title>Elsewhere</title>')
    })
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    home = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`
    app = await openWebKitApp(`${home}elsewhere`)
    await until('the first page', async () => app.loaded.length > 0)
  })
  after(async () => {
    await app?.stop()
    site?.close()
    await endpoint?.stop()
    if (endpoint) removeData(endpoint.data)
  })

  it('greets it, and lets it open a product with the ref that the endpoint counts', async () => {
    await load()
    assert.deepEqual(asked('hello').at(-1)!.body, { publisher: 'demo' })
    const { href, body, ref } = await press()
    assert.equal(body['url'], href)
    assert.equal(body['item'], 'arc-lamp')
    assert.equal(body['placement'], 'app-feed')
    assert.ok(href.includes(ref), href)
    assert.equal(await app.run('return location.href'), home, 'the page stays')
    await until('the click at the endpoint', () => kept(ref))
    await until('the click at the app', async () => asked('signal').some((it) => (it.body['signals'] as Signal[]).some(({ id }) => id === ref)))
  })

  for (const [what, ok] of [['refuses', false], ['is silent', null]] as const) {
    it(`follows the link itself when the app ${what}`, async () => {
      await load()
      await app.says({ ok })
      const { href, ref } = await press()
      await until('the shop', async () => app.loaded.at(-1) === href)
      await until('the click at the endpoint', () => kept(ref))
      await app.says({ ok: true })
    })
  }

  it('lets it keep signals, of which the endpoint then hears nothing', async () => {
    await app.says({ signals: 'instead', receipt: true })
    await load()
    const { ref } = await press()
    await until('the click at the app', async () => asked('signal').some((it) => (it.body['signals'] as Signal[]).some(({ id }) => id === ref)))
    // Whatever the page still held would go out with the next page that is opened.
    await load()
    assert.equal(await kept(ref), false)
  })

  it('sends to the endpoint what the app does not take upon itself', async () => {
    await app.says({ signals: 'instead', receipt: false })
    await load()
    const { ref } = await press()
    await until('the click at the endpoint', () => kept(ref))
  })

  it('said nothing that the contract does not have', () => {
    for (const call of app.calls) {
      assert.deepEqual(parse(BridgeCall, call).issues, [])
      assert.deepEqual(parse(bridgeBodies[call.verb], call.body).issues, [])
    }
  })
})
