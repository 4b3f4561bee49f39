import { setTimeout as pause } from 'node:timers/promises'
import type { BatteryGroup, BatteryRow } from '../battery.ts'
import { blackHole } from '../support/faults.ts'
import type { Ground } from '../support/ground.ts'
import { inEngines } from '../support/in-engines.ts'
import { rowOf } from '../support/rows.ts'
import type { Tab, Tabs } from '../support/tabs.ts'

const eachTime = 5
/** Until a page has sent what is there, while another one is put aside. */
const asideMs = 20_000

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

/** Why the page was not kept, where the browser says so. */
const whyNot = (tab: Tab): Promise<string> =>
  tab.evaluate(() => {
    const [entry] = performance.getEntriesByType('navigation') as { notRestoredReasons?: { reasons?: { reason: string }[] } }[]
    return entry?.notRestoredReasons?.reasons?.map((it) => `, ${it.reason}`).join('') ?? ''
  })

/** Left in the middle of a request, for another page with Kanmai: what is put aside must not stop the one that is there. */
async function inTheMiddle(ground: Ground, tabs: Tabs): Promise<BatteryRow> {
  const run = await ground.run()
  const tab = await tabs.open()
  await run.open(tab)
  await run.arrive()
  run.proxy.fault = blackHole
  await run.take(tab, eachTime, 'claim')
  await pause(1000)
  await tab.evaluate(() => void (window.left = 0))
  await tab.follow(run.page({ body: '<p>The next article' }))
  await run.proxy.mend()
  await tab.evaluate((key) => battery.ready(key), run.keys(1)[0]!)
  await run.take(tab, eachTime, 'claim')
  const arrived = await run.arrive(asideMs)
  const back = await comesBack(tab, 0)
  // Firefox keeps no page that leaves with a request under way, though it is called off: nothing is lost by that.
  const anew = back ? undefined : 'the return was a new load'
  const wrong = !arrived ? 'the page that is there could not send' : tabs.engine === 'firefox' ? undefined : anew
  const cases = [{ verdict: await run.verdict(), wrong }]
  return rowOf('left in the middle of a request for another page with Kanmai, and came back', tabs.engine, cases, anew ? { note: anew } : {})
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
      let why = ''
      for (; restored < times; restored++) {
        await run.take(tab, eachTime, restored % 2 ? 'impression' : 'claim')
        // Every third time it is left with a request under way; else it is at rest, and its own timers have sent all. Not the first
        // time: a page that is still being loaded is none that a browser must keep.
        if (restored % 3 < 2) late ||= !(await run.arrive())
        await tab.evaluate((time) => void (window.left = time), restored)
        await tab.follow(`${restored % 2 ? ground.site.elsewhere : ground.site.url}/next`)
        if (!(await comesBack(tab, restored))) {
          why = await whyNot(tab).catch(() => '')
          break
        }
        await run.take(tab, eachTime)
      }
      late ||= !(await run.arrive())
      const wrong = restored < times ? `the ${restored + 1}. return was a new load${why}` : late ? 'its timers did not go on' : undefined
      yield rowOf(`left and came back ${times} times`, tabs.engine, [{ verdict: await run.verdict(), wrong }], { note: `restored ${restored} of ${times}` })
      if (restored === times) yield await inTheMiddle(ground, tabs)
    })
  },
}
