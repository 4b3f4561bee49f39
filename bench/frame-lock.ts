import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { chromiumArgs, findChromium } from '../test/support/engines.mjs'
import { everyFrameRate, film, lanes, testFilm, type FrameRate } from './frame-lock/film.ts'
import { figureCells, figureColumns, figuresOf, floorOf, percent } from './frame-lock/figures.ts'
import { serveSite } from './frame-lock/site.ts'
import { readJpegs, type Spots } from './frame-lock/spots.ts'
import { median, printTable, type BenchOptions, type BenchTable } from './table.ts'

// An object runs to and fro at 300 px a second on the screen. Above it a twin is burnt into the film: how far the two are
// apart on a captured picture is the instrument's grain. Below it runs the overlay's marker, told the same path.
interface Run {
  fps: FrameRate
  rate: 1 | 2
  /** How many times slower the page's own thread is made. */
  slower: number
}

// Each case is measured in so many rounds, the cases one after the other, and after each its floor for as long: a hiccup of
// the machine then falls into one round of one of them.
const whole = { rounds: 3, milliseconds: 6000 }
const short = { rounds: 1, milliseconds: 3000 }

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function record(page: Page, milliseconds: number): Promise<Buffer[]> {
  const session = await page.createCDPSession()
  const pictures: Buffer[] = []
  session.on('Page.screencastFrame', ({ data, sessionId }) => {
    pictures.push(Buffer.from(data, 'base64'))
    session.send('Page.screencastFrameAck', { sessionId }).catch(() => {})
  })
  await session.send('Page.startScreencast', { format: 'jpeg', quality: 90, everyNthFrame: 1 })
  await wait(milliseconds)
  await session.send('Page.stopScreencast')
  await session.detach()
  return pictures
}

async function measure(browser: Browser, url: string, { rate, slower }: Run, milliseconds: number): Promise<Spots[]> {
  const page = await browser.newPage()
  try {
    await page.setViewport({ width: film.width, height: film.height })
    await page.goto(url)
    await page.emulateCPUThrottling(slower)
    // A film begins unevenly.
    await wait(2500)
    return await readJpegs(await record(page, milliseconds), lanes[rate])
  } finally {
    await page.close()
  }
}

/** Distance between a marker and its object on the composited picture, in pixels, above the instrument's own grain. */
export async function bench({ quick }: BenchOptions = { quick: false }): Promise<BenchTable> {
  const title = 'Frame lock: marker on an object at 300 px/s on the screen, in px on the composited picture'
  const columns = ['frames/s', 'rate', 'CPU', ...figureColumns, 'worst in step', 'floor', 'worst floor', 'load']
  const executablePath = findChromium()
  if (!executablePath) return { title, columns, rows: [], notes: ['Skipped: no Chromium was found; set CHROME_PATH.'] }
  const only = process.env['KANMAI_FPS']?.split(',')
  const runs = everyFrameRate.flatMap((fps) =>
    ([1, 2] as const).flatMap((rate) => [1, 4].map((slower): Run => ({ fps, rate, slower }))),
  )
  const wanted = runs.filter(({ fps, slower }) => (only ? only.includes(fps) : true) && (!quick || slower === 4))
  const rows: string[][] = []
  const { rounds, milliseconds } = quick ? short : whole
  const notes = [
    `Median of ${rounds} rounds of ${milliseconds / 1000} s, and the fewest pictures in step of any.`,
    'Floor: pictures in step of what the browser moves by itself, its moment chosen afterwards; measured after the case, so that a hiccup may fall into one and not the other.',
  ]
  try {
    for (const { fps } of wanted) await testFilm(fps)
  } catch (error) {
    return { title, columns, rows, notes: [`Skipped: ffmpeg could not make the film (${String(error).split('\n')[0]}).`] }
  }
  const site = await serveSite()
  const browser = await puppeteer.launch({ executablePath, args: chromiumArgs })
  try {
    const cases = wanted.map((run) => ({ run, figures: [] as number[][], floors: [] as number[], loads: [] as number[] }))
    for (let round = 0; round < rounds; round++) {
      for (const { run, figures, floors, loads } of cases) {
        const url = `${site.url}/${run.fps}/${run.rate}`
        loads.push(loadavg()[0]!)
        figures.push(figuresOf(run.fps, run.rate, await measure(browser, url, run, milliseconds)))
        floors.push(floorOf(run.fps, run.rate, await measure(browser, `${url}/floor`, run, milliseconds)))
        if (process.env['KANMAI_VERBOSE']) console.log([run.fps, run.rate, run.slower, ...figureCells(figures.slice(-1)), floors.at(-1)].join('\t'))
      }
    }
    const step = figureColumns.indexOf('in step')
    for (const { run, figures, floors, loads } of cases) {
      const worst = Math.min(...figures.map((it) => it[step]!))
      const parts = [worst, median(floors), Math.min(...floors)].map(percent)
      rows.push([run.fps, String(run.rate), `${run.slower}×`, ...figureCells(figures), ...parts, median(loads).toFixed(1)])
    }
  } finally {
    await browser.close()
    site.close()
  }
  return { title, columns, rows, notes }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) printTable(await bench({ quick: process.argv.includes('--quick') }))
