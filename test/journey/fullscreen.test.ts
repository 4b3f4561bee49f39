import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { installedEngines, openBrowser, type Browser } from '../support/browsers.ts'
import { inPage, until } from '../support/in-page.ts'
import { startPlayerSite, type PlayerSite } from '../support/player-site.ts'

const given = `<script type="module">
  const items = ['Lamp', 'Rug'].map((title) => ({ id: title, title, url: location.origin + '/shop', price: { now: { minor: 1000, currency: 'USD' } } }))
  const cues = [{ id: 'a', item: 'Lamp', start: 0, at: { x: 0.25, y: 0.5 } }, { id: 'b', item: 'Rug', start: 0, at: { x: 0.7, y: 0.5 } }]
  for (const element of document.querySelectorAll('kanmai-overlay,kanmai-rail,kanmai-shelf')) Object.assign(element, { items, cues })
  window.clicks = 0
  document.querySelector('video').addEventListener('click', () => window.clicks++)
  addEventListener('error', (event) => (window.failed = event.message))
  addEventListener('unhandledrejection', (event) => (window.failed = String(event.reason)))
</script>`
const video = '<video id="film" src="/square.webm" muted playsinline width="640" height="360"></video>'
const wide = '<style>:fullscreen video { width: 100vw; height: 100vh } #go { position: absolute; top: 0; left: 0; z-index: 9 }</style>'
const go = (what: string): string => `<button id="go" onclick="document.fullscreenElement ? document.exitFullscreen() : document.querySelector('${what}').requestFullscreen()">Go</button>`

const pages = {
  '/container': `${wide}<div id="box" style="position:relative;width:640px">${go('#box')}${video}</div>
    <kanmai-overlay for="film"></kanmai-overlay><kanmai-rail for="film"></kanmai-rail>${given}`,
  '/inside': `${wide}<div id="box" style="position:relative;width:640px">${go('#box')}${video}
    <kanmai-overlay for="film" fullscreen-button></kanmai-overlay><kanmai-shelf for="film"></kanmai-shelf><kanmai-rail for="film"></kanmai-rail></div>${given}`,
  '/bare': `<div style="position:relative;width:640px">${video}<kanmai-overlay for="film"></kanmai-overlay></div>${go('#film')}${given}`,
  '/button': `<div style="position:relative;width:640px">${video}<kanmai-overlay for="film" fullscreen-button></kanmai-overlay></div>${given}`,
}

for (const engine of installedEngines()) {
  describe(`fullscreen in ${engine}`, { timeout: 240_000 }, () => {
    let site: PlayerSite
    let browser: Browser

    before(async () => {
      site = await startPlayerSite(pages)
      browser = await openBrowser(engine)
    })
    after(async () => {
      await browser?.close()
      site?.stop()
    })

    const open = async (path: string): Promise<void> => {
      await browser.goto(site.url + path)
      await markers()
    }
    const spot = (code: string) => inPage<{ x: number; y: number } | false>(browser, `const it = ${code}; return !!it && shown(it) && centre(it)`)
    const press = async (what: string, code: string): Promise<void> => {
      const { x, y } = await until(what, () => spot(code))
      await browser.clickAt(x, y)
    }
    /** Distance of each marker from its cue's point on the picture, once both are there. */
    const markers = () =>
      until('both markers on their points', () =>
        inPage<number[] | false>(
          browser,
          `const frame = document.querySelector('video').getBoundingClientRect()
           const side = Math.min(frame.width / document.querySelector('video').videoWidth, frame.height / document.querySelector('video').videoHeight)
           const width = document.querySelector('video').videoWidth * side
           const found = deep('[part~=marker]').filter(shown).map((it, index) => {
             const { x, y } = centre(it)
             return Math.hypot(x - frame.x - frame.width / 2 - ([0.25, 0.7][index] - 0.5) * width, y - frame.y - frame.height / 2)
           })
           return found.length === 2 && found.every((it) => it < 1) && found`,
        ),
      )
    const isFull = (full: boolean) =>
      until(full ? 'fullscreen' : 'its end', () => inPage<boolean>(browser, `return !!document.fullscreenElement === ${full}`))
    const failed = () => inPage<string>(browser, `return window.failed ?? ''`)
    const card = `deep('[part~=card]').find((it) => it.offsetHeight > 0)`

    it('goes with its container to the whole screen and comes back to its place', async () => {
      await open('/container')
      await press('the button', `document.querySelector('#go')`)
      await isFull(true)
      await until('the overlay in the container', () => inPage(browser, `return document.querySelector('#box').contains(document.querySelector('kanmai-overlay'))`))
      await markers()
      await press('a marker', `deep('[part~=marker]')[0]`)
      const title = await until('the card', () => inPage<string | false>(browser, `const card = ${card}; return !!card && card.getAttribute('aria-label')`))
      assert.equal(title, 'Lamp')
      // Seen as well as shown: the card's own close button is what the pointer hits.
      await press('its close button', `deep('[part~=close]')[0]`)
      await until('the card gone', () => inPage(browser, `return !${card}`))
      assert.equal(await inPage(browser, 'return window.clicks'), 0)
      await press('the button', `document.querySelector('#go')`)
      await isFull(false)
      await until('the overlay back', () => inPage(browser, `return document.querySelector('#box').nextElementSibling?.localName === 'kanmai-overlay'`))
      await markers()
      const seen = await until('what was seen', () => inPage<string[] | false>(browser, `const it = deep('[part~=seen]'); return it.length > 0 && it.map((seen) => seen.textContent)`))
      assert.deepEqual(seen, ['Shown while you were away', 'Shown while you were away'])
      assert.equal(await failed(), '')
    })

    for (const [whose, button] of [['the page’s', `document.querySelector('#go')`], ['its own', `deep('[part~=fullscreen]')[0]`]] as const) {
      it(`has the rail under the film and the shelf upon it in a container brought to the whole screen by ${whose} button`, async () => {
        await open('/inside')
        await press('the button', button)
        await isFull(true)
        await until('a film as wide as the screen', () => inPage(browser, `return document.querySelector('video').getBoundingClientRect().width >= innerWidth - 1`))
        await markers()
        await inPage(browser, `const video = document.querySelector('video'); video.currentTime = video.duration - 0.2; await video.play()`)
        /** Whether the pointer would hit it, wherever it has been scrolled to. */
        const isHit = (what: string) => `(() => { const it = ${what}; if (!it || !shown(it)) return false; const { x, y } = centre(it); const at = document.elementsFromPoint(x, y)[0]; return at?.localName })()`
        await until('the shelf upon the picture', () => inPage(browser, `return ${isHit(`deep('[part~=replay]')[0]`)} === 'kanmai-shelf'`))
        await until('the rail under the film', () =>
          inPage(browser, `document.querySelector('kanmai-rail').scrollIntoView({ block: 'end' }); return ${isHit(`deep('kanmai-rail [part~=list], [part~=list]').find((it) => it.getRootNode().host?.localName === 'kanmai-rail')`)} === 'kanmai-rail'`),
        )
        await inPage(browser, `document.querySelector('#box').scrollTop = 0`)
        await inPage(browser, 'return document.exitFullscreen()')
        await isFull(false)
        await until('all as it was', () =>
          inPage(browser, `const box = document.querySelector('#box'); return box.style.overflow === '' && !document.querySelector('kanmai-shelf[over]') && document.querySelector('video').getBoundingClientRect().width === 640`),
        )
        assert.equal(await failed(), '')
      })
    }

    it('is seen over a bare film that fills the screen, and opens a modal card at a click on its marker', async () => {
      await open('/bare')
      await press('the button', `document.querySelector('#go')`)
      await isFull(true)
      await until('the layer above', () => inPage(browser, `return deep('.layer')[0].matches(':popover-open')`))
      await markers()
      await press('a marker', `deep('[part~=marker]')[1]`)
      const title = await until('the card', () => inPage<string | false>(browser, `const card = deep('dialog')[0]; return !!card?.matches(':modal') && card.getAttribute('aria-label')`))
      assert.equal(title, 'Rug')
      assert.equal(await inPage(browser, 'return window.clicks'), 0, 'the film’s own click does not happen')
      await press('its close button', `deep('[part~=close]')[0]`)
      await until('the card gone', () => inPage(browser, `return !${card}`))
      await inPage(browser, `const { x, y, width } = document.querySelector('video').getBoundingClientRect(); window.empty = { x: x + width / 2, y: y + 10 }`)
      const empty = await inPage<{ x: number; y: number }>(browser, 'return window.empty')
      await browser.clickAt(empty.x, empty.y)
      await until('the film’s own click', () => inPage(browser, 'return window.clicks === 1'))
      await inPage(browser, 'return document.exitFullscreen()')
      await isFull(false)
      await until('the layer back', () => inPage(browser, `return !deep('.layer')[0].hasAttribute('popover')`))
      await markers()
      assert.equal(await failed(), '')
    })

    it('brings film and markers to the whole screen by its own button, and gives the film its size back', async () => {
      await open('/button')
      await press('the button', `deep('[part~=fullscreen]')[0]`)
      await isFull(true)
      await until('a film as wide as the screen', () => inPage(browser, `return document.querySelector('video').getBoundingClientRect().width >= innerWidth - 1`))
      await markers()
      await press('the button', `deep('[part~=fullscreen]')[0]`)
      await isFull(false)
      await until('the film’s own size', () => inPage(browser, `return document.querySelector('video').getBoundingClientRect().width === 640`))
      await markers()
      assert.equal(await failed(), '')
    })
  })
}
