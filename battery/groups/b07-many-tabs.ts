import { setTimeout as pause } from 'node:timers/promises'
import type { BatteryGroup } from '../battery.ts'
import { ackDelayed, onlyBatches, says } from '../support/faults.ts'
import type { Ground, Run } from '../support/ground.ts'
import { inEngines } from '../support/in-engines.ts'
import { wrongClock } from '../support/page-clock.ts'
import { rowOf, type Case } from '../support/rows.ts'
import { sendersAtOnce, type Gone } from '../support/senders.ts'
import type { Tab, Tabs } from '../support/tabs.ts'

const day = 86_400_000
/** Milliseconds until an answer: two pages that send at once would be seen to. */
const slowly = ackDelayed(300)
/** Longer than it takes to freeze who waits for it. */
const verySlowly = ackDelayed(3000)
/** So soon the others have to have sent what a frozen page leaves them. */
const patience = 20_000

interface OpenTab {
  tab: Tab
  /** Of a page of its own, so that the wire tells who sends. */
  address: string
}

interface Fault {
  name: string
  engines?: string[]
  /** The clock of the first tab is off by so many milliseconds. */
  offset?: number
  sizes: { full: number[]; short: number[] }
  /** Returns what went wrong. */
  happen(run: Run, tabs: OpenTab[], gone: Map<string, Gone>): Promise<string | undefined>
}

const take = (run: Run, tabs: OpenTab[]) => Promise.all(tabs.flatMap(({ tab }) => [run.take(tab, 2), run.take(tab, 1, 'claim')]))

/** Waits until somebody sends, and says who. */
async function senderOf(run: Run, tabs: OpenTab[]): Promise<OpenTab | undefined> {
  for (const end = Date.now() + patience; Date.now() < end; await pause(10)) {
    const batch = run.proxy.batches.find((it) => it.fetched && it.until === undefined)
    const sender = batch && tabs.find(({ address }) => address === batch.from)
    if (sender) return sender
  }
  return undefined
}

const closed: Fault = {
  name: 'closed in any order',
  sizes: { full: [2, 5, 20], short: [2, 5, 20] },
  async happen(run, tabs, gone) {
    const open = [...tabs]
    while (open.length) {
      await take(run, open)
      await pause(Math.random() * 300)
      // Of many, some at once.
      for (let some = Math.ceil(open.length / 5); some > 0; some--) {
        const [{ tab, address }] = open.splice(Math.floor(Math.random() * open.length), 1) as [OpenTab]
        // What still arrives of a page that is closed was on its way before.
        gone.set(address, { from: Date.now(), to: Infinity })
        await tab.close()
      }
    }
    return undefined
  },
}

const frozen: Fault = {
  name: 'the one that sends is frozen while it waits for the answer',
  engines: ['chromium'],
  sizes: { full: [2, 5, 20], short: [5] },
  async happen(run, tabs, gone) {
    run.proxy.fault = verySlowly
    await take(run, tabs)
    const sender = await senderOf(run, tabs)
    if (!sender) return 'nobody was seen to send'
    const devtools = await sender.tab.cdp!()
    const now = Date.now()
    gone.set(sender.address, { from: now, to: now })
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
    run.proxy.fault = slowly
    await take(run, tabs.filter((it) => it !== sender))
    const arrived = await run.arrive(patience)
    await devtools.send('Page.setWebLifecycleState', { state: 'active' })
    const froze = await sender.tab.evaluate(() => (window as { froze?: boolean }).froze)
    await take(run, tabs)
    return !froze ? 'the page did not hear that it is frozen' : arrived ? undefined : 'the others wait for the one that is frozen'
  },
}

const skewed = (offset: number): Fault => ({
  name: `the clock of one is a day ${offset < 0 ? 'slow' : 'fast'}, and the collector answers 503 for a while`,
  offset,
  sizes: { full: [2, 5, 20], short: [2] },
  async happen(run, tabs) {
    const [wrong] = tabs as [OpenTab]
    run.proxy.fault = onlyBatches(says(503))
    const before = run.proxy.batches.length
    // What it writes down of the failure is in its own time.
    await take(run, [wrong])
    const hasFailed = () => run.proxy.batches.slice(before).some(({ from }) => from === wrong.address)
    for (const end = Date.now() + patience; !hasFailed() && Date.now() < end; ) await pause(20)
    await take(run, tabs)
    await pause(1000)
    run.proxy.fault = slowly
    await take(run, tabs)
    return hasFailed() ? undefined : 'the one with the wrong clock has not sent'
  },
})

const faults = [closed, frozen, skewed(day), skewed(-day)]

async function tryOne(ground: Ground, browser: Tabs, { offset, happen }: Fault, size: number): Promise<Case> {
  const run = await ground.run()
  const tabs: OpenTab[] = []
  for (let n = 0; n < size; n++) {
    const head = `<meta name="tab" content="${n}"><script>document.addEventListener('freeze', () => (window.froze = true))</script>${n ? '' : wrongClock(offset ?? 0)}`
    const options = { head, headers: { 'referrer-policy': 'unsafe-url' } }
    const tab = await browser.open()
    await run.open(tab, options)
    tabs.push({ tab, address: run.page(options) })
  }
  await run.arrive()
  run.proxy.fault = slowly
  const gone = new Map<string, Gone>()
  const wrong = await happen(run, tabs, gone)
  const stillOpen = happen === closed.happen ? [] : tabs
  let last: Tab | undefined
  if (!stillOpen.length) {
    last = await browser.open()
    await last.goto(run.page())
  }
  const verdict = await run.verdict()
  const senders = sendersAtOnce(run.proxy.batches, gone)
  for (const { tab } of stillOpen) await tab.close()
  await last?.close()
  await run.stop()
  const issues = [...(wrong ? [wrong] : []), ...(senders.length === 1 ? [] : [`${senders.length} pages sent at once: ${senders.join(', ')}`])]
  return { verdict, wrong: issues.join('; ') || undefined }
}

export const group: BatteryGroup = {
  id: 'B7',
  title: 'Many tabs',
  pass: '0 unexplained, 0 stored twice, and one page sends at a time: of all fetched batches no two are under way at once, beacons and what a page had under way when it was closed or frozen not counted',
  run({ full, engines, only = '', ...options }) {
    // WebKit's driver hears one window at a time: nothing would happen in two tabs at once.
    const able = engines.filter((it) => it !== 'webkit')
    return inEngines(
      { full, engines: able, ...options },
      async function* (ground, browser) {
        for (const fault of faults) {
          if (fault.engines && !fault.engines.includes(browser.engine)) continue
          for (const size of fault.sizes[full ? 'full' : 'short']) {
            const name = `${size} tabs: ${fault.name}`
            if (!name.includes(only)) continue
            const cases: Case[] = []
            while (cases.length < (full ? 10 : 1)) cases.push(await tryOne(ground, browser, fault, size))
            yield rowOf(name, browser.engine, cases)
          }
        }
      },
      { together: true },
    )
  },
}
