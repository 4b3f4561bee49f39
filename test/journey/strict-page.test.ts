import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { installedEngines, openBrowser, type Browser } from '../support/browsers.ts'
import { until } from '../support/in-page.ts'
import { removeData, startEndpoint, type RunningEndpoint } from '../support/start-endpoint.ts'

const policyOf = (endpoint: string) =>
  [
    `default-src 'none'`,
    `script-src 'self' ${endpoint}`,
    `style-src 'self' ${endpoint}`,
    `connect-src ${endpoint}`,
    `img-src 'self' ${endpoint}`,
    `media-src ${endpoint}`,
    `require-trusted-types-for 'script'`,
    `trusted-types kanmai-lit`,
  ].join('; ')

const pageOf = (endpoint: string) => `<!doctype html><html lang="en"><meta charset="utf-8">
<script src="/witness.js"></script>
<link rel="stylesheet" href="${endpoint}/dist/kanmai.css">
<script type="module" src="${endpoint}/dist/kanmai.js" data-publisher="demo" data-consent="granted"></script>
<kanmai-card item="arc-lamp"></kanmai-card>
<kanmai-coupon item="table-lamp"></kanmai-coupon>
<video id="film" muted width="640" height="360" src="${endpoint}/demo/film/film-01.webm"></video>
<kanmai-overlay for="film" media="film-01"></kanmai-overlay>
<kanmai-rail for="film" media="film-01"></kanmai-rail>
<kanmai-feed placement="article-end"></kanmai-feed>`

const witness = `
  var violations = []
  document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI))
  addEventListener('error', (event) => violations.push(String(event.message)))`

// Code that comes as text is what the policy forbids: every question is a function of its own.
for (const engine of installedEngines()) {
  describe(`a page with a strict policy in ${engine}`, { timeout: 120_000 }, () => {
    let endpoint: RunningEndpoint
    let site: Server
    let browser: Browser

    before(async () => {
      endpoint = await startEndpoint()
      site = createServer((request, response) => {
        if (request.url === '/witness.js') return response.setHeader('content-type', 'text/javascript').end(witness)
        response.setHeader('content-security-policy', policyOf(endpoint.url))
        return response.setHeader('content-type', 'text/html').end(pageOf(endpoint.url))
      })
      await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
      browser = await openBrowser(engine)
    })
    after(async () => {
      await browser?.close()
      site?.close()
      await endpoint?.stop()
      removeData(endpoint.data)
    })

    it('shows every element and breaks no rule', async () => {
      await browser.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
      await until('the elements', () =>
        browser.evaluate(
          (parts) => parts.every(([tag, part]) => document.querySelector(tag!)?.shadowRoot?.querySelector(part!)),
          [
            ['kanmai-card', 'a[part~=link]'],
            ['kanmai-coupon', '[part~=claim]'],
            ['kanmai-overlay', '[part~=marker]'],
            ['kanmai-rail', 'kanmai-card'],
            ['kanmai-feed', 'kanmai-card'],
          ],
        ),
      )
      assert.deepEqual(await browser.evaluate(() => (window as unknown as { violations: string[] }).violations), [])
    })
  })
}
