import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { kanmai } from '../cli/run-kanmai.ts'
import { installedEngines, openBrowser, type Browser } from '../support/browsers.ts'
import { until } from '../support/in-page.ts'
import { removeData, startEndpoint, type RunningEndpoint } from '../support/start-endpoint.ts'

interface Printed {
  policy: string
  trustedTypes: string
  tags: Record<'style' | 'oneFile' | 'importMap' | 'module', string>
  importMapSource: string
}

const witness = `
  var violations = []
  document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI))
  addEventListener('error', (event) => event.message && violations.push(event.message))`
const card = '<kanmai-card item="arc-lamp"><a href="https://shop.example/">Arc lamp</a></kanmai-card>'
/** Another hash than that of the bytes. */
const spoilt = (tag: string) => tag.replace(/sha384-..../, 'sha384-AAAA')

for (const engine of installedEngines()) {
  describe(`what kanmai csp prints, in ${engine}`, { timeout: 120_000 }, () => {
    let endpoint: RunningEndpoint
    let site: Server
    let browser: Browser
    let pages: Record<string, { policy: string; html: string }>

    before(async () => {
      endpoint = await startEndpoint()
      const { policy, trustedTypes, tags, importMapSource } = JSON.parse((await kanmai(['csp', '--endpoint', endpoint.url, '--json'])).stdout) as Printed
      const withMap = policy.replace('script-src ', `script-src ${importMapSource} `)
      // Of the module's own files one that it fetches late is spoilt: what the tag's hash does not cover.
      const lateSpoilt = tags.importMap.replace(/(chunks\/later[^"]*":"sha384-)..../, '$1AAAA')
      pages = {
        '/one-file': { policy: trustedTypes, html: tags.style + tags.oneFile },
        '/module': { policy: withMap, html: tags.style + tags.importMap + tags.module },
        '/spoilt-one-file': { policy: '', html: tags.style + spoilt(tags.oneFile) },
        '/spoilt-module': { policy: '', html: tags.style + spoilt(tags.module) },
        '/spoilt-chunk': { policy: '', html: tags.style + lateSpoilt + tags.module },
      }
      site = createServer((request, response) => {
        if (request.url === '/witness.js') return response.setHeader('content-type', 'text/javascript').end(witness)
        const page = pages[request.url ?? '']
        if (page?.policy) response.setHeader('content-security-policy', page.policy)
        return response.setHeader('content-type', 'text/html').end(`<!doctype html><html lang="en"><script src="/witness.js"></script>${page?.html}${card}`)
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

    const open = (path: string) => browser.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}${path}`)
    const isShown = () => browser.evaluate(() => !!document.querySelector('kanmai-card')?.shadowRoot?.querySelector('a[part~=link]'))
    const isEnriched = () => browser.evaluate(() => !!document.querySelector('kanmai-card')?.shadowRoot?.querySelector('.notes'))
    const isRefused = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1500))
      return browser.evaluate(() => !customElements.get('kanmai-card') && document.querySelector('kanmai-card a')!.getBoundingClientRect().width > 0)
    }

    for (const [path, what] of [['/one-file', 'the one file under Trusted Types'], ['/module', 'the module with its import map']] as const) {
      it(`lets ${what} work, with its hashes and without a violation`, async () => {
        await open(path)
        await until('the card', isShown)
        await until('what comes later', isEnriched)
        assert.deepEqual(await browser.evaluate(() => (window as unknown as { violations: string[] }).violations), [])
      })
    }
    for (const path of ['/spoilt-one-file', '/spoilt-module']) {
      it(`has the browser refuse other bytes: ${path}`, async () => {
        await open(path)
        assert.ok(await isRefused())
      })
    }
    it('has the browser refuse other bytes of a file that the module fetches late', async () => {
      await open('/spoilt-chunk')
      await until('the card', isShown)
      await new Promise((resolve) => setTimeout(resolve, 2500))
      assert.equal(await isEnriched(), false)
    })
  })
}
