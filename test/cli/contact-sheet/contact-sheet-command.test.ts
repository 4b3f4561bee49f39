import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { ContactSheet } from '../../../src/cli/contact-sheet/contact-sheet.ts'
import { findChromium } from '../../../src/cli/contact-sheet/find-chromium.ts'
import { openHeadlessPage } from '../../../src/cli/contact-sheet/headless-page.ts'
import { takeStills } from '../../../src/cli/contact-sheet/stills.ts'
import { kanmai, newDirectory, serveKanmai, type Serving } from '../run-kanmai.ts'

const film = fileURLToPath(new URL('../../fixtures/square.mp4', import.meta.url))
const chromium = findChromium(process.env)
const size = { width: 320, height: 180, scale: 2 }

/** Width and height of a WebP picture with or without an alpha channel, as its header says. */
function webpSize(bytes: Buffer): [number, number] {
  const kind = bytes.toString('latin1', 12, 16)
  if (kind === 'VP8X') return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1]
  return [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff]
}

describe('kanmai contact-sheet', () => {
  const home = newDirectory()
  const data = join(home, 'data')
  const config = join(home, 'publishers.json')
  const env = { KANMAI_DATA: data, KANMAI_TOKEN: 'gazette-token' }
  const mine = ['--publisher', 'gazette']
  let serving: Serving

  before(async () => {
    writeFileSync(config, JSON.stringify({ publishers: [{ key: 'gazette', token: 'gazette-token', public: {}, private: { networks: [{ network: 'direct', parameter: 'ref', hosts: ['shop.example'] }] } }] }))
    const products = join(home, 'products.tsv')
    writeFileSync(products, 'id\ttitle\tlink\timage_link\tprice\tavailability\nlamp\tArc lamp\thttps://shop.example/p\thttps://shop.example/p.webp\t9.00 USD\tin_stock\n')
    const cues = join(home, 'cues.json')
    writeFileSync(cues, JSON.stringify([{ id: 'left', item: 'lamp', start: 0, end: 1, at: { x: 0.25, y: 0.5 } }, { id: 'beside', item: 'lamp', start: 0.2, end: 0.8 }]))
    serving = await serveKanmai(['--config', config, '--data', data])
    assert.equal((await kanmai(['import', products, ...mine], { env })).code, 0)
    const { code, stderr } = await kanmai(['import', cues, '--media', 'square', ...mine], { env })
    assert.equal(code, 0, stderr)
  })
  after(async () => {
    await serving.stop()
    rmSync(home, { recursive: true, force: true })
  })

  it('writes a page and a report without the film, and ends well on warnings', async () => {
    const out = join(home, 'plain')
    const { code, stdout, stderr } = await kanmai(['contact-sheet', 'square', '--out', out, '--json', ...mine], { env })
    assert.equal(code, 0, stderr)
    const report = JSON.parse(stdout) as ContactSheet
    assert.deepEqual(report.findings.map(({ kind, cues }) => [kind, ...cues]), [['too-short', 'left'], ['too-short', 'beside']])
    assert.deepEqual([report.stills, report.errors, report.warnings], ['none', 0, 2])
    assert.deepEqual(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')).cues, report.cues)
    assert.match(readFileSync(join(out, 'index.html'), 'utf8'), /Arc lamp/)
  })

  it('ends with 1 when there are errors', async () => {
    const ghost = { cues: [{ id: 'g', item: 'ghost', start: 0, end: 5 }] }
    const put = { method: 'PUT', headers: { authorization: 'Bearer gazette-token' }, body: JSON.stringify(ghost) }
    assert.equal((await fetch(`${serving.url}/v1/gazette/media/ghosts/cues`, put)).status, 200)
    const { code, stderr } = await kanmai(['contact-sheet', 'ghosts', '--out', join(home, 'ghosts'), ...mine], { env })
    assert.equal(code, 1)
    assert.match(stderr, /^error 0\.0 s g: its item “ghost” is not in the catalogue/m)
  })

  it('says what is missing: ffmpeg, a browser, the media, the film', async () => {
    const without = await kanmai(['contact-sheet', 'square', '--file', film, '--out', join(home, 'no'), ...mine], { env: { ...env, PATH: home } })
    assert.equal(without.code, 1)
    assert.match(without.stderr, /ffprobe is not installed, and without it a film cannot be looked into: install ffmpeg/)
    const unknown = await kanmai(['contact-sheet', 'nobody', '--out', join(home, 'no'), ...mine], { env })
    assert.deepEqual([unknown.code, /The media "nobody" has no cues/.test(unknown.stderr)], [1, true])
    const nowhere = await kanmai(['contact-sheet', 'square', '--file', 'nowhere.mp4', ...mine], { env })
    assert.deepEqual([nowhere.code, /There is no file nowhere\.mp4/.test(nowhere.stderr)], [2, true])
    assert.equal(existsSync(join(home, 'no')), false)
  })

  it('falls back to frames with a ring when the browser does not start', async () => {
    const out = join(home, 'frames')
    const { code, stderr } = await kanmai(['contact-sheet', 'square', '--file', film, '--out', out, ...mine], { env: { ...env, CHROME_PATH: join(home, 'nothing') } })
    if (/ffprobe is not installed/.test(stderr)) return assert.equal(code, 1)
    assert.equal(code, 0, stderr)
    assert.match(stderr, /Stills are bare frames|stills are bare frames/)
    assert.match(readFileSync(join(out, 'index.html'), 'utf8'), /<img src="stills\/001-left\.jpg"[^>]*><i style="left:25%;top:50%">/)
    assert.deepEqual([...readFileSync(join(out, 'stills/001-left.jpg')).subarray(0, 3)], [0xff, 0xd8, 0xff])
  })
})

describe('takeStills', () => {
  it('draws a picture of each cue by the elements of the build', async () => {
    assert.ok(chromium, 'the tests need a Chromium')
    const home = newDirectory()
    try {
      // Stands in for the one-file build, which a bare checkout does not have.
      const build = join(home, 'build.js')
      writeFileSync(build, `customElements.define('kanmai-overlay', class extends HTMLElement {
        constructor() { super(); this.attachShadow({ mode: 'open' }); this.updateComplete = Promise.resolve() }
        close() { this.shadowRoot.replaceChildren() }
        open(cue) { const card = document.createElement('div'); card.part = 'card'; card.textContent = cue + this.player.second() + this.items.length + this.cues.length; this.shadowRoot.append(card) }
      })`)
      const sheet = { media: { id: 'm' }, items: [], cues: [{ id: 'a', item: 'x', start: 0, pause: true }] }
      const out = join(home, 'a.webp')
      const counts: number[] = []
      await takeStills(chromium, build, sheet, size, [{ cue: 'a', second: 1.5, out }], (count) => counts.push(count))
      assert.deepEqual(webpSize(readFileSync(out)), [640, 360])
      assert.deepEqual(counts, [1])
    } finally {
      rmSync(home, { recursive: true, force: true })
    }
  })
})

describe('openHeadlessPage', () => {
  it('answers what a script says, and rejects with what it throws', async () => {
    const page = await openHeadlessPage(chromium!, size)
    try {
      assert.deepEqual(await page.evaluate('Promise.resolve([innerWidth, devicePixelRatio, "台灯"])'), [320, 2, '台灯'])
      await assert.rejects(page.evaluate('missing()'), /missing is not defined/)
    } finally {
      await page.close()
    }
  })
  it('rejects when the program is none, or is no browser', async () => {
    await assert.rejects(openHeadlessPage('/nowhere/chrome', size), /does not start/)
    await assert.rejects(openHeadlessPage(process.execPath, size), /ended before it had answered/)
  })
})
