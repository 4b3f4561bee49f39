import { setTimeout as pause } from 'node:timers/promises'
import { openBrowser, type Browser, type Engine } from '../browsers.ts'
import { removeData, startEndpoint } from '../start-endpoint.ts'
import { pages, type HostilePage } from './pages.ts'
import { flawsOf, seePage, type Seen } from './run-page.ts'
import { startHostileSite } from './site.ts'

/** Hostile pages in one engine, before a real endpoint. */
export interface HostileGround {
  /** What is wrong with Kanmai on a page; nothing when it works there, or stands back without a trace. */
  flaws(page: HostilePage): Promise<string[]>
  close(): Promise<void>
}

export async function openHostileGround(engine: Engine): Promise<HostileGround> {
  const endpoint = await startEndpoint()
  const site = await startHostileSite(endpoint.url)
  let browser: Browser = await openBrowser(engine)
  let runs = 0

  async function clicksAt(placement: string): Promise<number> {
    const answer = await fetch(`${endpoint.url}/v1/demo/signals?type=click&placement=${placement}`, { headers: { authorization: `Bearer ${endpoint.token}` } })
    return ((await answer.json()) as { signals: unknown[] }).signals.length
  }

  async function see(page: HostilePage): Promise<{ seen: Seen; stored: number }> {
    const placement = `${page.name}-${++runs}`
    const seen = await seePage(browser, site, page, placement)
    // A page that was kept busy has its click on the disk and sends it when it gets to it.
    let stored = await clicksAt(placement)
    for (let waits = 0; seen.selected && !stored && waits < 40; waits++) {
      await pause(250)
      stored = await clicksAt(placement)
    }
    return { seen, stored }
  }
  // How elements look where nobody disturbs them.
  const plain = await see(pages[0]!)

  return {
    async flaws(page) {
      try {
        const { seen, stored } = page === pages[0] ? plain : await see(page)
        return flawsOf(page, seen, plain.seen, stored)
      } catch (error) {
        const state = browser.evaluate(() => `${location.pathname} is ${document.readyState}`).catch(String)
        const where = await Promise.race([state, pause(3_000, 'it does not answer')])
        // The next page shall not suffer for this one.
        await browser.close().catch(() => {})
        browser = await openBrowser(engine)
        return [`${(error as Error).message}: ${where}`]
      }
    },
    async close() {
      await browser.close()
      site.stop()
      await endpoint.stop()
      removeData(endpoint.data)
    },
  }
}
