import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { build, preview } from 'vite'
import { chromiumArgs, findChromium } from '../test/support/engines.mjs'
import { percentile, printTable, type BenchTable } from './table.ts'

// An object runs to and fro at 300 px a second on the screen. Above it a twin is burnt into the film: how far the two are
// apart on a captured picture is the instrument's grain. Below it runs the overlay's marker, told the same path.
const film = { width: 960, height: 540, fps: 30, seconds: 12, from: 120, way: 720, speed: 300 }
const warmUp = 4000
const capture = 8000

interface Spot {
  object: number
  twin: number
  marker: number
}

// Rounded, for ffmpeg cuts the fraction off and a time may lie a hair before its frame.
const pathX = `round(${film.from}+${film.way}-abs(${film.way}-mod(${film.speed}*t,${2 * film.way})))`

function makeFilm(path: string): void {
  const { width, height, fps, seconds } = film
  const box = (color: string): string[] => ['-f', 'lavfi', '-i', `color=c=${color}:s=40x40:r=${fps}:d=${seconds}`]
  const scene = ['-f', 'lavfi', '-i', `color=c=0x202020:s=${width}x${height}:r=${fps}:d=${seconds}`, ...box('0x00e000'), ...box('0xe00000')]
  const paint = `[0][1]overlay=x='${pathX}':y=100[a];[a][2]overlay=x='${pathX}':y=200`
  const code = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '16', '-pix_fmt', 'yuv420p', '-g', '30', '-movflags', '+faststart']
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...scene, '-filter_complex', paint, ...code, path])
}

function keyframes(): { t: number; x: number; y: number }[] {
  const turn = film.way / film.speed
  const count = Math.ceil(film.seconds / turn) + 1
  return Array.from({ length: count }, (_, index) => ({
    t: index * turn,
    x: (film.from + (index % 2 ? film.way : 0) + 20) / film.width,
    y: 400 / film.height,
  }))
}

function pageOf(): string {
  const item = { id: 'object', title: 'Object', url: 'https://shop.example' }
  const cue = { id: 'c', item: item.id, start: 0, track: { interpolation: 'linear', keyframes: keyframes() } }
  return `<!doctype html><meta charset="utf-8"><title>Frame lock</title>
<style>body { margin: 0; background: #000 } video { display: block; width: ${film.width}px; height: ${film.height}px }
kanmai-overlay { --kanmai-marker-color: #00f; --kanmai-marker-size: 32px }</style>
<video id="film" src="film.mp4" muted loop playsinline></video><kanmai-overlay for="film"></kanmai-overlay>
<script type="module" src="overlay.js"></script>
<script type="module">Object.assign(document.querySelector('kanmai-overlay'), { items: [${JSON.stringify(item)}], cues: [${JSON.stringify(cue)}] })</script>`
}

async function makeSite(dir: string): Promise<void> {
  await build({
    root: dir,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: dir,
      emptyOutDir: false,
      lib: { entry: fileURLToPath(new URL('../src/elements/kanmai-overlay.ts', import.meta.url)), formats: ['es'], fileName: () => 'overlay.js' },
    },
  })
  writeFileSync(join(dir, 'index.html'), pageOf())
}

async function record(page: Page): Promise<string[]> {
  const session = await page.createCDPSession()
  const pictures: string[] = []
  session.on('Page.screencastFrame', ({ data, sessionId }) => {
    pictures.push(data)
    session.send('Page.screencastFrameAck', { sessionId }).catch(() => {})
  })
  await session.send('Page.startScreencast', { format: 'jpeg', quality: 92, everyNthFrame: 1 })
  await new Promise((resolve) => setTimeout(resolve, capture))
  await session.send('Page.stopScreencast')
  await session.detach()
  return pictures
}

// Runs in the page, for Node has no pictures. Red, green and blue: pixels in which one colour is far above the two others.
const findSpots = `async (data) => {
  const image = await createImageBitmap(await (await fetch('data:image/jpeg;base64,' + data)).blob())
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d', { willReadFrequently: true })
  context.drawImage(image, 0, 0)
  const pixels = context.getImageData(0, 0, image.width, image.height).data
  const sums = [0, 0, 0]
  const counts = [0, 0, 0]
  for (let at = 0; at < pixels.length; at += 4) {
    for (let c = 0; c < 3; c++) {
      if (pixels[at + c] > 140 && Math.max(pixels[at + ((c + 1) % 3)], pixels[at + ((c + 2) % 3)]) < 90) {
        sums[c] += (at / 4) % image.width
        counts[c]++
      }
    }
  }
  return counts.every((count) => count > 200) ? sums.map((sum, c) => sum / counts[c]) : undefined
}`

/** Where the three spots stand on each picture, found in a page of its own. */
async function readSpots(browser: Browser, pictures: string[]): Promise<Spot[]> {
  const page = await browser.newPage()
  const spots: Spot[] = []
  for (const picture of pictures) {
    const found = (await page.evaluate(`(${findSpots})('${picture}')`)) as number[] | undefined
    if (found) spots.push({ object: found[0]!, twin: found[1]!, marker: found[2]! })
  }
  await page.close()
  return spots
}

/** Distance between a marker and its object on the composited picture, in pixels, beside the instrument's own grain. */
export async function bench(): Promise<BenchTable> {
  const title = 'Frame lock: marker on an object at 300 px/s, 30 frames a second, in px on the composited picture'
  const columns = ['CPU', 'median', 'p95', 'grain median', 'grain p95', 'median above grain', 'p95 above grain', 'in step', 'late', 'early', 'n']
  const executablePath = findChromium()
  const dir = mkdtempSync(join(tmpdir(), 'kanmai-frame-lock-'))
  try {
    if (!executablePath) return { title, columns, rows: [], notes: ['Skipped: no Chromium was found; set CHROME_PATH.'] }
    try {
      makeFilm(join(dir, 'film.mp4'))
    } catch (error) {
      return { title, columns, rows: [], notes: [`Skipped: ffmpeg could not make the film (${String(error).split('\n')[0]}).`] }
    }
    await makeSite(dir)
    const server = await preview({ root: dir, configFile: false, logLevel: 'error', build: { outDir: dir }, preview: { host: '127.0.0.1', port: 0 } })
    const browser = await puppeteer.launch({ executablePath, args: chromiumArgs })
    const rows: string[][] = []
    try {
      for (const slower of [1, 4]) {
        const page = await browser.newPage()
        await page.setViewport({ width: film.width, height: film.height })
        await page.goto(server.resolvedUrls!.local[0]!)
        await page.evaluate(`document.querySelector('video').play()`)
        await page.emulateCPUThrottling(slower)
        await new Promise((resolve) => setTimeout(resolve, warmUp))
        const pictures = await record(page)
        await page.close()
        const spots = await readSpots(browser, pictures)
        const errors = spots.map(({ object, marker }) => Math.abs(marker - object))
        const grain = spots.map(({ object, twin }) => Math.abs(twin - object))
        const frame = film.speed / film.fps
        const ahead = spots.map(({ object, marker }, index) => (marker - object) * Math.sign(object - (spots[index - 2]?.object ?? object)))
        const share = (those: (it: number) => boolean): string => `${((ahead.filter(those).length / ahead.length) * 100).toFixed(1)} %`
        const pixels = [percentile(errors, 50), percentile(errors, 95), percentile(grain, 50), percentile(grain, 95)]
        const above = [pixels[0]! - pixels[2]!, pixels[1]! - pixels[3]!]
        rows.push([`${slower}× slower`, ...[...pixels, ...above].map((it) => it.toFixed(2)), share((it) => Math.abs(it) < frame / 2), share((it) => it <= -frame / 2), share((it) => it >= frame / 2), String(errors.length)])
      }
    } finally {
      await browser.close()
      await server.close()
    }
    const notes = ['“In step”: pictures on which the marker stands on the very frame of its object. One frame is 10 px.']
    return { title, columns, rows, notes }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) printTable(await bench())
