import type { BatteryOptions, BatteryRow } from '../battery.ts'
import { openGround, type Ground, type GroundOptions } from './ground.ts'
import { openTabs, type Tabs } from './tabs.ts'
import { whereOf } from './where-of.ts'

/** Tries faults in every engine, each with a browser of its own, all on one ground. A failure costs one engine, not the others. */
export async function* inEngines(
  { engines, say }: BatteryOptions,
  work: (ground: Ground, tabs: Tabs) => AsyncIterable<BatteryRow>,
  options: GroundOptions = {},
): AsyncGenerator<BatteryRow> {
  const ground = await openGround(options)
  try {
    for (const engine of engines) {
      let tabs: Tabs | undefined
      try {
        tabs = await openTabs(engine)
        for await (const row of work(ground, tabs)) {
          say(`${engine}: ${row.fault}: ${row.verdict}`)
          yield row
        }
      } catch (error) {
        yield { fault: 'the group itself', engine, cases: 0, verdict: 'missed', note: whereOf(error) }
      } finally {
        await tabs?.close().catch(() => {})
      }
    }
  } finally {
    await ground.close()
  }
}
