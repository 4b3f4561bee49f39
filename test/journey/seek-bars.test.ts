import { after, before, describe, it } from 'node:test'
import { installedEngines, openBrowser, type Browser } from '../support/browsers.ts'
import { inPage, until } from '../support/in-page.ts'
import { startPlayerSite, type PlayerSite } from '../support/player-site.ts'

const given = `<script type="module">
  window.fill = (markers) => Object.assign(markers, {
    items: ['Lamp', 'Rug'].map((title) => ({ id: title, title, url: location.origin + '/shop' })),
    cues: [{ id: 'a', item: 'Lamp', start: 1, end: 2 }, { id: 'b', item: 'Rug', start: 3, end: 4 }],
  })
  const there = document.querySelector('kanmai-markers')
  if (there) fill(there)
</script>`

/** Each player with our marks upon its own seek bar, put there as a page would, and what its seek bar is. */
const pages = {
  '/media-chrome': `<media-controller style="width:640px;height:360px">
      <video id="film" slot="media" src="/square.webm" muted playsinline preload="auto" style="width:640px;height:360px"></video>
      <media-control-bar>
        <media-play-button></media-play-button>
        <div style="position:relative;flex:1;display:flex">
          <media-time-range style="width:100%"></media-time-range>
          <kanmai-markers for="film" over style="--kanmai-markers-inset:10px"></kanmai-markers>
        </div>
      </media-control-bar>
    </media-controller>${given}`,
  '/video.js': `<link rel="stylesheet" href="/video-js.css"><div style="width:640px">
      <video id="film" class="video-js" controls muted playsinline preload="auto" width="640" height="360"></video></div>${given}
    <script type="module">
      await new Promise((resolve) => { const wait = () => (window.videojs ? resolve() : setTimeout(wait, 10)); wait() })
      window.player = videojs('film', { inactivityTimeout: 0 })
      player.src({ src: '/square.webm', type: 'video/webm' })
      const markers = document.createElement('kanmai-markers')
      markers.setAttribute('for', 'film')
      markers.toggleAttribute('over', true)
      player.controlBar.progressControl.seekBar.el().append(markers)
      fill(markers)
      player.load()
    </script>`,
}
const seekBars: Record<keyof typeof pages, string> = { '/media-chrome': 'media-time-range', '/video.js': '.vjs-progress-holder' }

for (const engine of installedEngines()) {
  describe(`products upon the seek bars of others in ${engine}`, { timeout: 240_000 }, () => {
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

    for (const [path, bar] of Object.entries(seekBars)) {
      it(`${path}: a tick stands over its second and leads there, and the rest of the bar stays the player's`, async () => {
        await browser.goto(site.url + path)
        await until('its first picture', () => inPage(browser, `return document.querySelector('video').readyState > 1`))
        const inset = path === '/media-chrome' ? 10 : 0
        // The player lays its bar out anew when it learns how long the film is; video.js shows its own once it was played.
        const { ticks, track } = await until('both ticks over their seconds', () =>
          inPage<{ ticks: { x: number; y: number }[]; track: { x: number; y: number; width: number } } | false>(
            browser,
            `window.player?.hasStarted(true)
             const ticks = deep('[part~=tick]').filter(shown).map(centre)
             const box = document.querySelector('${bar}').getBoundingClientRect()
             const track = { x: box.x + ${inset}, y: box.y + box.height / 2, width: box.width - ${2 * inset} }
             const over = ({ x, y }, second) => Math.abs(x - track.x - (track.width * second) / 4) < 3 && Math.abs(y - track.y) < 3
             return ticks.length === 2 && over(ticks[0], 1) && over(ticks[1], 3) && { ticks, track }`,
          ),
        )
        const second = () => inPage<number>(browser, `const film = document.querySelector('video'); return film.seeking ? NaN : film.currentTime`)
        await browser.clickAt(ticks[1]!.x, ticks[1]!.y)
        await until('the second of the tick', async () => Math.abs((await second()) - 3) < 0.05)
        // Between the ticks the player hears the press, at the very place.
        await browser.clickAt(track.x + track.width / 2, track.y)
        await until('the second pressed', async () => Math.abs((await second()) - 2) < 0.2)
      })
    }
  })
}
