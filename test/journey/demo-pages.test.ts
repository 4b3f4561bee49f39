import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, describe, it } from 'node:test'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import type { Cue, CueSheet } from '../../src/contract/cue.ts'
import type { ItemList } from '../../src/contract/item.ts'
import type { Signal } from '../../src/contract/signal.ts'
import { chromiumArgs, findChromium } from '../support/engines.mjs'
import { removeData, startEndpoint, type RunningEndpoint } from '../support/start-endpoint.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Runs before every page: keeps each layout shift with what moved, and finds things through open shadow roots. */
const witness = `
  window.shifts = []
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const moved = entry.sources.map(({ node, previousRect, currentRect }) => {
        const { host } = node?.getRootNode() ?? {}
        const from = [previousRect, currentRect].map((it) => [it.x, it.y, it.width, it.height].join(' ')).join(' to ')
        return (host ? host.localName + ' ' : '') + (node?.outerHTML?.slice(0, 120) ?? node?.nodeName) + ' ' + from
      })
      window.shifts.push({ value: entry.value, moved })
    }
  }).observe({ type: 'layout-shift', buffered: true })
  window.deep = (selector, root = document) => {
    // A tag without its element yet.
    if (!root) return []
    const found = [...root.querySelectorAll(selector)]
    for (const element of root.querySelectorAll('*')) if (element.shadowRoot) found.push(...deep(selector, element.shadowRoot))
    return found
  }
  window.shown = (element) => element.checkVisibility({ visibilityProperty: true })
  window.titles = (root) =>
    deep('kanmai-card', root)
      .filter((card) => deep('[part~=link]', card.shadowRoot).some(shown))
      .map((card) => card.item?.title ?? '')`

interface Visit {
  page: Page
  /** What the console or the network complained about. */
  complaints: string[]
}

describe('the demo pages', { timeout: 600_000 }, () => {
  let endpoint: RunningEndpoint
  let browser: Browser

  before(async () => {
    endpoint = await startEndpoint()
    browser = await puppeteer.launch({ executablePath: findChromium()!, args: chromiumArgs })
  })
  after(async () => {
    await browser?.close()
    await endpoint?.stop()
    if (endpoint) removeData(endpoint.data)
  })

  const ask = async <T>(path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${endpoint.url}/v1/demo${path}`, {
      headers: { authorization: `Bearer ${endpoint.token}` },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    })
    assert.equal(response.status, 200, await response.clone().text())
    return (await response.json()) as T
  }

  async function visit(path: string, { width = 1280, height = 800, scheme = 'light' } = {}): Promise<Visit> {
    const page = await browser.newPage()
    const complaints: string[] = []
    await page.setViewport({ width, height })
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (['error', 'warn'].includes(message.type())) complaints.push(`${message.text()} ${message.location().url ?? ''}`)
    })
    page.on('response', (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`)
    })
    page.on('requestfailed', (request) => {
      // A player drops a download that it no longer needs, and a page that is left ends its streams.
      if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`${request.failure()?.errorText} ${request.url()}`)
    })
    await page.evaluateOnNewDocument(witness)
    // Behind another tab nothing is painted and nothing is seen.
    await page.bringToFront()
    await page.goto(`${endpoint.url}/demo/${path}`, { waitUntil: 'load' })
    return { page, complaints }
  }

  const until = async (page: Page, condition: string): Promise<void> => {
    await page.waitForFunction(condition, { timeout: 60_000, polling: 100 }).catch(async () => {
      const words = `(card) => card.shadowRoot?.textContent.replace(/\\s+/g, ' ').slice(0, 80)`
      const cards = await page.evaluate(`deep('kanmai-card').map(${words})`)
      throw new Error(`waited in vain for ${condition}; the cards say ${JSON.stringify(cards)}`)
    })
  }

  /** To the end of the page as it stands, in steps of a reader, each painted before the next. */
  const scrollThrough = (page: Page, most = 9000) =>
    page.evaluate(`(async () => {
      for (let y = 0; y < Math.min(${most}, document.documentElement.scrollHeight); y += 400) {
        scrollTo(0, y)
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      }
    })()`)

  /** Nothing moved, nothing failed, nothing shuts a reader out. */
  async function holds({ page, complaints }: Visit): Promise<void> {
    assert.deepEqual(await page.evaluate('shifts'), [], 'nothing moves on its own')
    assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), 'nothing is wider than the window')
    await page.evaluate(`scrollTo(0, 0)`)
    await page.evaluate(axe)
    const barriers = await page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
      .filter((it) => it.impact === 'serious' || it.impact === 'critical')
      .map((it) => it.id + ': ' + it.nodes.map((node) => node.target.join(' ') + ' ' + node.failureSummary).join('; ')))`)
    assert.deepEqual(barriers, [])
    assert.deepEqual(complaints, [])
  }

  const windows = [
    { width: 1280, height: 800, scheme: 'light' },
    { width: 375, height: 740, scheme: 'dark' },
    { width: 320, height: 640, scheme: 'light' },
  ]

  for (const window of windows) {
    describe(`${window.width} pixels wide, ${window.scheme}`, () => {
      const open = async (path: string, work: (visit: Visit) => Promise<void>) => {
        const visited = await visit(path, window)
        try {
          await work(visited)
          await holds(visited)
        } catch (error) {
          throw new Error(`${String(error)}\nThe page complained: ${visited.complaints.join('; ') || 'nothing'}`)
        } finally {
          await visited.page.close()
        }
      }

      it('shows on the index the card that its code promises', () =>
        open('', async ({ page }) => {
          await until(page, `titles().length === 1`)
        }))

      it('shows in the article its cards, its coupon and a feed that goes on', () =>
        open('article.html', async ({ page }) => {
          await until(page, `titles().length >= 11`)
          await scrollThrough(page)
          await until(page, `deep('[part~=badge]').some(shown)`)
          const first = 'titles(document.querySelector("kanmai-feed").shadowRoot).length'
          await until(page, `${first} >= 12`)
          await until(page, `(scrollTo(0, document.documentElement.scrollHeight), ${first} > 12)`)
        }))

      it('shows beside the film what is in it', () =>
        open('film.html', async ({ page }) => {
          const { items } = await ask<CueSheet>('/media/film-01/cues')
          await until(page, `new Set(titles(document.querySelector('kanmai-rail').shadowRoot)).size === ${items.length}`)
          await scrollThrough(page)
        }))

      it('shows in the live room what the host has put on the table', () =>
        open('live.html', async ({ page }) => {
          const pin = { id: 'test', item: 'kettle', at: { x: 0.5, y: 0.5 } }
          await until(page, `deep('[part~=list]').some((it) => it.ariaBusy !== 'true')`)
          await ask(`/live/live-01/cues`, pin)
          await until(page, `titles(document.querySelector('kanmai-rail').shadowRoot).length >= 1`)
          await until(page, `deep('[part~=marker],[part~=badge]').some(shown)`)
          await scrollThrough(page)
        }))

      it('shows in the recording of the room the controls of what to see', () =>
        open('replay.html', async ({ page }) => {
          await until(page, `document.querySelector('video').readyState > 1 && document.querySelector('#span').textContent.length > 5`)
          await page.evaluate(`document.querySelector('input[value="2"]').click()`)
          await until(page, `document.querySelector('video').duration < 200`)
          await scrollThrough(page)
        }))

      it('shows the host what is on the table', () =>
        open('host.html', async ({ page }) => {
          await ask(`/live/live-01/cues`, { id: 'test', item: 'kettle', at: { x: 0.5, y: 0.5 } })
          await until(page, `document.querySelectorAll('#items li').length > 20 && document.querySelector('#pins li')`)
          await until(page, `deep('[part~=marker],[part~=badge]').some(shown)`)
        }))

      it('shows in the news app a card between the stories and a feed below them, in Chinese', () =>
        open('app.html', async ({ page }) => {
          await until(page, `titles(document.querySelector('.shelf kanmai-feed').shadowRoot).length >= 2`)
          await until(page, `deep('[part~=disclosure]').every((it) => /[\\u4e00-\\u9fff]/.test(it.textContent))`)
          await scrollThrough(page)
          await until(page, `titles(document.querySelector('.goods kanmai-feed').shadowRoot).length >= 4`)
        }))

      it('lets the app that is played around the page open a product', () =>
        open('app.html?app', async ({ page }) => {
          await until(page, `document.querySelector('#log .hello')`)
          const link = (await page.waitForSelector('main > kanmai-card >>> a[part~=link]'))!
          await until(page, `titles(document.querySelector('main')).length >= 1`)
          await link.evaluate((it) => (it as HTMLElement).click())
          await until(page, `document.querySelector('#sheet').open && document.querySelector('#sheet-price').textContent`)
          await until(page, `document.querySelector('#log .open span').textContent.startsWith('pour-over · ref ')`)
          await page.evaluate(`document.querySelector('#sheet-close').click()`)
          await until(page, `!document.querySelector('#sheet').open`)
        }))

      it('shows in the shop the product and the reference that was brought', () =>
        open('shop.html?p=kettle&ref=abc123', async ({ page }) => {
          const { items } = await ask<ItemList>('/items?ids=kettle')
          await until(page, `document.querySelector('h1').textContent === ${JSON.stringify(items[0]!.title)}`)
          assert.equal(await page.evaluate(`document.querySelector('#ref').textContent`), 'abc123')
        }))

      it('shows nobody a report without the token', () =>
        open('report.html', async ({ page, complaints }) => {
          await page.type('#token', 'not the token')
          await page.keyboard.press('Enter')
          await until(page, `document.querySelector('#status').textContent.includes('does not know this token')`)
          // The browser itself complains about the refusals, once for each of the two answers.
          assert.ok(complaints.splice(0).every((it) => it.includes('401')))
        }))
    })
  }

  it('lead from a product in the article to the shop, and from the shop to the report', async () => {
    const { page, complaints } = await visit('article.html')
    const link = `deep('[part~=link]').find((it) => it.href.includes('lounge-chair'))`
    await until(page, link)
    const spot = (await page.evaluate(`(() => {
      const link = ${link}
      link.scrollIntoView({ block: 'center' })
      const { x, y, width, height } = link.getBoundingClientRect()
      return { x: x + width / 2, y: y + height / 2 }
    })()`)) as { x: number; y: number }
    const opened = new Promise<Page | null>((resolve) => page.once('popup', resolve))
    const left = page.waitForNavigation().then(() => page)
    left.catch(() => undefined)
    await page.mouse.click(spot.x, spot.y)
    const shop = (await Promise.race([opened, left]))!
    await until(shop, `document.querySelector('#ref')?.textContent.length > 5`)
    const ref = String(await shop.evaluate(`document.querySelector('#ref').textContent`))
    assert.match(ref, /^[A-Za-z0-9]{6,30}$/)

    const read = await visit(`report.html#token=${endpoint.token}`)
    const { page: report } = read
    await report.evaluate(`document.querySelector('#again').click()`)
    await until(report, `document.querySelector('#report tbody').textContent.includes(${JSON.stringify(ref)})`)
    await until(report, `document.querySelector('#signals tbody').textContent.includes(${JSON.stringify(ref)})`)
    assert.ok(!report.url().includes(endpoint.token), 'the token does not stay in the address')
    await holds(read)
    const { signals } = await ask<{ signals: Signal[] }>('/signals?type=click')
    assert.equal(signals.find((it) => it.ref === ref)?.item, 'lounge-chair')
    assert.deepEqual(complaints, [])
  })

  it('let the host pin, lower a price for a while, take it back and clear the table', async () => {
    const { page, complaints } = await visit('host.html')
    await until(page, `document.querySelectorAll('#items li').length > 20`)
    await page.type('#token', 'not the token')
    await page.keyboard.press('Enter')
    await until(page, `document.querySelector('#said').textContent.includes('does not know this token')`)
    assert.ok(complaints.splice(0).every((it) => it.includes('401')))
    await page.evaluate(`document.querySelector('#token').value = ''`)
    await page.type('#token', endpoint.token)
    await page.keyboard.press('Enter')
    await until(page, `document.querySelector('#said').textContent.startsWith('Unlocked')`)
    await until(page, `Number(document.querySelector('#viewers').textContent) >= 1`)

    await page.evaluate(`document.querySelector('#clear').click()`)
    await until(page, `!document.querySelector('#pins li')`)
    await page.type('#find', 'kettle')
    await page.keyboard.press('Enter')
    await until(page, `document.querySelectorAll('#pins li').length === 1 && !document.body.classList.contains('busy')`)
    const onTable = async () => (await ask<CueSheet>('/media/live-01/cues')).cues.find((it) => it.id === 'pin-kettle')

    await page.evaluate(`document.querySelector('#pins button[aria-label^="Flash"]').click()`)
    await page.type('#price', '9999')
    await page.keyboard.press('Enter')
    await until(page, `document.querySelector('#offer-said').textContent.includes('below')`)
    await page.evaluate(`document.querySelector('#price').value = '9.90'`)
    await page.keyboard.press('Enter')
    await until(page, `document.querySelector('#pins .counts')?.textContent.match(/^[23]:/)`)
    const flash = await onTable()
    assert.deepEqual([flash?.offers?.[0]?.kind, flash?.offers?.[0]?.price?.minor], ['flash', 990])
    assert.ok(Math.abs(flash!.end! - flash!.start - 180) < 5, 'it ends with its price')
    const ready = `!document.querySelector('#undo').disabled && !document.body.classList.contains('busy')`
    await until(page, ready)
    await page.evaluate(`document.querySelector('#undo').click()`)
    await until(page, `document.querySelector('#pins time') && !document.querySelector('#pins .counts')`)
    assert.equal((await onTable())!.offers, undefined)

    // To move it, or to take that back, is not to take its price.
    const onTableSince = async (start: number): Promise<Cue> => {
      for (const until = Date.now() + 10_000; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 50))) {
        const now = await onTable()
        if (now && now.start > start) return now
      }
      throw new Error('it was never put on the table anew')
    }
    await page.evaluate(`document.querySelector('#pins button[aria-label^="Flash"]').click()`)
    await page.evaluate(`document.querySelector('#price').value = '9.80'`)
    await page.focus('#price')
    await page.keyboard.press('Enter')
    await until(page, `document.querySelector('#pins .counts')`)
    await until(page, ready)
    const before = (await onTable())!
    await page.evaluate(`document.querySelector('button[aria-label^="Move"]').click()`)
    const moved = await onTableSince(before.start)
    await until(page, ready)
    await page.evaluate(`document.querySelector('#undo').click()`)
    const back = await onTableSince(moved.start)
    assert.deepEqual([moved, back].map(({ offers }) => offers?.[0]?.price?.minor), [980, 980])
    for (const { start, end } of [moved, back]) assert.ok(Math.abs(end! - start - 180) < 30, 'it still ends with its price')
    await until(page, `!document.body.classList.contains('busy')`)

    await page.evaluate(`document.querySelector('#clear').click()`)
    await until(page, `!document.querySelector('#pins li') && document.querySelector('#ended li')`)
    assert.ok((await onTable())!.end !== undefined)
    assert.deepEqual(complaints, [])
  })
})
