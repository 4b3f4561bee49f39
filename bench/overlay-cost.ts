import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import puppeteer, { type CDPSession, type Page } from 'puppeteer-core'
import { chromiumArgs, findChromium } from '../test/support/engines.mjs'
import { film, testFilm } from './frame-lock/film.ts'
import { bundle, serveSite } from './frame-lock/site.ts'
import { median, printTable, type BenchOptions, type BenchTable } from './table.ts'

const ways = ['ours', 'plain', 'nothing'] as const
type Way = (typeof ways)[number]
const names: Record<Way, string> = { ours: 'Kanmai', plain: 'plain loop', nothing: 'the film alone' }
const measured = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration', 'TaskDuration'] as const
type Cost = Record<(typeof measured)[number], number>

const page = `<!doctype html><meta charset="utf-8"><title>Overlay cost</title>
<style>body { margin: 0; background: #000 } video { display: block; width: ${film.width}px; height: ${film.height}px }</style>
<video id="film" src="/30.mp4" muted loop playsinline></video><script type="module" src="/cost.js"></script>`

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function metrics(session: CDPSession): Promise<Cost & { second: number }> {
  const { metrics: all } = await session.send('Performance.getMetrics')
  const value = (name: string): number => all.find((it) => it.name === name)?.value ?? 0
  return {
    ScriptDuration: value('ScriptDuration'),
    LayoutDuration: value('LayoutDuration'),
    RecalcStyleDuration: value('RecalcStyleDuration'),
    TaskDuration: value('TaskDuration'),
    second: value('Timestamp'),
  }
}

/** Milliseconds of the page's own thread per second, while the film plays. */
async function cost(session: CDPSession, run: <T>(call: string) => Promise<T>, way: Way, milliseconds: number): Promise<Cost> {
  await run(`begin('${way}')`)
  await wait(1500)
  const before = await metrics(session)
  await wait(milliseconds)
  const after = await metrics(session)
  const each = (name: (typeof measured)[number]): number => ((after[name] - before[name]) * 1000) / (after.second - before.second)
  return Object.fromEntries(measured.map((name) => [name, each(name)])) as Cost
}

const caller = (page: Page) => <T>(call: string): Promise<T> => page.evaluate(`benchCost.${call}`) as Promise<T>

/** What twenty moving markers of a hundred cost the page's own thread, beside a loop that writes `left` and `top` of each at every frame. */
export async function bench({ quick }: BenchOptions = { quick: false }): Promise<BenchTable> {
  const title = 'Overlay: 100 cues of which 20 move at once, in ms of the page’s thread per second of film'
  const columns = ['what', 'CPU', 'script', 'layout', 'style', 'all tasks', 'script of the loop’s', 'tasks > 50 ms', 'longest']
  const executablePath = findChromium()
  if (!executablePath) return { title, columns, rows: [], notes: ['Skipped: no Chromium was found; set CHROME_PATH.'] }
  await testFilm('30')
  const site = await serveSite({ '/cost': page, '/cost.js': await bundle('../pages/overlay-cost.browser.ts') })
  const browser = await puppeteer.launch({ executablePath, args: chromiumArgs })
  const rows: string[][] = []
  const notes: string[] = []
  try {
    const tab = await browser.newPage()
    await tab.setViewport({ width: film.width, height: film.height })
    await tab.goto(`${site.url}/cost`)
    await tab.waitForFunction('window.benchCost')
    const session = await tab.createCDPSession()
    await session.send('Performance.enable')
    const run = caller(tab)
    for (const slower of [1, 4]) {
      await tab.emulateCPUThrottling(slower)
      const costs: Record<Way, Cost[]> = { ours: [], plain: [], nothing: [] }
      const long: Record<Way, { long: number; longest: number }> = { ours: { long: 0, longest: 0 }, plain: { long: 0, longest: 0 }, nothing: { long: 0, longest: 0 } }
      for (let round = 0; round < (quick ? 1 : 3); round++) {
        for (let turn = 0; turn < ways.length; turn++) {
          const way = ways[(round + turn) % ways.length]!
          await run('longTasks()')
          costs[way].push(await cost(session, run, way, quick ? 3000 : 6000))
          const tasks = await run<{ long: number; longest: number }>('longTasks()')
          long[way] = { long: long[way].long + tasks.long, longest: Math.max(long[way].longest, tasks.longest) }
        }
      }
      for (const way of ways) {
        const each = (name: (typeof measured)[number]): string => median(costs[way].map((it) => it[name])).toFixed(1)
        const ratio = median(costs[way].map((it, round) => it.ScriptDuration / costs.plain[round]!.ScriptDuration)).toFixed(2)
        rows.push([names[way], `${slower}×`, ...measured.map(each), ratio, String(long[way].long), long[way].longest ? `${long[way].longest.toFixed(0)} ms` : '–'])
      }
    }
    await tab.emulateCPUThrottling(1)
    for (const count of [100, 1_000, 10_000]) {
      await run(`find(${count})`)
      const { each, found } = await run<{ each: number; found: number }>(`find(${count})`)
      notes.push(`Active of ${count.toLocaleString('en')} cues at any second: ${each.toFixed(2)} µs, ${found.toFixed(1)} found on average.`)
    }
  } finally {
    await browser.close()
    site.close()
  }
  notes.push('Medians of interleaved rounds; the ratio is that of each round. Targets: script ≤ 0.5 of the plain loop’s, no task over 50 ms at 4×.', `Load average ${loadavg()[0]!.toFixed(1)}.`)
  return { title, columns, rows, notes }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) printTable(await bench({ quick: process.argv.includes('--quick') }))
