import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openBrowser, type Browser } from '../support/browsers.ts'
import { inPage, until } from '../support/in-page.ts'
import { startPlayerSite, type PlayerSite } from '../support/player-site.ts'

// Only Chromium has windows for parts of a page.
const page = `<div id="home"><div id="box">
    <video id="film" src="/square.webm" muted playsinline width="480" height="270"></video>
    <kanmai-overlay for="film" media="film-01"></kanmai-overlay>
    <kanmai-markers for="film" media="film-01"></kanmai-markers><kanmai-shelf for="film" media="film-01"></kanmai-shelf></div></div>
  <button id="go">Go</button>
  <script type="module">
    document.querySelector('#box').style.cssText = 'position:relative;width:480px'
    document.querySelector('#go').style.cssText = 'position:fixed;right:0;bottom:0'
    const items = [{ id: 'Lamp', title: 'Lamp', url: location.origin + '/shop?r={ref}', price: { now: { minor: 1000, currency: 'USD' } } }]
    for (const it of document.querySelectorAll('kanmai-overlay, kanmai-markers, kanmai-shelf')) Object.assign(it, { items, cues: [{ id: 'a', item: 'Lamp', start: 0, at: { x: 0.5, y: 0.4 } }] })
    document.querySelector('#go').onclick = async () => {
      window.pip = await documentPictureInPicture.requestWindow({ width: 520, height: 400 })
      pip.document.body.append(document.querySelector('#box'))
      pip.addEventListener('pagehide', () => document.querySelector('#home').append(pip.document.querySelector('#box')))
    }
    window.heard = []
    document.addEventListener('kanmai-intent', (event) => (event.ref = 'ref1'))
    for (const type of ['open', 'select', 'error']) document.addEventListener('kanmai-' + type, (event) => {
      if (type === 'select') event.preventDefault()
      window.heard.push([type, event.item ?? event.issue, event.href ?? ''].join(' '))
    })
    addEventListener('error', (event) => (window.failed = event.message))
    addEventListener('unhandledrejection', (event) => (window.failed = String(event.reason)))
  </script>`

// The window inherits what its page may do.
const policies = { '': {}, ' under a strict policy': { 'content-security-policy': `default-src 'self'; script-src 'self' 'unsafe-inline'` } }

for (const [name, headers] of Object.entries(policies)) describe(`document picture-in-picture in chromium${name}`, { timeout: 120_000 }, () => {
  let site: PlayerSite
  let browser: Browser

  before(async () => {
    site = await startPlayerSite({ '/': page }, headers)
    browser = await openBrowser('chromium')
  })
  after(async () => {
    await browser?.close()
    site?.stop()
  })

  it('carries markers and card into the window, dressed and counted, and back', async () => {
    await browser.goto(`${site.url}/`)
    await until('the marker', () => inPage(browser, `return deep('[part~=marker]').some(shown)`))
    const { x, y } = await inPage<{ x: number; y: number }>(browser, `return centre(document.querySelector('#go'))`)
    await browser.clickAt(x, y)
    const standing = (root: string) => `
      const film = ${root}.querySelector('video').getBoundingClientRect()
      const marker = deep('[part~=marker]', ${root})[0]?.getBoundingClientRect()
      return !!marker && marker.width >= 24 && Math.hypot(marker.x + marker.width / 2 - film.x - film.width / 2, marker.y + marker.height / 2 - film.y - film.height / 2 + 0.1 * Math.min(film.height, film.width))  < 3`
    await until('the marker on its point in the window', () => inPage(browser, `if (!window.pip?.document.querySelector('video')) return false; ${standing('window.pip.document')}`))
    const look = await inPage(browser, `
      const marker = deep('[part~=marker]', pip.document)[0]
      marker.click()
      await deep('kanmai-overlay', pip.document)[0].updateComplete
      return pip.getComputedStyle(marker).borderRadius + ' ' + deep('[part~=close]', pip.document).length`)
    assert.equal(look, '50% 1')
    const dressed = (view: string) => inPage<boolean>(browser, `return [['markers', '.bar', 'position'], ['shelf', '.waiting', 'display']].map(([tag, part, property]) =>
      ${view}.getComputedStyle(${view}.document.querySelector('kanmai-' + tag).shadowRoot.querySelector(part))[property]).join() === 'absolute,grid'`)
    await until('a dressed bar and shelf in the window', () => dressed('pip'))
    await until('a dressed card', () => inPage(browser, `
      const link = deep('kanmai-card', pip.document).flatMap((it) => deep('[part~=link]', it.shadowRoot))[0]
      return !!link && pip.getComputedStyle(link).textDecorationLine === 'none'`))
    await inPage(browser, `deep('kanmai-card', pip.document).flatMap((it) => deep('[part~=link]', it.shadowRoot))[0].click()`)
    const heard = await inPage<string[]>(browser, 'return window.heard')
    assert.deepEqual(heard, ['open Lamp ', `select Lamp ${site.url}/shop?r=ref1`])
    await inPage(browser, `pip.close()`)
    await until('the marker on its point at home', () => inPage(browser, `if (!document.querySelector('video')) return false; ${standing('document')}`))
    await until('a dressed bar and shelf at home', () => dressed('window'))
    assert.equal(await inPage(browser, `return window.failed ?? ''`), '')
  })
})
