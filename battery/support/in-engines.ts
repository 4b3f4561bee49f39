import type { Engine } from '../../test/support/browsers.ts'
import type { BatteryOptions, BatteryRow } from '../battery.ts'
import { openGround, type Ground, type GroundOptions } from './ground.ts'
import { openTabs, type Tabs } from './tabs.ts'
import { whereOf } from './where-of.ts'

/**
 * Tries faults in every engine, each with a browser of its own, on one ground; `together` where it is waiting that takes the
 * time. A failure costs one engine, not the others.
 */
export async function* inEngines(
  { engines, untilMissed, say }: BatteryOptions,
  work: (ground: Ground, tabs: Tabs) => AsyncIterable<BatteryRow>,
  { together = false, ...options }: GroundOptions & { together?: boolean } = {},
): AsyncGenerator<BatteryRow> {
  const ground = await openGround(options)
  const rowsOf = async (engine: Engine): Promise<BatteryRow[]> => {
    const rows: BatteryRow[] = []
    let tabs: Tabs | undefined
    try {
      tabs = await openTabs(engine)
      for await (const row of work(ground, tabs)) {
        say(`${engine}: ${row.fault}: ${row.verdict}`)
        rows.push(row)
        if (untilMissed && row.verdict === 'missed') break
      }
    } catch (error) {
      rows.push({ fault: 'the group itself', engine, cases: 0, verdict: 'missed', note: whereOf(error) })
    } finally {
      await tabs?.close().catch(() => {})
    }
    return rows
  }
  try {
    if (together) for (const rows of await Promise.all(engines.map(rowsOf))) yield* rows
    else for (const engine of engines) yield* await rowsOf(engine)
  } finally {
    await ground.close()
  }
}
