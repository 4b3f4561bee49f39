import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openBrowser, type Browser, type Engine } from '../test/support/browsers.ts'
import { findFirefox, findWebKit, which } from '../test/support/engines.mjs'
import { openScreen, type Screen } from './engine-lock/screen.ts'
import { frameRates, lanes, testFilm, type FrameRate } from './frame-lock/film.ts'
import { figureCells, figureColumns, figuresOf } from './frame-lock/figures.ts'
import { serveSite } from './frame-lock/site.ts'
import type { Spots } from './frame-lock/spots.ts'
import { printTable, type BenchOptions, type BenchTable } from './table.ts'

// The film and the page of the frame lock in engines that hand out no pictures of their own: what is on the screen is
// read from the screen.
const engines = [
  { engine: 'firefox', name: 'Firefox', missing: () => !findFirefox() },
  { engine: 'webkit', name: 'WebKitGTK', missing: () => !findWebKit() },
] as const satisfies { engine: Engine; name: string; missing(): boolean }[]

const rates: readonly FrameRate[] = ['24', '30', '60']

interface Run {
  fps: FrameRate
  rate: 1 | 2
}

async function measure(browser: Browser, screen: Screen, url: string, { fps, rate }: Run, seconds: number): Promise<Spots[]> {
  await browser.goto(`${url}/${fps}/${rate}`)
  for (const until = Date.now() + 20_000; !(await browser.evaluate(() => document.querySelector('video')!.currentTime)); await pause(250)) {
    if (Date.now() > until) throw new Error('the film does not play')
  }
  await pause(2500)
  const place = await screen.findFilm()
  if (!place) throw new Error('the film is not seen on the screen')
  return screen.watch(place, lanes[rate], seconds)
}

/** A picture that stays on the screen is counted once: else long still ones would weigh more than the moments at which something goes wrong. */
const distinct = (spots: readonly Spots[]): Spots[] =>
  spots.filter((it, index) => {
    const before = spots[index - 1]
    return it.object !== before?.object || it.twin !== before.twin || it.marker !== before.marker
  })

/** Part of the film's frames, or of the screen's where those are fewer, that were seen. */
function shownOf({ fps, rate }: Run, spots: readonly Spots[], seconds: number): string {
  const seen = spots.filter((it, index) => Math.abs(it.object - (spots[index - 1]?.object ?? 0)) > 0.5).length
  return `${((seen / (seconds * Math.min(60, frameRates[fps] * rate))) * 100).toFixed(0)} %`
}

/** The frame lock in Firefox and WebKitGTK, on the pictures of a real screen. */
export async function bench({ quick }: BenchOptions = { quick: false }): Promise<BenchTable> {
  const title = 'Frame lock in other engines: marker on an object at 300 px/s, in px on the screen'
  const columns = ['engine', 'frames/s', 'rate', 'shown', ...figureColumns, 'load']
  const lacks = ['Xvfb', 'ffmpeg'].filter((name) => !which(name))
  if (lacks.length) return { title, columns, rows: [], notes: [`Skipped: ${lacks.join(' and ')} not installed.`] }
  const only = process.env['KANMAI_FPS']?.split(',')
  const runs = rates.flatMap((fps) => ([1, 2] as const).map((rate): Run => ({ fps, rate })))
  const wanted = runs.filter(({ fps }) => (only ? only.includes(fps) : !quick || fps === '30'))
  const rows: string[][] = []
  const notes: string[] = []
  try {
    for (const { fps } of wanted) await testFilm(fps)
  } catch (error) {
    return { title, columns, rows, notes: [`Skipped: ffmpeg could not make the film (${String(error).split('\n')[0]}).`] }
  }
  const seconds = quick ? 3 : 6
  const site = await serveSite()
  for (const { engine, name, missing } of engines) {
    if (missing()) {
      notes.push(`Skipped: ${name} is not installed.`)
      continue
    }
    let screen: Screen | undefined
    let browser: Browser | undefined
    try {
      screen = await openScreen()
      browser = await openBrowser(engine, screen.display)
      for (const run of wanted) {
        const load = loadavg()[0]!.toFixed(1)
        const spots = distinct(await measure(browser, screen, site.url, run, seconds))
        rows.push([name, run.fps, String(run.rate), shownOf(run, spots, seconds), ...figureCells([figuresOf(run.fps, run.rate, spots)]), load])
        if (process.env['KANMAI_VERBOSE']) console.log(rows.at(-1)!.join('\t'))
      }
    } catch (error) {
      notes.push(`Skipped: ${name}: ${String(error).split('\n')[0]}.`)
    } finally {
      await browser?.close()
      screen?.close()
    }
  }
  site.close()
  notes.push('Read from the screen 60 times a second; a picture that stays is counted once. Shown: the film’s frames that were seen, at most one at each of the screen’s pictures.')
  return { title, columns, rows, notes }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) printTable(await bench({ quick: process.argv.includes('--quick') }))
