import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openBrowser, type Engine } from '../../test/support/browsers.ts'
import { bundleForPage } from '../support/bundle-for-page.ts'
import type { Fuzzed } from './in-browser.ts'

type Fuzz = Record<'urls' | 'themes' | 'render', (...given: unknown[]) => Fuzzed | Promise<Fuzzed>>

/** A browser that holds the fuzzers and what they try, as the script-tag builds carry it. */
interface FuzzGround {
  run(what: keyof Fuzz, ...given: unknown[]): Promise<Fuzzed>
  close(): Promise<void>
}

let bundle: Promise<string> | undefined

async function openFuzzGround(engine: Engine): Promise<FuzzGround> {
  const code = await (bundle ??= bundleForPage(new URL('in-browser.ts', import.meta.url)))
  const server = createServer((request, response) => {
    if (request.url === '/fuzz.js') return response.setHeader('content-type', 'text/javascript; charset=utf-8').end(code)
    // Pictures of what is rendered are nobody's.
    if (request.url !== '/') return response.writeHead(404).end()
    return response.setHeader('content-type', 'text/html').end('<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body><script src="/fuzz.js"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await openBrowser(engine)
  await browser.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  return {
    run: (what, ...given) =>
      browser.evaluate((what, given) => (window as unknown as { fuzz: Fuzz }).fuzz[what](...given), what, given as unknown[]) as Promise<Fuzzed>,
    async close() {
      await browser.close()
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Runs in a browser of its own, in parts that its driver does not lose patience with, each with a seed of its own. */
export async function fuzzIn(engine: Engine, what: keyof Fuzz, count: number, part: number, ...given: unknown[]): Promise<Fuzzed> {
  const sum: Fuzzed = { cases: 0, accepted: 0, wrong: [], slowest: 0 }
  const ground = await openFuzzGround(engine)
  try {
    for (let seed = 1; sum.cases < count && !sum.wrong.length; seed++) {
      const one = await ground.run(what, seed, Math.min(part, count - sum.cases), ...given)
      sum.cases += one.cases
      sum.accepted += one.accepted
      sum.wrong.push(...one.wrong)
      sum.slowest = Math.max(sum.slowest, one.slowest)
    }
  } finally {
    await ground.close()
  }
  return sum
}
