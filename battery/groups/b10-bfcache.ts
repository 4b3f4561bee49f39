import { setTimeout as pause } from 'node:timers/promises'
import type { BatteryGroup } from '../battery.ts'
import { inEngines } from '../support/in-engines.ts'
import { rowOf } from '../support/rows.ts'
import type { Tab } from '../support/tabs.ts'

const eachTime = 5

declare global {
  interface Window {
    /** Set before a page is left: it is there again only when the page itself is. */
    left?: number
  }
}

/** Goes back, and waits until the page is shown. True when it is the very page that was left. */
async function comesBack(tab: Tab, time: number): Promise<boolean> {
  await tab.back()
  for (let tries = 0; tries < 200; tries++) {
    const state = await tab.evaluate(() => ({ here: 'battery' in window, left: window.left, shown: 'battery' in window ? battery.shown : [] })).catch(() => undefined)
    if (state?.here && state.left === undefined) return false
    if (state?.left === time && state.shown.length > time + 1) return state.shown.at(-1) === true
    await pause(50)
  }
  return false
}

export const group: BatteryGroup = {
  id: 'B10',
  title: 'Back and forward',
  pass: 'restored from the back/forward cache every time; 0 unexplained, 0 stored twice; what happens after a return leaves by itself',
  run(options) {
    const times = options.full ? 20 : 8
    return inEngines(options, async function* (ground, tabs) {
      const run = await ground.run()
      const tab = await tabs.open()
      await run.open(tab)
      let restored = 0
      let late = false
      for (; restored < times; restored++) {
        await run.take(tab, eachTime, restored % 2 ? 'impression' : 'claim')
        // Every third time it is left with a request under way; else it is at rest, and its own timers have sent all.
        if (restored % 3) late ||= !(await run.arrive())
        await tab.evaluate((time) => void (window.left = time), restored)
        await tab.follow(`${restored % 2 ? ground.site.elsewhere : ground.site.url}/next`)
        if (!(await comesBack(tab, restored))) break
        await run.take(tab, eachTime)
      }
      late ||= !(await run.arrive())
      const wrong = restored < times ? `the ${restored + 1}. return was a new load` : late ? 'its timers did not go on' : undefined
      yield rowOf(`left and came back ${times} times`, tabs.engine, [{ verdict: await run.verdict(), wrong }], { note: `restored ${restored} of ${times}` })
    })
  },
}
