import type { Engine } from '../../test/support/browsers.ts'
import { openHostileGround } from '../../test/support/hostile/hostile-ground.ts'
import { pages, type HostilePage } from '../../test/support/hostile/pages.ts'
import type { BatteryGroup, BatteryOptions, BatteryRow } from '../battery.ts'

/** Left out of the short set: what another page there shows as well. */
const onlyFull = [
  'plain-iife', 'strict', 'named-types-unrequired', 'no-pictures', 'sandbox-policy', 'sandboxed-srcdoc', 'base-target', 'fetch-gone',
  'fetch-nonsense', 'promise-then-wrapped', 'object-to-json', 'array-reduce-old', 'array-map-hostile', 'stringify-nonsense', 'stringify-hostile', 'console-throws',
  'no-shadow', 'clobbered', 'frozen', 'twice', 'module-and-iife', 'newer-major-second', 'one-tag-taken', 'root-styles', 'reset-sheet', 'rewritten',
]

/** Every engine has the plain page and another third of the others. */
function shortSet(engine: Engine): HostilePage[] {
  const [plain, ...others] = pages.filter((it) => !onlyFull.includes(it.name))
  return [plain!, ...others.filter((_, index) => index % 3 === ['chromium', 'firefox', 'webkit'].indexOf(engine))]
}

async function rowsOf(engine: Engine, { full, say }: BatteryOptions): Promise<BatteryRow[]> {
  const ground = await openHostileGround(engine)
  const rows: BatteryRow[] = []
  try {
    for (const page of full ? pages : shortSet(engine)) {
      const flaws = await ground.flaws(page)
      say(`${engine} ${page.name}${flaws.length ? `: ${flaws[0]}` : ''}`)
      rows.push({
        fault: `${page.kind}: ${page.name}`,
        engine,
        cases: 1,
        verdict: flaws.length ? 'missed' : 'passed',
        ...(flaws.length ? { note: flaws.join('; ').slice(0, 500) } : page.expects === 'closed' && { note: 'stands back' }),
      })
    }
  } finally {
    await ground.close()
  }
  return rows
}

export const group: BatteryGroup = {
  id: 'B12',
  title: 'Hostile hosts',
  pass: 'every tag shows and the click is stored once, or nothing of Kanmai is there, the host’s own link is, and one line says why; no uncaught error, and of 19 inherited properties none changes on either side',
  async *run(options) {
    for (const rows of await Promise.all(options.engines.map((it) => rowsOf(it, options)))) yield* rows
  },
}
