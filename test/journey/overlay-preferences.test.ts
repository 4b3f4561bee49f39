import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { chromiumArgs, findChromium } from '../support/engines.mjs'
import { startPlayerSite, type PlayerSite } from '../support/player-site.ts'

const page = `<div style="position:relative;width:640px">
    <video id="film" src="/square.webm" muted playsinline width="640" height="360"></video><kanmai-overlay for="film"></kanmai-overlay></div>
  <script type="module">
    const items = [{ id: 'Lamp', title: 'Lamp', url: 'https://shop.example' }]
    Object.assign(document.querySelector('kanmai-overlay'), { items, cues: [{ id: 'a', item: 'Lamp', start: 0, at: { x: 0.5, y: 0.5 } }, { id: 'b', item: 'Lamp', start: 0 }] })
  </script>`

describe('the overlay honours', () => {
  let site: PlayerSite
  let browser: Browser

  before(async () => {
    site = await startPlayerSite({ '/': page })
    browser = await puppeteer.launch({ executablePath: findChromium()!, args: chromiumArgs })
  })
  after(async () => {
    await browser?.close()
    site?.stop()
  })

  /** Opens the page for a reader with a preference, and says how parts of the overlay are drawn. */
  const look = async (preference: { name: string; value: string }, wanted: Record<string, string>): Promise<Record<string, string>> => {
    const tab: Page = await browser.newPage()
    const session = await tab.createCDPSession()
    await session.send('Emulation.setEmulatedMedia', { features: [preference] })
    await tab.goto(site.url)
    await tab.waitForSelector('kanmai-overlay >>> .marker.shown', { visible: true })
    const found = (await tab.evaluate(`(() => {
      const root = document.querySelector('kanmai-overlay').shadowRoot
      return Object.fromEntries(Object.entries(${JSON.stringify(wanted)}).map(([selector, property]) => [selector, getComputedStyle(root.querySelector(selector))[property]]))
    })()`)) as Record<string, string>
    await tab.close()
    return found
  }

  it('the wish for less motion: nothing pulses, grows or slides', async () => {
    const wanted = { '.dot': 'animationName', '.badge': 'animationName', '.corner button': 'transitionDuration' }
    const still = { '.dot': 'none', '.badge': 'none', '.corner button': '0s' }
    assert.deepEqual(await look({ name: 'prefers-reduced-motion', value: 'reduce' }, wanted), still)
    assert.notDeepEqual(await look({ name: 'prefers-reduced-motion', value: 'no-preference' }, wanted), still)
  })

  it('forced colours: the marker stands out from the picture, the badge has an edge', async () => {
    const drawn = await look({ name: 'forced-colors', value: 'active' }, { '.dot': 'outlineStyle', '.badge': 'borderTopStyle' })
    assert.deepEqual(drawn, { '.dot': 'solid', '.badge': 'solid' })
  })
})
