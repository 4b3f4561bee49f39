import { setTimeout as pause } from 'node:timers/promises'
import type { BatteryGroup } from '../battery.ts'
import { slow3G } from '../support/faults.ts'
import type { Ground, Run } from '../support/ground.ts'
import { inEngines } from '../support/in-engines.ts'
import { rowOf, type Case } from '../support/rows.ts'
import type { Tab, Tabs } from '../support/tabs.ts'

interface Weather {
  name: string
  /** Milliseconds until the network goes or comes; without it the network stays. */
  flap?: () => number
  slow?: boolean
}

const between = (least: number, most: number) => () => least + Math.random() * (most - least)
const flapping = (...periods: number[]): Weather[] => periods.map((it) => ({ name: `offline and online every ${it} ms`, flap: () => it }))
const weathers: Record<'full' | 'short', Weather[]> = {
  full: [
    ...flapping(200, 500, 1000, 2000, 3000, 5000),
    { name: 'offline and online at random, 0.2 to 1 s', flap: between(200, 1000) },
    { name: 'offline and online at random, 0.2 to 5 s', flap: between(200, 5000) },
    { name: 'slow 3G', slow: true },
    { name: 'slow 3G that flaps at random, 0.2 to 5 s', slow: true, flap: between(200, 5000) },
  ],
  short: [...flapping(200, 1000), { name: 'offline and online at random, 0.2 to 5 s', flap: between(200, 5000) }, { name: 'slow 3G', slow: true }],
}

/** As Chromium's developer tools have it. */
const profile = { latency: 2000, bytesPerSecond: 50_000 }

/** Switches the page's network. Chromium knows itself offline and says so to the page; elsewhere nobody listens any more. */
async function networkOf(tab: Tab, { proxy }: Run, slow: boolean | undefined): Promise<(online: boolean) => Promise<void>> {
  if (!tab.cdp) {
    if (slow) proxy.fault = slow3G(profile)
    return (online) => proxy.refuse(!online)
  }
  const cdp = await tab.cdp()
  await cdp.send('Network.enable')
  const { latency, bytesPerSecond } = profile
  const pace = slow ? { latency, downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond } : { latency: 0, downloadThroughput: -1, uploadThroughput: -1 }
  const set = async (online: boolean) => void (await cdp.send('Network.emulateNetworkConditions', { offline: !online, ...pace }))
  await set(true)
  return set
}

async function tryOne(ground: Ground, tabs: Tabs, { flap, slow }: Weather, seconds: number): Promise<Case> {
  const run = await ground.run()
  const tab = await tabs.open()
  await run.open(tab)
  const setOnline = await networkOf(tab, run, slow)
  const end = Date.now() + seconds * 1000
  const flaps = (async () => {
    let online = true
    while (flap && Date.now() < end) {
      await setOnline((online = !online))
      await pause(Math.min(flap(), Math.max(0, end - Date.now())))
    }
  })()
  for (let n = 0; Date.now() < end; n++) {
    await run.take(tab, 2, n % 5 ? 'impression' : 'claim')
    await pause(250)
  }
  await flaps
  await setOnline(true)
  run.proxy.fault = undefined
  const verdict = await run.verdict()
  await tab.close()
  await run.stop()
  return { verdict }
}

export const group: BatteryGroup = {
  id: 'B9',
  title: 'A network that comes and goes',
  pass: '0 unexplained, 0 stored twice, without opening the page anew',
  run({ full, ...options }) {
    return inEngines(
      { full, ...options },
      async function* (ground, tabs) {
        const seconds = full ? 30 : 8
        const tried = weathers[full ? 'full' : 'short']
        const all = await Promise.all(tried.map((it) => tryOne(ground, tabs, it, seconds)))
        for (const [index, one] of all.entries()) yield rowOf(`${tried[index]!.name}, for ${seconds} s`, tabs.engine, [one])
      },
      { together: true },
    )
  },
}
