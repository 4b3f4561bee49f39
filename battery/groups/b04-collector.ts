import { setTimeout as pause } from 'node:timers/promises'
import { patience } from '../../src/transport/http.ts'
import type { BatteryGroup, BatteryRow } from '../battery.ts'
import type { Fault } from '../support/fault-proxy.ts'
import { answers, blackHole, captivePortal, reset, says, slow, truncated, wrongBody } from '../support/faults.ts'
import type { Ground } from '../support/ground.ts'
import { inEngines } from '../support/in-engines.ts'
import { fastClock } from '../support/page-clock.ts'
import { rowOf, type Case } from '../support/rows.ts'
import type { Tabs } from '../support/tabs.ts'

/** Seconds that a refusing endpoint asks for. */
const askedFor = 20
/** As the outbox promises: so many attempts in a row, then at most one in so many seconds. */
const attempts = 6
const rest = 60

interface Collector {
  name: string
  /** What it does to every request; without it, it does not listen. */
  fault?: Fault
  /** It says when to come again. */
  asks?: boolean
  /** It is the patience with an answer that ends the attempts. */
  silent?: boolean
}

const collectors: Collector[] = [
  { name: 'refuses connections' },
  { name: 'never answers', fault: blackHole, silent: true },
  { name: 'answers 500', fault: says(500) },
  { name: 'answers 502 as a gateway', fault: answers(502) },
  { name: 'answers 503 with Retry-After', fault: says(503, askedFor), asks: true },
  { name: 'answers 429 with Retry-After', fault: says(429, askedFor), asks: true },
  { name: 'answers 408', fault: says(408) },
  { name: 'resets the connection', fault: reset },
  { name: 'redirects to a portal', fault: captivePortal },
  { name: 'answers 200 with another body', fault: wrongBody },
  { name: 'answers 200 and breaks off', fault: truncated },
  { name: 'answers at 1 B/s', fault: slow, silent: true },
]

/** How long a fault lasts by the page's clock, and how fast that clock runs. */
interface Span {
  seconds: number
  speed: number
}
const spans: Record<'full' | 'short', Span[]> = {
  full: [{ seconds: 5, speed: 1 }, { seconds: 60, speed: 1 }, { seconds: 600, speed: 20 }],
  short: [{ seconds: 5, speed: 1 }, { seconds: 600, speed: 40 }],
}
/** Moments of the fault at which something happens on the page. */
const moments = 5

/** What an impatient outbox would have done wrong; undefined when it kept to what it promises. */
function impatience(requests: number[], { seconds, speed }: Span, asks: boolean | undefined): string | undefined {
  const most = asks ? 1 + Math.floor(seconds / askedFor) : attempts + 1 + Math.ceil(seconds / rest)
  if (!requests.length) return 'no request met the fault'
  if (requests.length > most) return `${requests.length} requests, allowed are ${most}`
  const gaps = requests.slice(1).map((at, index) => ((at - requests[index]!) * speed) / 1000)
  // A timer may be some milliseconds early or its request late.
  const slack = 0.05 * speed
  if (asks) return gaps.some((it) => it < askedFor - slack) ? 'a request before the time that was asked for' : undefined
  if (gaps.slice(attempts - 1).some((it) => it < rest - slack)) return 'a request while the circuit was open'
  return undefined
}

async function tryOne(ground: Ground, tabs: Tabs, { fault, asks, silent }: Collector, span: Span): Promise<Case & { requests: number }> {
  const run = await ground.run()
  const { proxy } = run
  const page = { head: fastClock }
  const tab = await tabs.open()
  await run.open(tab, page)
  await run.arrive()
  await tab.evaluate((speed, except) => hurry(speed, except), span.speed, silent ? 0 : patience)
  const before = await tab.evaluate(() => battery.attempts.length)
  if (fault) proxy.fault = fault
  else await proxy.refuse(true)
  const lasting = pause((span.seconds * 1000) / span.speed)
  for (let n = 0; n < moments; n++) {
    await run.take(tab, 5)
    await run.take(tab, 1, 'claim')
    await pause((span.seconds * 800) / span.speed / moments)
  }
  await lasting
  const requests = await tab.evaluate((before) => battery.attempts.slice(before), before)
  await proxy.mend()
  // The page is opened once more.
  await tab.goto(run.page(page))
  const verdict = await run.verdict()
  await tab.close()
  await run.stop()
  return { verdict, requests: requests.length, wrong: impatience(requests, span, asks) }
}

const quiet = 'answers 500, and nothing more happens on the page'
const pages = 8
/** By pauses of up to 0.5, 1, 2, 4 and 8 s one page in twenty-five makes its attempts so fast. */
const fastMs = 3_000

/** What happens on a page cuts its first pauses short; where nothing happens they grow. */
async function alone(ground: Ground, tabs: Tabs): Promise<BatteryRow> {
  const cases = await Promise.all(
    Array.from({ length: pages }, async () => {
      const run = await ground.run()
      const tab = await tabs.open()
      await run.open(tab)
      await run.arrive()
      const before = await tab.evaluate(() => battery.attempts.length)
      run.proxy.fault = says(500)
      await run.take(tab, 1, 'claim')
      await pause(2 * fastMs)
      const requests = await tab.evaluate((before) => battery.attempts.slice(before), before)
      await run.proxy.mend()
      await tab.goto(run.page())
      const verdict = await run.verdict()
      await tab.close()
      await run.stop()
      return { verdict, requests: requests.length, fast: requests.length >= attempts && requests[attempts - 1]! - requests[0]! < fastMs }
    }),
  )
  const fast = cases.filter((it) => it.fast).length
  const few = cases.some(({ requests }) => requests < 2)
  const wrong = fast > pages / 2 ? 'the pauses do not grow' : few ? 'a page did not try again' : undefined
  return rowOf(quiet, tabs.engine, [...cases.slice(1), { ...cases[0]!, wrong }], { note: `${cases.map((it) => it.requests).join(', ')} requests in ${(2 * fastMs) / 1000} s` })
}

export const group: BatteryGroup = {
  id: 'B4',
  title: 'The collector fails',
  pass: `0 unexplained, 0 stored twice; ${attempts} attempts, then at most one a minute; none before a Retry-After is over`,
  run(options) {
    const wanted = collectors.filter(({ name }) => name.includes(options.only ?? ''))
    return inEngines(
      options,
      async function* (ground, tabs) {
        if (quiet.includes(options.only ?? '')) yield await alone(ground, tabs)
        for (const span of spans[options.full ? 'full' : 'short']) {
          const all = await Promise.all(wanted.map((it) => tryOne(ground, tabs, it, span)))
          for (const [index, one] of all.entries()) {
            const clock = span.speed === 1 ? '' : ` (clock × ${span.speed})`
            yield rowOf(`${wanted[index]!.name} for ${span.seconds} s${clock}`, tabs.engine, [one], { note: `${one.requests} requests` })
          }
        }
      },
      { together: true },
    )
  },
}
