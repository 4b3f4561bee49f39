import type { BatteryGroup } from '../battery.ts'
import { inEngines } from '../support/in-engines.ts'
import { rowOf, type Case } from '../support/rows.ts'
import { delaysOf, leaveOnce, linkBody, repeatedDelays, waysToLeave, whatWasTried } from '../support/ways-to-leave.ts'

export const group: BatteryGroup = {
  id: 'B2',
  title: 'The page is left, and the reader returns',
  pass: '0 unexplained, 0 stored twice, whichever way it was left',
  run({ full, ...options }) {
    return inEngines(
      { full, ...options },
      async function* (ground, tabs) {
        for (const way of waysToLeave) {
          const cases: Case[] = []
          for (const wait of repeatedDelays(full)) {
            const { run, tab = await tabs.open() } = await leaveOnce(ground, tabs, way, wait)
            await tab.goto(run.page({ body: linkBody }))
            cases.push({ verdict: await run.verdict() })
            await tab.close()
            await run.stop()
          }
          yield rowOf(`${way.name}, ${delaysOf(full).join(', ')} ms after`, tabs.engine, cases, { note: whatWasTried(full, cases.length) })
        }
      },
      { together: true },
    )
  },
}
