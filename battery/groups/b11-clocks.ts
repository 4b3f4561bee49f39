import { setTimeout as pause } from 'node:timers/promises'
import type { BatteryGroup } from '../battery.ts'
import type { Ground } from '../support/ground.ts'
import { inEngines } from '../support/in-engines.ts'
import { wrongClock } from '../support/page-clock.ts'
import { rowOf, type Case } from '../support/rows.ts'
import type { Tabs } from '../support/tabs.ts'

/** Seconds that a corrected time may be off. */
const most = 2
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const year = 365 * day

interface Skew {
  name: string
  offset?: number
  /** In the middle of the session, between two signals of one batch. */
  jump?: number
  /** Cannot be told from a machine that slept, so nothing is promised of the times. */
  asleep?: boolean
  /** Chromium only: the reader's zone changes from winter to summer. */
  zone?: boolean
}

const skews: Skew[] = [
  { name: '5 minutes slow', offset: -5 * minute },
  { name: '5 minutes fast', offset: 5 * minute },
  { name: 'a day slow', offset: -day },
  { name: 'a day fast', offset: day },
  { name: '10 years slow', offset: -10 * year },
  { name: '10 years fast', offset: 10 * year },
  { name: 'set back by an hour in between', jump: -hour },
  { name: 'set back by a day in between', jump: -day },
  { name: 'put on by an hour in between', jump: hour, asleep: true },
  { name: 'summer time begins in between', zone: true },
]

async function tryOne(ground: Ground, tabs: Tabs, { offset = 0, jump = 0, zone, asleep }: Skew): Promise<Case & { off: number }> {
  const run = await ground.run()
  const tab = await tabs.open()
  /** When each event really happened, between which moments. */
  const truth = new Map<string, [number, number]>()
  const take = async (count: number) => {
    const keys = run.keys(count)
    const before = Date.now()
    await tab.evaluate((keys) => battery.take(keys), keys)
    for (const key of keys) truth.set(key, [before, Date.now()])
  }
  const cdp = zone ? await tab.cdp?.() : undefined
  await cdp?.send('Emulation.setTimezoneOverride', { timezoneId: 'Etc/GMT+3' })
  await run.open(tab, { head: wrongClock(offset) })
  await take(5)
  await pause(300)
  await take(5)
  if (jump) await tab.evaluate((jump) => shiftClock(jump), jump)
  await cdp?.send('Emulation.setTimezoneOverride', { timezoneId: 'Etc/GMT+2' })
  await take(5)
  await run.arrive()
  await take(5)
  const verdict = await run.verdict()
  let off = 0
  for (const { list, correctedAt } of await run.rows()) {
    const [from, to] = truth.get(list ?? '') ?? []
    if (from === undefined) continue
    const at = Date.parse(correctedAt)
    off = Math.max(off, from - at, at - to!)
  }
  const wrong = [
    ...(off > most * 1000 && !asleep ? [`a corrected time is ${(off / 1000).toFixed(1)} s off`] : []),
    ...(run.proxy.refused.size ? [`${run.proxy.refused.size} refused`] : []),
  ]
  await tab.close()
  await run.stop()
  return { verdict, off, wrong: wrong.join('; ') || undefined }
}

export const group: BatteryGroup = {
  id: 'B11',
  title: 'Clocks that are wrong',
  pass: `0 unexplained, 0 stored twice, nothing refused, corrected times within ${most} s`,
  run(options) {
    return inEngines(
      options,
      async function* (ground, tabs) {
        const tried = skews.filter((it) => !it.zone || tabs.engine === 'chromium')
        const all = await Promise.all(tried.map((it) => tryOne(ground, tabs, it)))
        for (const [index, one] of all.entries()) {
          const { name, asleep } = tried[index]!
          const note = `times ${(one.off / 1000).toFixed(1)} s off at most${asleep ? ': a machine that slept looks the same' : ''}`
          yield rowOf(`the page's clock: ${name}`, tabs.engine, [one], { note, measured: asleep ?? false })
        }
      },
      { together: true },
    )
  },
}
