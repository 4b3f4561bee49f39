import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Engine } from '../../test/support/browsers.ts'
import type { BatteryGroup, BatteryRow } from '../battery.ts'
import { openGround, type Ground, type Run } from '../support/ground.ts'
import { rowOf, type Case } from '../support/rows.ts'
import { openLoneWebKit } from '../support/lone-webkit.ts'
import { openTabs, type Tab, type Tabs } from '../support/tabs.ts'
import { whereOf } from '../support/where-of.ts'

/** Milliseconds from what happened last to the end, the longest first. */
const delays = [5000, 500, 50, 0]
/** Kills of each kind; WebKitGTK, which has no pass mark here, is left to the full set. */
const times = { full: { chromium: 20, firefox: 20, webkit: 10 }, short: { chromium: 1, firefox: 1, webkit: 0 } }
const events = 20
/** Milliseconds until what the next page has not sent counts as lost. */
const patience = 20_000

/** Puppeteer still puts a killed Firefox's profile in order. */
async function openAgain(engine: Engine, profile: string): Promise<Tabs> {
  for (let tries = 0; ; tries++) {
    try {
      return await openTabs(engine, { profile })
    } catch (error) {
      if (tries === 3) throw error
      await pause(1000)
    }
  }
}

interface Kill {
  name: string
  /** Kills; resolves with the browser to go on with. */
  kill(tabs: Tabs, reopen: () => Promise<Tabs>): Promise<Tabs>
}

const kills: Kill[] = [
  {
    name: 'the page\'s process killed',
    async kill(tabs) {
      tabs.killPages()
      await pause(500)
      return tabs
    },
  },
  {
    name: 'the browser killed',
    async kill(tabs, reopen) {
      await tabs.kill()
      await tabs.close().catch(() => {})
      return reopen()
    },
  },
]

/**
 * Something happens in as many windows as there are delays, the collector being away, so that only the disk has it: one
 * kill, and each window's events are as old as its delay. What has happened is taken when the browser has said that it did.
 */
async function tryOne(ground: Ground, tabs: Tabs, { kill }: Kill, waits: number[], reopen: () => Promise<Tabs>): Promise<{ cases: Case[]; tabs: Tabs }> {
  const opened: { run: Run; tab: Tab }[] = []
  for (const _ of waits) {
    const run = await ground.run()
    const tab = await tabs.open()
    await run.open(tab)
    opened.push({ run, tab })
  }
  for (const { run } of opened) {
    await run.arrive()
    await run.proxy.refuse(true)
  }
  for (const [index, { run, tab }] of opened.entries()) {
    await run.take(tab, events - 5)
    await run.take(tab, 5, 'claim')
    await pause(waits[index]! - (waits[index + 1] ?? 0))
  }
  const next = await kill(tabs, reopen)
  const cases: Case[] = []
  for (const { run } of opened) {
    await run.proxy.refuse(false)
    const again = await next.open()
    await again.goto(run.page())
    cases.push({ verdict: await run.verdict(patience) })
    await again.close()
    await run.stop()
  }
  return { cases, tabs: next }
}

/** A browser that may be gone, with a profile that outlives it. */
async function* rowsOf(ground: Ground, engine: Engine, full: boolean): AsyncGenerator<BatteryRow> {
  const profile = mkdtempSync(join(tmpdir(), 'kanmai-profile-'))
  const reopen = () => (engine === 'webkit' ? openLoneWebKit(ground.site, profile) : openAgain(engine, profile))
  // WebKit without automation has one window.
  const rounds = engine !== 'webkit' ? [delays] : full ? delays.map((it) => [it]) : [[500], [0]]
  let tabs = await reopen()
  try {
    for (const it of kills) {
      const cases: Case[][] = delays.map(() => [])
      for (let n = 0; n < times[full ? 'full' : 'short'][engine]; n++) {
        for (const waits of rounds) {
          const round = await tryOne(ground, tabs, it, waits, reopen)
          tabs = round.tabs
          for (const [index, wait] of waits.entries()) cases[delays.indexOf(wait)]!.push(round.cases[index]!)
        }
      }
      for (const [index, wait] of delays.entries()) if (cases[index]!.length) yield rowOf(`${it.name} ${wait} ms after`, engine, cases[index]!)
    }
  } finally {
    await tabs.close().catch(() => {})
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 })
  }
}

export const group: BatteryGroup = {
  id: 'B6',
  title: 'Processes that die',
  pass: '0 unexplained, 0 stored twice in Chromium and Firefox, of what the browser had answered to have happened; WebKitGTK, run without automation to have a profile, is measured',
  async *run({ full, engines, say }) {
    const ground = await openGround()
    const inEngine = async (engine: Engine): Promise<BatteryRow[]> => {
      const rows: BatteryRow[] = []
      try {
        for await (const row of rowsOf(ground, engine, full)) {
          say(`${engine}: ${row.fault}: ${row.verdict}`)
          rows.push(row)
        }
      } catch (error) {
        rows.push({ fault: 'the group itself', engine, cases: 0, verdict: 'missed', note: whereOf(error) })
      }
      return rows
    }
    try {
      const tried = engines.filter((it) => times[full ? 'full' : 'short'][it])
      for (const rows of await Promise.all(tried.map(inEngine))) yield* rows
    } finally {
      await ground.close()
    }
  },
}
