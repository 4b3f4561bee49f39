import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { CueSheet } from '../../src/contract/cue.ts'
import type { Signal } from '../../src/contract/signal.ts'
import { installedEngines, openBrowser, type Browser } from '../support/browsers.ts'
import { inPage, until } from '../support/in-page.ts'
import { sendPart } from '../support/send-part.ts'
import { id3Tag, withTimedMetadata } from '../support/timed-metadata.ts'
import { removeData, startEndpoint, type RunningEndpoint } from '../support/start-endpoint.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const types: Record<string, string> = { js: 'text/javascript', mjs: 'text/javascript', m3u8: 'application/vnd.apple.mpegurl', vtt: 'text/vtt', webm: 'video/webm' }
const stream = '/test/fixtures/hls/square.m3u8'
/** The same pieces without date ranges, with tags that put the product on the picture. */
const tagged = '/tagged/square.m3u8'
const size = 'width="640" height="360" style="display:block;width:640px;height:360px"'
/** Before every module script: Firefox takes no later one. */
const imports = {
  'hls.js/dist/hls.mjs': '/node_modules/hls.js/dist/hls.mjs',
  'hls.js': '/node_modules/hls.js/dist/hls.mjs',
  'custom-media-element': '/node_modules/custom-media-element/dist/custom-media-element.js',
  'media-tracks': '/node_modules/media-tracks/dist/index.js',
}

const videoJs = (source: string) => `<link rel="stylesheet" href="/node_modules/video.js/dist/video-js.css"><script src="/node_modules/video.js/dist/video.min.js"></script>
  <div style="position:relative;width:640px"><video id="film" class="video-js" muted playsinline ${size}></video></div>
  <script>videojs('film').src({ src: '${source}', type: 'application/vnd.apple.mpegurl' })</script>`
const hlsJs = (source: string) => `<script src="/node_modules/hls.js/dist/hls.min.js"></script><video id="film" muted playsinline ${size}></video>
  <script>const film = document.getElementById('film'); film.hls = new Hls(); film.hls.loadSource('${source}'); film.hls.attachMedia(film)</script>`

/** Each with the package as its own project serves it, and one source of cues. */
const players: Record<string, { cues: string; body: string }> = {
  'video.js': { cues: 'date ranges', body: videoJs(stream) },
  'hls.js': { cues: 'date ranges', body: hlsJs(stream) },
  'video.js-id3': { cues: 'ID3 in the pieces of a stream', body: videoJs(tagged) },
  'hls.js-id3': { cues: 'ID3 in the pieces of a stream', body: hlsJs(tagged) },
  'hls-video': {
    cues: 'date ranges',
    body: `<hls-video id="film" muted playsinline src="${stream}" ${size}></hls-video>
      <script type="module" src="/node_modules/hls-video-element/dist/hls-video-element.js"></script>`,
  },
  'media-chrome': {
    cues: 'a metadata track',
    body: `<script src="/node_modules/media-chrome/dist/iife/index.js"></script>
      <media-controller id="film"><video slot="media" muted playsinline src="/test/fixtures/square.webm" ${size}><track kind="metadata" label="kanmai" src="/cues.vtt"></video>
      <media-control-bar><media-play-button></media-play-button></media-control-bar></media-controller>`,
  },
}

/** A track of somebody else's data that is labelled as ours, beside a good one. */
const foreignTrack = fileURLToPath(new URL('../../../shared/data/video/track_map_tracks_gbike.vtt', import.meta.url))
const foreign = `<video id="film" muted playsinline src="/test/fixtures/square.webm" ${size}>
  <track kind="metadata" label="kanmai map" src="/foreign.vtt"><track kind="metadata" label="kanmai" src="/cues.vtt"></video>`

/** The cue as TXXX at second 1.5, and again as PRIV in the next piece. */
function taggedPiece(path: string, cue: string): Uint8Array {
  const first = path.includes('square0')
  const tag = first ? id3Tag(cue) : id3Tag(cue, { owner: 'com.kanmai.cue' })
  return withTimedMetadata(readFileSync(root + path), [{ second: first ? 1.5 : 0.1, tag }])
}

for (const engine of installedEngines()) {
  describe(`other people’s players in ${engine}`, { timeout: 240_000 }, () => {
    let endpoint: RunningEndpoint
    let site: Server
    let browser: Browser
    let item: CueSheet['items'][number]
    let origin: string

    const ask = async <T>(path: string): Promise<T> => {
      const response = await fetch(`${endpoint.url}/v1/demo${path}`, { headers: { authorization: `Bearer ${endpoint.token}` } })
      return (await response.json()) as T
    }
    const pageOf = (name: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title>
      <script type="importmap">${JSON.stringify({ imports })}</script><link rel="stylesheet" href="${endpoint.url}/dist/kanmai.css">
      <script type="module" src="${endpoint.url}/dist/kanmai.js" data-endpoint="${endpoint.url}" data-publisher="demo" data-consent="granted" data-target="_self"></script>
      <script>window.said = []; addEventListener('kanmai-error', (event) => said.push(event.issue)); addEventListener('error', (event) => said.push('uncaught ' + event.message))</script>
      ${players[name]?.body ?? foreign}<kanmai-overlay for="film" media="of-${name}"></kanmai-overlay>`

    before(async () => {
      endpoint = await startEndpoint()
      item = (await ask<CueSheet>('/media/film-01/cues')).items[0]!
      const cue = JSON.stringify({ item: item.id, at: { x: 0.5, y: 0.4 } })
      site = createServer((request, response) => {
        const path = new URL(request.url!, 'http://site').pathname
        const name = path.slice(1)
        if (name in players) return void response.setHeader('content-type', 'text/html').end(pageOf(name))
        response.setHeader('content-type', types[path.split('.').at(-1)!] ?? 'application/octet-stream')
        if (path === '/foreign') return void response.setHeader('content-type', 'text/html').end(pageOf('foreign'))
        if (path === '/foreign.vtt') return void response.end(readFileSync(foreignTrack))
        if (path === '/cues.vtt') return void response.end(`WEBVTT\n\npin-1\n00:01.500 --> 00:03.500\n${cue}\n`)
        if (path === stream) return void response.end(readFileSync(root + path, 'utf8').replace('X-COM-KANMAI-CUE="square"', `X-COM-KANMAI-CUE="${item.id}"`))
        if (path === tagged) return void response.end(readFileSync(root + stream, 'utf8').replace(/^#EXT-X-DATERANGE.*\n/gm, ''))
        if (path.startsWith('/tagged/')) return void response.end(taggedPiece(path.replace('/tagged/', '/test/fixtures/hls/'), cue))
        try {
          sendPart(request, response, readFileSync(root + path))
        } catch {
          response.writeHead(404).end()
        }
      })
      await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
      origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
      browser = await openBrowser(engine)
    })
    after(async () => {
      await browser?.close()
      site?.close()
      await endpoint?.stop()
      removeData(endpoint.data)
    })

    for (const [name, { cues }] of Object.entries(players)) {
      it(`${name}: ${cues} become a marker, its card and a click with media and second`, async () => {
        await browser.goto(`${origin}/${name}`)
        const film = `const film = document.querySelector('hls-video') ?? document.querySelector('video');`
        const goTo = async (second: number): Promise<void> => {
          await until('the film', () => inPage(browser, `${film} return film.readyState > 0`))
          // Some load the picture only to play it; video.js in WebKitGTK may not come to its end with a seek before that.
          await inPage(browser, `${film} film.muted = true; Promise.resolve(film.play()).catch(() => {})`)
          await until('the first picture', () => inPage(browser, `${film} return film.readyState > 1`))
          await inPage(browser, `${film} film.pause(); film.currentTime = ${second}`)
        }
        await goTo(2.2)
        const marker = await until('the marker', () =>
          inPage<{ x: number; y: number } | false>(browser, `${film} const it = deep('[part~=marker]').find(shown); return !film.seeking && Math.abs(film.currentTime - 2.2) < 0.1 && it && centre(it)`),
        )
        const box = await inPage<{ x: number; y: number }>(browser, `${film} const box = film.getBoundingClientRect(); return { x: box.x + box.width / 2, y: box.y + box.height * 0.4 }`)
        assert.ok(Math.hypot(marker.x - box.x, marker.y - box.y) < 40, `marker at ${marker.x}, ${marker.y}, expected near ${box.x}, ${box.y}`)
        await browser.clickAt(marker.x, marker.y)
        const link = await until('the card', () =>
          inPage<{ x: number; y: number } | false>(browser, `const card = deep('[part~=card]').find(shown); const it = card && deep('[part~=link]', card.shadowRoot ?? card).find(shown); return it && centre(it)`),
        )
        await browser.clickAt(link.x, link.y)
        const click = await until('the click', async () => (await ask<{ signals: Signal[] }>('/signals?type=click')).signals.find((it) => it.media === `of-${name}`))
        assert.equal(click.item, item.id)
        assert.ok(Math.abs(click.second! - 2.2) < 0.2, `clicked at second ${click.second}`)
        await browser.goto(`${origin}/${name}`)
        await goTo(0.5)
        await until('no marker before its second', () => inPage(browser, `${film} return !film.seeking && film.currentTime < 1 && !deep('[part~=marker]').some(shown)`))
      })
    }

    it('a track of 446 cues that mean something else costs a few sentences and no product', { skip: !existsSync(foreignTrack) && 'needs ../shared/data' }, async () => {
      await browser.goto(`${origin}/foreign`)
      await until('the film', () => inPage(browser, `return document.querySelector('video').readyState > 0`))
      await inPage(browser, `document.querySelector('video').currentTime = 2.2`)
      await until('the marker', () => inPage(browser, `return deep('[part~=marker]').some(shown)`))
      const said = await until('what is wrong', () => inPage<string[] | false>(browser, `return window.said.length > 20 && window.said`))
      assert.equal(said.length, 21)
      assert.ok(said.every((it) => /^(track cue at \d+ s: item: |stream: more than 20 )/.test(it)), said.join('\n'))
    })
  })
}
