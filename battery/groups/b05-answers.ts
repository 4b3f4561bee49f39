import { setTimeout as pause } from 'node:timers/promises'
import type { BatteryGroup } from '../battery.ts'
import type { Fault } from '../support/fault-proxy.ts'
import { ackDelayed, ackLost, delivered2, reordered } from '../support/faults.ts'
import type { Ground } from '../support/ground.ts'
import { inEngines } from '../support/in-engines.ts'
import { rowOf, type Case } from '../support/rows.ts'
import type { Tabs } from '../support/tabs.ts'

interface Way {
  name: string
  fault: () => Fault
  seconds: number
}

const ways = (full: boolean): Way[] => [
  { name: 'kept, and the connection cut before the answer', fault: () => ackLost, seconds: 5 },
  // Longer than the page has patience.
  { name: `kept, and answered ${full ? 30 : 10} s later`, fault: () => ackDelayed(full ? 30_000 : 10_000), seconds: full ? 40 : 12 },
  { name: 'delivered twice at once', fault: () => delivered2, seconds: 5 },
  { name: 'every other batch delivered after the next', fault: () => reordered(15_000), seconds: full ? 40 : 12 },
]
/** Events of one case, spread over the fault. */
const events = 50

async function tryOne(ground: Ground, tabs: Tabs, { fault, seconds }: Way): Promise<Case> {
  const run = await ground.run()
  const { proxy } = run
  const tab = await tabs.open()
  await run.open(tab)
  await run.arrive()
  proxy.fault = fault()
  const lasting = pause(seconds * 1000)
  for (let n = 0; n < 5; n++) {
    await run.take(tab, events / 5, n % 2 ? 'impression' : 'claim')
    await pause(seconds * 180)
  }
  await lasting
  // Not mended: what is late stays late, and the page stays where it is.
  proxy.fault = undefined
  const verdict = await run.verdict()
  await tab.close()
  await run.stop()
  return { verdict, wrong: verdict.dupWire ? undefined : 'nothing was sent again: the fault did not bite' }
}

export const group: BatteryGroup = {
  id: 'B5',
  title: 'Answers that come late, twice or never',
  pass: 'stored exactly once; 0 unexplained; the page is not opened anew',
  run({ full, ...options }) {
    return inEngines(
      { full, ...options },
      async function* (ground, tabs) {
        for (const way of ways(full)) {
          const cases = await Promise.all(Array.from({ length: full ? 10 : 2 }, () => tryOne(ground, tabs, way)))
          yield rowOf(way.name, tabs.engine, cases)
        }
      },
      { together: true },
    )
  },
}
