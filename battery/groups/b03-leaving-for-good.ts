import { setTimeout as pause } from 'node:timers/promises'
import type { BatteryGroup } from '../battery.ts'
import type { Run } from '../support/ground.ts'
import { inEngines } from '../support/in-engines.ts'
import { rowOf, type Case } from '../support/rows.ts'
import type { Tabs } from '../support/tabs.ts'
import { delaysOf, leaveOnce, repeatedDelays, waysToLeave, whatWasTried } from '../support/ways-to-leave.ts'

/** Of the signals of readers who never return. */
const least = 0.99
/** Milliseconds in which a beacon is there. */
const beaconMs = 3000
/** Milliseconds until the endpoint looks for holes in a visit's numbers. */
const visitMs = 61_000

/** What never came, how much of it the endpoint knows of, and how much the browser has kept for a reader who returns after all. */
async function tryEnd(run: Run, longest: number, tabs: Tabs): Promise<Case & { holes: number; kept: number }> {
  const verdict = await run.verdict(longest)
  const holes = (await run.losses()).missing ?? 0
  let kept = 0
  if (verdict.unexplained > holes) {
    const tab = await tabs.open()
    await tab.goto(run.page())
    kept = (await run.verdict()).stored - verdict.stored
    await tab.close()
  }
  await run.stop()
  // What the endpoint knows to be missing, and what waits for the reader, is not lost in silence.
  return { verdict: { ...verdict, unexplained: Math.max(0, verdict.unexplained - holes - kept) }, holes, kept }
}

export const group: BatteryGroup = {
  id: 'B3',
  title: 'The page is left for good',
  pass: `at least ${least * 100} % stored, the rest known to the endpoint as holes in the visit's numbers, or kept in the browser for a return`,
  run({ full, ...options }) {
    return inEngines(
      { full, ...options },
      async function* (ground, tabs) {
        const left: { name: string; runs: Run[] }[] = []
        for (const way of waysToLeave) {
          const runs: Run[] = []
          for (const wait of repeatedDelays(full)) {
            const { run, tab } = await leaveOnce(ground, tabs, way, wait)
            // A reloaded page is left once more: a page that stays would send what the first one could not.
            await tab?.close()
            runs.push(run)
          }
          left.push({ name: way.name, runs })
        }
        // After the long wait what is not there does not come.
        const longest = full ? 0 : beaconMs
        if (full) await pause(visitMs)
        for (const { name, runs } of left) {
          const cases: Awaited<ReturnType<typeof tryEnd>>[] = []
          // The endpoint makes few reports at a time.
          for (let at = 0; at < runs.length; at += delaysOf(full).length) cases.push(...(await Promise.all(runs.slice(at, at + delaysOf(full).length).map((it) => tryEnd(it, longest, tabs)))))
          const holes = cases.reduce((sum, it) => sum + it.holes, 0)
          const kept = cases.reduce((sum, it) => sum + it.kept, 0)
          const row = rowOf(`${name}, ${delaysOf(full).join(', ')} ms after`, tabs.engine, cases)
          const share = row.stored! / row.accepted!
          const note = `${(100 * share).toFixed(1)} % stored${holes ? `, ${holes} missing show as holes` : ''}${kept ? `, ${kept} kept for a return` : ''}`
          const low = share < least && row.verdict === 'passed'
          yield { ...row, note: [row.note, note, whatWasTried(full, cases.length)].filter(Boolean).join('; '), verdict: low ? (tabs.engine === 'webkit' ? 'measured' : 'missed') : row.verdict }
        }
      },
      { together: true },
    )
  },
}
