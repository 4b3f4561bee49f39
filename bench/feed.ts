import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import puppeteer from 'puppeteer-core'
import { build } from 'vite'
import { minifyTemplates } from '../scripts/embed-plugins.mjs'
import { chromiumArgs, findChromium } from '../test/support/engines.mjs'
import { median, type BenchTable } from './table.ts'

const rounds = 15
const throttling = 4

const picture = Buffer.from(
  'UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA=',
  'base64',
)

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [minifyTemplates],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: new URL('pages/feed.browser.ts', import.meta.url).pathname, formats: ['es'] },
      rollupOptions: { output: { codeSplitting: false, minify: true } },
    },
  })
  const [output] = Array.isArray(result) ? result : [result]
  if (!output || !('output' in output)) throw new Error('vite built nothing')
  return output.output[0].code
}

/** Time to paint the visible cards of a feed against plain lit cards, and what paging far down costs. */
export async function bench(): Promise<BenchTable> {
  const code = await bundle()
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/picture')) return response.setHeader('content-type', 'image/webp').end(picture)
    if (request.url === '/page.js') return response.setHeader('content-type', 'text/javascript').end(code)
    return response
      .setHeader('content-type', 'text/html')
      .end('<!doctype html><html lang="en"><meta charset="utf-8"><body><div id="stage"></div><script type="module" src="/page.js"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await puppeteer.launch({ executablePath: findChromium()!, args: chromiumArgs, defaultViewport: { width: 1280, height: 900 } })
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.waitForFunction('window.benchFeed')
    const run = <T>(call: string) => page.evaluate(`benchFeed.${call}`) as Promise<T>
    interface Run {
      time: number
      cards: number
    }

    const same = await run<{ ours: string; plain: string }>('markup()')
    const { cards } = await run<Run>('feed(20)')
    const width = await run<number>('cardWidth()')

    await page.emulateCPUThrottling(throttling)
    const times: Record<'floor' | '20' | '1000', number[]> = { floor: [], '20': [], '1000': [] }
    const measures = [
      ['floor', `plain(${cards}, ${width})`],
      ['20', 'feed(20)'],
      ['1000', 'feed(1000)'],
    ] as const
    for (let round = -3; round < rounds; round++) {
      // Each takes its turn at being first: what the one before leaves to be collected is paid by the next.
      for (let turn = 0; turn < measures.length; turn++) {
        const [name, call] = measures[(Math.max(0, round) + turn) % measures.length]!
        const { time } = await run<Run>(call)
        if (round >= 0) times[name].push(time)
      }
    }
    await page.emulateCPUThrottling(1)

    const floor = median(times.floor)
    const ratio = (of: number[]) => median(of.map((time, round) => time / times.floor[round]!))
    const rows = [
      [`${cards} plain lit cards`, `${floor.toFixed(1)} ms`, '1.00', '–'],
      [`feed of 20, ${cards} visible`, `${median(times['20']).toFixed(1)} ms`, ratio(times['20']).toFixed(2), '≤ 1.30'],
      [`feed of 1,000, ${cards} visible`, `${median(times['1000']).toFixed(1)} ms`, ratio(times['1000']).toFixed(2), '≤ 1.30'],
    ]

    const client = await page.createCDPSession()
    await run('endless(10000)')
    for (const index of [100, 1_000, 5_000, 9_990]) {
      await run(`scrollTo(${index})`)
      await client.send('HeapProfiler.collectGarbage')
      const { usedSize } = await client.send('Runtime.getHeapUsage')
      const { nodes, jsEventListeners } = await client.send('Memory.getDOMCounters')
      rows.push([`paged to ${index.toLocaleString('en')}`, `${nodes.toLocaleString('en')} nodes, ${jsEventListeners} listeners`, `${(usedSize / 1e6).toFixed(1)} MB heap`, 'bounded'])
    }
    return {
      title: `Feed at ${throttling}× CPU throttling: until its visible cards are painted`,
      columns: ['what', 'median', 'of the floor', 'target'],
      rows,
      notes: [
        `${rounds} interleaved rounds; ratios are medians of each round's own.`,
        `Plain cards of the same markup: ${same.ours === same.plain ? 'yes, compared' : `no, ${same.ours} is not ${same.plain}`}.`,
      ],
    }
  } finally {
    await browser.close()
    server.close()
  }
}
