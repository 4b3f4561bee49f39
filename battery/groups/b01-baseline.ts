import { setTimeout as pause } from 'node:timers/promises'
import type { BatteryGroup } from '../battery.ts'
import { inEngines } from '../support/in-engines.ts'
import { rowOf } from '../support/rows.ts'

const most = 220
/** Taken at once, and how often. */
const burst = 1000
const bursts = { full: 10, short: 3 }
const widgets = `<kanmai-card item="arc-lamp" layout="compact"></kanmai-card><kanmai-card item="table-lamp" layout="compact"></kanmai-card>
<kanmai-coupon item="turntable"></kanmai-coupon><kanmai-feed placement="article-end" rows="1"></kanmai-feed>`

export const group: BatteryGroup = {
  id: 'B1',
  title: 'Nothing is broken',
  pass: `0 unexplained, 0 stored twice, at most ${most} requests for 10,000 signals`,
  run(options) {
    const times = options.full ? bursts.full : bursts.short
    return inEngines(options, async function* (ground, tabs) {
      const run = await ground.run({ catalogue: true })
      const tab = await tabs.open()
      await run.open(tab, { body: widgets })
      // The elements' own impressions take a second on the screen.
      await pause(2500)
      for (let n = 0; n < times; n++) {
        await run.take(tab, burst)
        await run.arrive()
      }
      const verdict = await run.verdict()
      const own = verdict.accepted - times * burst - 1
      const requests = run.proxy.batches.length
      const allowed = Math.ceil((most * times * burst) / 10_000)
      const wrong = await tab.evaluate(() => battery.errors)
      if (own < 1) wrong.push('the widgets had no impressions')
      if (requests > allowed) wrong.push(`${requests} requests, allowed are ${allowed}`)
      yield rowOf(`${times * burst} events in bursts of ${burst}, four widgets`, tabs.engine, [{ verdict, wrong: wrong.join('; ') || undefined }], {
        note: `${requests} requests; ${own} events are the widgets' own`,
      })
    })
  },
}
