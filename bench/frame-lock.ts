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

// Where what the browser moves without any script is out of step in more than so many pictures, the machine was busy with
// something else: the case is tried again, so often at most, and the try with the best floor counts.
const busy = 0.02
const tries = 3
// Each case is measured so often, the cases one after the other: a hiccup of the machine then falls into one round of it.
const rounds = 3

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

async function measure(browser: Browser, url: string, { rate, slower }: Run, settle: number, capture: number): Promise<Spots[]> {
  const page = await browser.newPage()
  try {
    await page.setViewport({ width: film.width, height: film.height })
    await page.goto(url)
    await page.emulateCPUThrottling(slower)
    await wait(settle)
    return await readJpegs(await record(page, capture), lanes[rate])
  } finally {
    await page.close()
  }
}

/** Distance between a marker and its object on the composited picture, in pixels, above the instrument's own grain. */
export async function bench({ quick }: BenchOptions = { quick: false }): Promise<BenchTable> {
  const title = 'Frame lock: marker on an object at 300 px/s on the screen, in px on the composited picture'
  const columns = ['frames/s', 'rate', 'CPU', ...figureColumns, 'worst in step', 'floor', 'tries', 'load']
  const executablePath = findChromium()
  if (!executablePath) return { title, columns, rows: [], notes: ['Skipped: no Chromium was found; set CHROME_PATH.'] }
  const only = process.env['KANMAI_FPS']?.split(',')
  const runs = everyFrameRate.flatMap((fps) =>
    ([1, 2] as const).flatMap((rate) => [1, 4].map((slower): Run => ({ fps, rate, slower }))),
  )
  const wanted = runs.filter(({ fps, slower }) => (only ? only.includes(fps) : true) && (!quick || slower === 4))
  const rows: string[][] = []
  const notes = [
    `Medians of ${quick ? 1 : rounds} rounds of ${quick ? 3 : 6} s, the fewest pictures in step and the lowest floor of a round beside them.`,
    'Floor: pictures in step of what the browser moves by itself, its moment chosen afterwards. A round whose floor is below 98 % is tried again.',
  ]
  try {
    for (const { fps } of wanted) await testFilm(fps)
  } catch (error) {
    return { title, columns, rows, notes: [`Skipped: ffmpeg could not make the film (${String(error).split('\n')[0]}).`] }
  }
  const site = await serveSite()
  const browser = await puppeteer.launch({ executablePath, args: chromiumArgs })
  try {
    const cases = wanted.map((run) => ({ run, figures: [] as number[][], floors: [] as number[], tried: 0, loads: [] as number[] }))
    for (let round = 0; round < (quick ? 1 : rounds); round++) {
      for (const one of cases) {
        const { run } = one
        one.loads.push(loadavg()[0]!)
        const url = `${site.url}/${run.fps}/${run.rate}`
        let best = { floor: -1, figures: [] as number[] }
        for (let tried = 0; tried < (quick ? 1 : tries) && best.floor < 1 - busy; tried++) {
          one.tried++
          const figures = figuresOf(run.fps, run.rate, await measure(browser, url, run, 2500, quick ? 3000 : 6000))
          const floor = floorOf(run.fps, run.rate, await measure(browser, `${url}/floor`, run, 1500, 3000))
          if (floor > best.floor) best = { floor, figures }
        }
        one.figures.push(best.figures)
        one.floors.push(best.floor)
        if (process.env['KANMAI_VERBOSE']) console.log([run.fps, run.rate, run.slower, ...figureCells([best.figures]), best.floor].join('\t'))
      }
    }
    const step = figureColumns.indexOf('in step')
    for (const { run, figures, floors, tried, loads } of cases) {
      const worst = percent(Math.min(...figures.map((it) => it[step]!)))
      rows.push([run.fps, String(run.rate), `${run.slower}×`, ...figureCells(figures), worst, percent(Math.min(...floors)), String(tried), median(loads).toFixed(1)])
    }
  } finally {
    await browser.close()
    site.close()
  }
  return { title, columns, rows, notes }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) printTable(await bench({ quick: process.argv.includes('--quick') }))
