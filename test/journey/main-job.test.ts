import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import type { CueSheet } from '../../src/contract/cue.ts'
import type { Receipt, Signal } from '../../src/contract/signal.ts'
import type { Report } from '../../src/contract/report.ts'
import { installedEngines, openBrowser, type Browser } from '../support/browsers.ts'
import { inPage, until } from '../support/in-page.ts'
import { removeData, startEndpoint, type RunningEndpoint } from '../support/start-endpoint.ts'

/** What a publisher writes: the endpoint's address, a feed, and two tags beside the player the page already has. */
const publisherPage = (endpoint: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>A publisher</title>
<script>
  window.receipts = []
  const native = window.fetch
  window.fetch = async (...args) => {
    const response = await native(...args)
    if (String(args[0]).includes('/signals')) response.clone().json().then((it) => window.receipts.push(it), () => {})
    return response
  }
  addEventListener('error', (event) => (window.failed = String(event.message)))
  addEventListener('unhandledrejection', (event) => (window.failed = String(event.reason)))
</script>
<link rel="stylesheet" href="${endpoint}/dist/kanmai.css">
<script type="module" src="${endpoint}/dist/kanmai.js" data-endpoint="${endpoint}" data-publisher="demo" data-consent="granted" data-target="_self"></script>
<h1>A page of a publisher</h1>
<video id="film" muted playsinline width="960" height="540" src="${endpoint}/demo/film/film-01.webm"></video>
<kanmai-overlay for="film" media="film-01"></kanmai-overlay>
<kanmai-feed placement="article-end" rows="2"></kanmai-feed>`

for (const engine of installedEngines()) {
  describe(`the main job in ${engine}`, { timeout: 240_000 }, () => {
    let endpoint: RunningEndpoint
    let site: Server
    let page: string
    let browser: Browser

    const ask = async <T>(path: string): Promise<T> => {
      const response = await fetch(`${endpoint.url}/v1/demo${path}`, { headers: { authorization: `Bearer ${endpoint.token}` } })
      assert.equal(response.status, 200, await response.clone().text())
      return (await response.json()) as T
    }
    const kept = async (query: string) => (await ask<{ signals: Signal[] }>(`/signals?${query}`)).signals

    before(async () => {
      endpoint = await startEndpoint()
      site = createServer((_, response) => response.setHeader('content-type', 'text/html').end(publisherPage(endpoint.url)))
      await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
      page = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`
      browser = await openBrowser(engine)
    })
    after(async () => {
      await browser?.close()
      site?.close()
      await endpoint?.stop()
      removeData(endpoint.data)
    })

    it('shows a feed of real products and counts those that were seen', async () => {
      await browser.goto(page)
      const titles = await until('products in the feed', () =>
        inPage<string[] | false>(
          browser,
          `const cards = deep('kanmai-card').filter((card) => card.shadowRoot?.querySelector('[part~=link]')); scrollTo(0, 700)
           return cards.length > 3 && cards.map((card) => card.item.title)`,
        ),
      )
      assert.ok(titles.every((title) => title.length > 0))
      const seen = await until('an impression', async () => (await kept('type=impression')).find((it) => it.placement === 'article-end'))
      assert.ok(seen.item)
    })

    it('counts the click on a hotspot of the film, with its ref and second, across a kill -9 of the endpoint', async () => {
      const sheet = await ask<CueSheet>('/media/film-01/cues')
      const cue = sheet.cues.find((it) => it.end !== undefined && it.end - it.start > 2)!
      const second = cue.start + 1

      await inPage(
        browser,
        `scrollTo(0, 0); const film = document.querySelector('#film')
         if (film.readyState < 1) await new Promise((resolve) => film.addEventListener('loadedmetadata', resolve, { once: true }))
         await film.play(); film.pause(); film.currentTime = ${second}`,
      )
      const title = sheet.items.find((it) => it.id === cue.item)!.title
      const marker = await until('the marker of the cue', () =>
        inPage<{ x: number; y: number } | false>(
          browser,
          `const marker = deep('[part~=marker]').find((it) => shown(it) && (it.getAttribute('aria-label') ?? it.textContent).includes(${JSON.stringify(title)}))
           return !document.querySelector('#film').seeking && marker && centre(marker)`,
        ),
      )
      await browser.clickAt(marker.x, marker.y)
      const link = await until('the card', () =>
        inPage<{ x: number; y: number } | false>(
          browser,
          `const card = deep('kanmai-overlay')[0].shadowRoot && deep('[part~=card]').find(shown)
           const link = card && deep('[part~=link]', card.shadowRoot ?? card).find(shown)
           return link && centre(link)`,
        ),
      )

      // Everything a receipt named so far must outlive the endpoint's sudden death.
      const receipted = await until('receipts', () =>
        inPage<Receipt[] | false>(browser, `return window.receipts.length > 0 && window.receipts`),
      )
      const port = Number(new URL(endpoint.url).port)
      await endpoint.stop('SIGKILL')
      await browser.clickAt(link.x, link.y)
      endpoint = await startEndpoint({ data: endpoint.data, port })
      const ids = new Set((await kept('limit=500')).map((it) => it.id))
      for (const id of receipted.flatMap((it) => [...it.accepted, ...it.duplicate])) assert.ok(ids.has(id), `${id} was lost`)

      // The link may have led to a shop that was down with the endpoint: the reader returns, the outbox delivers.
      await browser.goto(page)
      const click = await until('the click', async () => (await kept('type=click')).find((it) => it.item === cue.item))
      assert.equal(click.media, 'film-01')
      assert.equal(click.id, click.ref)
      assert.match(click.ref!, /^[A-Za-z0-9]{1,30}$/)
      assert.ok(Math.abs(click.second! - second) < 0.2, `clicked at second ${second}, kept ${click.second}`)

      const report = await ask<Report>('/report')
      const row = report.rows.find((it) => it.refs.includes(click.ref!))
      assert.ok(row, 'the report knows the ref')
      assert.deepEqual([row.item, row.media, row.second], [cue.item, 'film-01', Math.floor(click.second!)])
      assert.equal((await kept('type=click')).filter((it) => it.id === click.id).length, 1)
    })

    it('lands at the shop with the ref that was counted', async () => {
      const link = await until('a product link', () =>
        inPage<{ x: number; y: number; item: string } | false>(
          browser,
          `const card = deep('kanmai-card').find((it) => it.item?.id && it.shadowRoot.querySelector('a[part~=link]'))
           card?.scrollIntoView({ block: 'center', behavior: 'instant' }); const link = card?.shadowRoot.querySelector('a[part~=link]')
           return link && { ...centre(link), item: card.item.id }`,
        ),
      )
      await browser.clickAt(link.x, link.y)
      const landed = await until('the shop', () =>
        inPage<string | false>(browser, `return location.pathname.endsWith('/shop.html') && location.href`),
      )
      const ref = new URL(landed).searchParams.get('ref')
      const click = await until('the click', async () => (await kept('type=click')).find((it) => it.ref === ref))
      assert.equal(click.item, link.item)
      assert.equal(click.placement, 'article-end')
    })

    it('did not disturb its host', async () => {
      await browser.goto(page)
      assert.equal(await inPage(browser, `return window.failed ?? null`), null)
    })
  })
}
