import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CueSheet } from '../../src/contract/cue.ts'
import type { Report } from '../../src/contract/report.ts'
import type { Signal } from '../../src/contract/signal.ts'
import { installedEngines, openBrowser, type Browser } from '../support/browsers.ts'
import { inPage, until } from '../support/in-page.ts'
import { removeData, startEndpoint, type RunningEndpoint } from '../support/start-endpoint.ts'

interface Spot {
  x: number
  y: number
}

// One viewer from the first marker to the shelf at the end.
for (const engine of installedEngines()) {
  describe(`the film page in ${engine}`, { timeout: 240_000 }, () => {
    let endpoint: RunningEndpoint
    let browser: Browser
    let sheet: CueSheet

    const ask = async <T>(path: string): Promise<T> => {
      const answer = await fetch(`${endpoint.url}/v1/demo${path}`, { headers: { authorization: `Bearer ${endpoint.token}` } })
      return (await answer.json()) as T
    }
    before(async () => {
      endpoint = await startEndpoint()
      browser = await openBrowser(engine)
      sheet = await ask<CueSheet>('/media/film-01/cues')
      await open()
    })
    after(async () => {
      await browser?.close()
      await endpoint?.stop()
      removeData(endpoint.data)
    })

    const film = `const film = document.querySelector('#film');`
    const open = async () => {
      await browser.goto(`${endpoint.url}/demo/film.html`)
      await until('its first picture', () => inPage(browser, `${film} return film.readyState > 1`))
      assert.ok(await inPage(browser, `${film} return film.duration > 50`))
    }
    const goTo = async (second: number) => {
      await inPage(browser, `${film} film.pause(); film.currentTime = ${second}`)
      await until(`second ${second}`, () => inPage(browser, `${film} return !film.seeking && Math.abs(film.currentTime - ${second}) < 0.1`))
    }
    const spot = (what: string, code: string) =>
      until(what, () => inPage<Spot | false>(browser, `const it = ${code}; return !!it && shown(it) && (it.scrollIntoView({ block: 'nearest', behavior: 'instant' }), centre(it))`))
    const press = async (what: string, code: string) => {
      const { x, y } = await spot(what, code)
      await browser.clickAt(x, y)
    }
    const titleOf = (item: string) => sheet.items.find((it) => it.id === item)!.title
    const activeAt = (second: number) => sheet.cues.filter((it) => it.start <= second && second < (it.end ?? Infinity))
    const focused = `(() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; return at })()`

    it('marks just the products that are on the picture, and lists all of the film beside it', async () => {
      await goTo(14)
      const wanted = activeAt(14).map((it) => titleOf(it.item)).sort()
      await until('the markers', async () => {
        const names = await inPage<string[]>(browser, `return deep('[part~=marker]').filter(shown).map((it) => it.getAttribute('aria-label'))`)
        return names.length === wanted.length && wanted.every((title) => names.some((name) => name.includes(title)))
      })
      const listed = await inPage<number>(browser, `return new Set(deep('kanmai-card', document.querySelector('kanmai-rail').shadowRoot).map((it) => it.item?.id)).size`)
      assert.equal(listed, new Set(sheet.cues.map((it) => it.item)).size)
    })

    it('opens a card by a press, closes it by Escape and gives the focus back to its marker', async () => {
      await press('a marker', `deep('[part~=marker]').find(shown)`)
      await spot('the card', `deep('[part~=card]').find(shown)`)
      await browser.press('Escape')
      await until('no card', () => inPage(browser, `return !deep('[part~=card]').some(shown)`))
      assert.equal(await inPage(browser, `return ${focused}?.getAttribute('part')`), 'marker')
    })

    it('keeps a product for later over a reload of the page', async () => {
      await press('the heart of a card in the list', `deep('[part~=save]', document.querySelector('kanmai-rail').shadowRoot).find(shown)`)
      const count = `deep('[part~=count]').find(shown)?.textContent.trim()`
      await until('the count', () => inPage(browser, `return ${count} === '1'`))
      await until('the signal', async () => (await ask<{ signals: Signal[] }>('/signals?type=save')).signals.length === 1)
      await open()
      await until('the count after the reload', () => inPage(browser, `return ${count} === '1'`))
    })

    it('leads by the bar of time to the second at which a product comes', async () => {
      await goTo(1)
      const ticks = await until('the ticks', () => inPage<number | false>(browser, `return deep('[part~=tick]').filter(shown).length`))
      assert.ok(ticks > 5)
      await press('a tick', `deep('[part~=tick]').filter(shown)[4]`)
      const second = await until('another second', () => inPage<number | false>(browser, `${film} return !film.seeking && film.currentTime > 10 && film.currentTime`))
      assert.ok(sheet.cues.some((it) => Math.abs(it.start - second) < 0.1), `at ${second}`)
    })

    it('shows at the end what was on the picture, and counts the click on it', async () => {
      const duration = await inPage<number>(browser, `${film} return film.duration`)
      await goTo(duration - 3)
      await inPage(browser, `${film} film.muted = true; await film.play()`)
      const link = await spot('the shelf', `deep('[part~=link]', document.querySelector('kanmai-shelf').shadowRoot).find(shown)`)
      await until('the end', () => inPage(browser, `${film} return film.ended`))
      await inPage(browser, `document.addEventListener('kanmai-select', (event) => { event.preventDefault(); window.selected = event.ref }, { once: true })`)
      await browser.clickAt(link.x, link.y)
      const ref = await until('the choice', () => inPage<string | false>(browser, `return window.selected`))
      const report = await until('the report', async () => {
        const found = await ask<Report>('/report')
        return found.rows.some((it) => it.refs.includes(ref)) && found
      })
      const row = report.rows.find((it) => it.refs.includes(ref))!
      assert.equal(row.media, 'film-01')
      assert.equal(row.placement, 'film-shelf')
    })
  })
}
