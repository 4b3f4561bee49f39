import { openHostileGround } from '../../test/support/hostile/hostile-ground.ts'
import { pages } from '../../test/support/hostile/pages.ts'
import type { BatteryGroup } from '../battery.ts'

/** Left out of the short set: what another page there shows as well. */
const onlyFull = [
  'plain-iife', 'strict', 'named-types-unrequired', 'no-pictures', 'sandbox-policy', 'sandboxed-srcdoc', 'base-target', 'fetch-gone',
  'fetch-nonsense', 'promise-then-wrapped', 'object-to-json', 'array-reduce-old', 'array-map-hostile', 'stringify-nonsense', 'stringify-hostile', 'console-throws',
  'no-shadow', 'clobbered', 'frozen', 'twice', 'module-and-iife', 'newer-major-second', 'one-tag-taken', 'root-styles', 'reset-sheet', 'rewritten',
]

export const group: BatteryGroup = {
  id: 'B12',
  title: 'Hostile hosts',
  pass: 'every tag shows and the click is stored once, or nothing of Kanmai is there, the host’s own link is, and one line says why; no uncaught error, and of 19 inherited properties none changes on either side',
  async *run({ full, engines, say }) {
    for (const engine of engines) {
      const ground = await openHostileGround(engine)
      try {
        for (const page of pages) {
          if (!full && onlyFull.includes(page.name)) continue
          const flaws = await ground.flaws(page)
          say(`${engine} ${page.name}${flaws.length ? `: ${flaws[0]}` : ''}`)
          yield {
            fault: `${page.kind}: ${page.name}`,
            engine,
            cases: 1,
            verdict: flaws.length ? 'missed' : 'passed',
            ...(flaws.length ? { note: flaws.join('; ').slice(0, 500) } : page.expects === 'closed' && { note: 'stands back' }),
          }
        }
      } finally {
        await ground.close()
      }
    }
  },
}
