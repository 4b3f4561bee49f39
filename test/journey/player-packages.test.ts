import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { installedEngines, openBrowser, type Browser } from '../support/browsers.ts'
import { inPage, until } from '../support/in-page.ts'
import { startPlayerSite, type PlayerSite } from '../support/player-site.ts'

const given = `<script type="module">
  const items = ['Lamp', 'Rug'].map((title) => ({ id: title, title, url: location.origin + '/shop' }))
  const cues = [{ id: 'a', item: 'Lamp', start: 0, at: { x: 0.25, y: 0.5 } }, { id: 'b', item: 'Rug', start: 0, at: { x: 0.7, y: 0.99 } }]
  Object.assign(document.querySelector('kanmai-overlay'), { items, cues })
  window.requests = []
  for (const name of ['play', 'pause', 'seek', 'mute', 'unmute', 'enterfullscreen', 'exitfullscreen', 'volume', 'togglesubtitles']) {
    addEventListener('media' + name + 'request', () => window.requests.push(name), true)
  }
</script>`

const pages = {
  '/media-chrome': `<media-controller style="width:640px;height:360px" tabindex="0">
      <video id="film" slot="media" src="/square.webm" muted playsinline style="width:640px;height:360px"></video>
      <kanmai-overlay for="film"></kanmai-overlay>
      <media-control-bar><media-play-button></media-play-button><media-mute-button></media-mute-button></media-control-bar>
    </media-controller>${given}`,
  '/video.js': `<link rel="stylesheet" href="/video-js.css"><div style="position:relative;width:640px">
      <video id="film" class="video-js" controls muted playsinline width="640" height="360"></video>
      <kanmai-overlay for="film"></kanmai-overlay></div>
    <script type="module">
      await new Promise((resolve) => { const wait = () => (window.videojs ? resolve() : setTimeout(wait, 10)); wait() })
      window.player = videojs('film', { userActions: { hotkeys: true } })
      player.src({ src: '/square.webm', type: 'video/webm' })
      player.userActive(true)
    </script>${given}`,
}

for (const engine of installedEngines()) {
  describe(`players of others in ${engine}`, { timeout: 240_000 }, () => {
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
      await until('both markers', () => inPage(browser, `return deep('[part~=marker]').filter(shown).length === 2`))
      // A click beside the film gives the page the keyboard.
      await browser.clickAt(900, 700)
    }
    const focus = (code: string) => inPage(browser, `const it = ${code}; it.focus(); return it.matches(':focus')`)
    const requests = () => inPage<string[]>(browser, 'return window.requests.splice(0)')
    const spot = (code: string) => until(code, () => inPage<{ x: number; y: number } | false>(browser, `const it = ${code}; return !!it && shown(it) && centre(it)`))
    const isOpen = () => inPage<boolean>(browser, `return deep('[part~=card]').some((it) => it.offsetHeight > 0)`)
    const hotkeys = [' ', 'k', 'f', 'm', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'c']

    it('keeps the hotkeys of media-chrome from markers and cards, which keep their own (media-chrome 263, 309)', async () => {
      await open('/media-chrome')
      assert.equal(await focus(`deep('[part~=marker]')[0]`), true)
      await browser.press(' ')
      await until('the card', isOpen)
      assert.deepEqual(await requests(), [])
      for (const key of hotkeys) await browser.press(key)
      assert.deepEqual(await requests(), [], 'in the card')
      await browser.press('Escape')
      await until('the card gone', async () => !(await isOpen()))
      assert.equal(await inPage(browser, `return deep('[part~=marker]')[0].matches(':focus')`), true)
      for (const key of hotkeys.slice(1)) await browser.press(key)
      assert.deepEqual(await requests(), [], 'on the marker')
    })

    it('leaves media-chrome the keys that are its own, and acts on none of them', async () => {
      await open('/media-chrome')
      assert.equal(await focus(`document.querySelector('media-controller')`), true)
      for (const key of ['k', 'm']) await browser.press(key)
      const heard = await requests()
      assert.equal(heard.length, 2, heard.join())
      assert.equal(await isOpen(), false)
    })

    it('keeps a press on a marker from media-chrome’s gestures, and a press beside it for them (media-chrome 305)', async () => {
      await open('/media-chrome')
      const marker = await spot(`deep('[part~=marker]')[0]`)
      await browser.clickAt(marker.x, marker.y)
      await until('the card', isOpen)
      assert.deepEqual(await requests(), [])
      await browser.clickAt(marker.x, marker.y)
      await until('the card gone', async () => !(await isOpen()))
      await browser.clickAt(marker.x + 120, marker.y)
      await until('the film playing', async () => (await requests()).includes('play'))
    })

    it('stands in the order of the tabs where it stands in the page, markers in theirs (media-chrome 298)', async () => {
      await open('/media-chrome')
      await focus(`deep('[part~=marker]')[0]`)
      const way: string[] = []
      for (let steps = 0; steps < 3; steps++) {
        await browser.press('Tab')
        way.push(await inPage<string>(browser, `let at = document.activeElement; while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; return at.getAttribute('part') + ' ' + at.localName`))
      }
      assert.deepEqual(way.map((it) => it.replace(/^null /, '')), ['marker button', 'dismiss button', 'media-play-button'])
    })

    for (const [path, bar] of [['/media-chrome', 'media-control-bar'], ['/video.js', '.vjs-control-bar']]) {
      it(`keeps its markers above ${bar}`, async () => {
        await open(path!)
        await inPage(browser, `const film = document.querySelector('video'); film.muted = true; await film.play(); film.pause()`)
        await until('the lowest marker above the bar', () =>
          inPage(
            browser,
            `const marker = deep('[part~=marker]')[1].getBoundingClientRect()
             const bar = document.querySelector('${bar}').getBoundingClientRect()
             return bar.height > 20 && marker.height >= 24 && marker.bottom <= bar.top + 0.5 && marker.bottom > bar.top - 40`,
          ),
        )
      })
    }
  })
}
