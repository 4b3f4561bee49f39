import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import type { Signal } from '../../src/contract/signal.ts'
import { installedEngines, openBrowser, type Browser } from '../support/browsers.ts'
import { inPage, until } from '../support/in-page.ts'
import { removeData, startEndpoint, type RunningEndpoint } from '../support/start-endpoint.ts'

const publisherPage = (endpoint: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>A publisher</title>
<link rel="stylesheet" href="${endpoint}/dist/kanmai.css">
<script type="module" src="${endpoint}/dist/kanmai.js" data-endpoint="${endpoint}" data-publisher="demo" data-consent="granted"></script>
<style>body { margin: 0 } #above { height: 20px }</style>
<script>addEventListener('kanmai-select', (event) => event.preventDefault())</script>
<div id="above"></div>
<kanmai-card item="arc-lamp" placement="under"></kanmai-card>`

for (const engine of installedEngines()) {
  describe(`how a link was pressed, in ${engine}`, { timeout: 240_000 }, () => {
    let endpoint: RunningEndpoint
    let site: Server
    let browser: Browser

    const clicks = async (): Promise<(Signal & { flags?: string[] })[]> => {
      const answer = await fetch(`${endpoint.url}/v1/demo/signals?type=click`, { headers: { authorization: `Bearer ${endpoint.token}` } })
      return ((await answer.json()) as { signals: Signal[] }).signals
    }
    /** The click that the next press makes. */
    const clickAfter = async (press: () => Promise<void>) => {
      const known = new Set((await clicks()).map((it) => it.id))
      await press()
      return until('the click', async () => (await clicks()).find((it) => !known.has(it.id)))
    }
    const linkAt = () =>
      until('the link', () =>
        inPage<{ x: number; y: number } | false>(browser, `const link = deep('kanmai-card a[part~=link]').concat(deep('[part~=link]'))[0]; return link && shown(link) && centre(link)`),
      )
    const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
    /** The pointer rests where the link will be, and the page brings the link there. */
    const bringUnderPointer = async () => {
      await inPage(browser, `above.style.height = '20px'`)
      const { x, y } = await linkAt()
      await inPage(browser, `above.style.height = '600px'`)
      await browser.clickAt(x, y)
      return { x, y, come: () => inPage(browser, `above.style.height = '20px'`) }
    }

    before(async () => {
      endpoint = await startEndpoint()
      site = createServer((_, response) => response.setHeader('content-type', 'text/html').end(publisherPage(endpoint.url)))
      await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
      browser = await openBrowser(engine)
      await browser.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
      await linkAt()
      await until('what counts', () => inPage<boolean>(browser, `return performance.getEntriesByType('resource').some((it) => it.name.includes('/later-'))`))
      await pause(500)
    })
    after(async () => {
      await browser?.close()
      site?.close()
      await endpoint?.stop()
      removeData(endpoint.data)
    })

    it('says nothing of a press on a link that stood there, but that a program drives the browser', async () => {
      const { x, y } = await linkAt()
      const click = await clickAfter(() => browser.clickAt(x, y))
      assert.deepEqual([click.trusted, click.afterShown, click.automated, click.flags], [undefined, undefined, true, ['bot']])
    })

    it('says that no press has made a click', async () => {
      await pause(2_100)
      const click = await clickAfter(() => inPage(browser, `deep('[part~=link]')[0].click()`))
      assert.equal(click.trusted, false)
      assert.deepEqual(click.flags, ['bot', 'untrusted'])
    })

    it('says so when the page has only just brought the link under the pointer', async () => {
      // A busy machine may press too late, or so soon that the browser tells of both at once.
      const click = await until('a press soon enough', async () => {
        const { x, y, come } = await bringUnderPointer()
        await pause(2_100)
        const click = await clickAfter(async () => {
          await come()
          await browser.clickAt(x, y)
        })
        return click.afterShown !== undefined && click
      })
      assert.deepEqual(click.flags, ['bot', 'hasty'])
    })

    it('does not when the link has been there for a while', async () => {
      const { x, y, come } = await bringUnderPointer()
      await come()
      await pause(2_500)
      // No hand is so still that it moves by nothing.
      const click = await clickAfter(() => browser.clickAt(x + 1, y))
      assert.deepEqual([click.afterShown, click.flags], [undefined, ['bot']])
    })

    it('flags the second click of two', async () => {
      await pause(2_100)
      const { x, y } = await linkAt()
      const known = new Set((await clicks()).map((it) => it.id))
      await browser.clickAt(x, y)
      await browser.clickAt(x, y)
      const both = await until('both clicks', async () => {
        const fresh = (await clicks()).filter((it) => !known.has(it.id))
        return fresh.length === 2 && fresh
      })
      assert.deepEqual(both.map((it) => it.flags).sort(), [['bot'], ['bot', 'repeat']])
    })
  })
}
