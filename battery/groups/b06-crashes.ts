import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Engine } from '../../test/support/browsers.ts'
import type { BatteryGroup } from '../battery.ts'
import { openGround, type Ground } from '../support/ground.ts'
import { rowOf, type Case } from '../support/rows.ts'
import { openLoneWebKit } from '../support/lone-webkit.ts'
import { openTabs, type Tabs } from '../support/tabs.ts'
import { whereOf } from '../support/where-of.ts'

const delays = [0, 50, 500, 5000]
/** How often each kill and delay is tried. */
const times = { full: 4, short: 1 }
const events = 20

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

/** Something happens while the collector is away, so that only the disk has it; then the process dies. */
async function tryOne(ground: Ground, tabs: Tabs, { kill }: Kill, wait: number, reopen: () => Promise<Tabs>): Promise<{ one: Case; tabs: Tabs }> {
  const run = await ground.run()
  const tab = await tabs.open()
  await run.open(tab)
  await run.arrive()
  await run.proxy.refuse(true)
  await run.take(tab, events - 5)
  await run.take(tab, 5, 'claim')
  await pause(wait)
  const next = await kill(tabs, reopen)
  await run.proxy.refuse(false)
  const again = await next.open()
  await again.goto(run.page())
  const verdict = await run.verdict()
  await again.close()
  await run.stop()
  return { one: { verdict }, tabs: next }
}

export const group: BatteryGroup = {
  id: 'B6',
  title: 'Processes that die',
  pass: '0 unexplained, 0 stored twice in Chromium and Firefox; WebKitGTK, run without automation to have a profile, is measured',
  async *run({ full, engines, say }) {
    const ground = await openGround()
    try {
      for (const engine of engines) {
        const profile = mkdtempSync(join(tmpdir(), 'kanmai-profile-'))
        const reopen = () => (engine === 'webkit' ? openLoneWebKit(ground.site, profile) : openAgain(engine, profile))
        let tabs = await reopen()
        try {
          for (const it of kills) {
            for (const wait of delays) {
              const cases: Case[] = []
              for (let n = 0; n < times[full ? 'full' : 'short']; n++) {
                const { one, tabs: next } = await tryOne(ground, tabs, it, wait, reopen)
                cases.push(one)
                tabs = next
              }
              const row = rowOf(`${it.name} ${wait} ms after`, engine, cases)
              say(`${engine}: ${row.fault}: ${row.verdict}`)
              yield row
            }
          }
        } catch (error) {
          yield { fault: 'the group itself', engine, cases: 0, verdict: 'missed', note: whereOf(error) }
        } finally {
          await tabs.close().catch(() => {})
          rmSync(profile, { recursive: true, force: true, maxRetries: 3 })
        }
      }
    } finally {
      await ground.close()
    }
  },
}
