import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { percentile } from '../../bench/table.ts'
import type { BatteryGroup, BatteryOptions, BatteryRow } from '../battery.ts'
import { runConsentScript, type ScriptRan } from '../support/consent-script.ts'
import { consentScripts } from '../support/consent-scripts.ts'
import { runSequence, type Command } from '../support/consent-world.ts'
import type { Ground } from '../support/ground.ts'
import { inEngines } from '../support/in-engines.ts'
import { rowOf, type Case } from '../support/rows.ts'
import type { Tabs } from '../support/tabs.ts'
import { whereOf } from '../support/where-of.ts'

/** Milliseconds. */
const mostPurge = 100

const command = fc.oneof(
  { weight: 4, arbitrary: fc.record({ tcf: fc.constantFrom('shown', 'agreed', 'refused', 'free') }) },
  fc.record({ gpp: fc.constantFrom('keeps in', 'opts out', 'not ready') }),
  fc.record({ usp: fc.constantFrom('1YNN', '1YYN', '1---') }),
  fc.record({ gpc: fc.boolean() }),
  fc.record({ config: fc.constantFrom('granted', 'auto', 'essential', 'none') }),
  fc.record({ object: fc.boolean() }),
  fc.record({ endpoint: fc.constantFrom('up', 'down') }),
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('take', 'take', 'take', 'deliver', 'deliver', 'wipe', 'leave and return', 'revoke elsewhere') }) },
) as fc.Arbitrary<Command>
const tags = fc.constantFrom('auto', 'auto', 'auto', 'granted', 'essential', 'none') as fc.Arbitrary<'auto'>

/** Sequences of whatever can happen to consent, on the product's books with a page and an endpoint of the battery's own. */
async function sequences({ full, say }: BatteryOptions): Promise<BatteryRow> {
  const purges: number[] = []
  let taken = 0
  let sent = 0
  let tried = 0
  const rules = fc.asyncProperty(tags, fc.array(command, { minLength: 2, maxLength: 20 }), async (tag, commands) => {
    let ran = await runSequence(tag, commands)
    // A busy machine stops everybody now and then: what is too slow is so three times.
    for (let tries = 0; ran.slow && tries < 2; tries++) ran = await runSequence(tag, commands)
    purges.push(...ran.purges)
    taken += ran.taken
    sent += ran.sent
    if (++tried % 100 === 0) say(`${tried} sequences`)
    if (ran.wrong) throw new Error(ran.wrong)
  })
  const cases = full ? 2000 : 200
  const { failed, counterexample, seed, errorInstance, numRuns } = await fc.check(rules, { numRuns: cases })
  const notes = [
    failed ? `seed ${seed}: ${(errorInstance as Error).message}: ${JSON.stringify(counterexample)}` : '',
    `${purges.length} revocations, forgotten within ${Math.max(...purges).toFixed(0)} ms; ${taken} events, ${sent} sent; p50/p99 are of the forgetting`,
  ]
  return {
    fault: 'sequences of whatever can happen to consent',
    engine: 'node',
    cases: numRuns,
    p50: percentile(purges, 50),
    p99: percentile(purges, 99),
    verdict: failed || !purges.length || !sent ? 'missed' : 'passed',
    note: notes.filter(Boolean).join('; '),
  }
}

/** Scripted platforms in real pages. */
async function scripts({ full, say }: BatteryOptions, ground: Ground, tabs: Tabs): Promise<BatteryRow> {
  const purges: number[] = []
  const wrong: string[] = []
  let cases = 0
  let accepted = 0
  let stored = 0
  for (const [index, script] of consentScripts.entries()) {
    // Of the short set every engine has another third.
    if (!full && index % 3 !== ['chromium', 'firefox', 'webkit'].indexOf(tabs.engine)) continue
    const began = performance.now()
    const ran = await runConsentScript(ground, tabs, script).catch((error: unknown): ScriptRan => ({ accepted: 0, stored: 0, purges: [], wrong: [whereOf(error)] }))
    say(`${tabs.engine} ${((performance.now() - began) / 1000).toFixed(1)} s: ${script.name}: ${ran.wrong.join('; ') || 'as it should'}`)
    cases++
    accepted += ran.accepted
    stored += ran.stored
    purges.push(...ran.purges)
    wrong.push(...ran.wrong.map((it) => `${script.name}: ${it}`))
  }
  const slow = purges.filter((it) => it > mostPurge).length
  if (slow) wrong.push(`${slow} of ${purges.length} revocations took more than ${mostPurge} ms`)
  return {
    fault: 'scripted platforms: late, flapping, silent, framed, contradicting',
    engine: tabs.engine,
    cases,
    accepted,
    stored,
    ...(purges.length && { p50: percentile(purges, 50), p99: percentile(purges, 99) }),
    verdict: wrong.length || !cases || !purges.length ? 'missed' : 'passed',
    note: [...wrong, `p50/p99 are of ${purges.length} revocations until nothing was left in the browser`].join('; '),
  }
}

/** Under `essential` nothing outlives the page: what arrives when it is left, and nobody comes back. */
async function* withoutStorage({ full }: BatteryOptions, ground: Ground, tabs: Tabs): AsyncGenerator<BatteryRow> {
  const visits = full ? 30 : 8
  for (const wait of full ? [0, 50, 1000] : [0, 1000]) {
    const run = await ground.run()
    for (let n = 0; n < visits; n++) {
      const tab = await tabs.open()
      await run.open(tab, { consent: 'essential' })
      await run.take(tab, 4)
      await run.take(tab, 1, 'select')
      await pause(wait)
      await tab.follow(`${ground.site.url}/elsewhere.html`)
      await tab.close()
    }
    const verdict = await run.verdict(10_000)
    const rate = ((100 * verdict.stored) / verdict.accepted).toFixed(1)
    const cases: Case[] = [{ verdict }]
    yield { ...rowOf(`essential, left for good ${wait} ms after the last event`, tabs.engine, cases, { measured: true, note: `delivered ${rate} %` }), cases: visits }
    await run.stop()
  }
}

export const group: BatteryGroup = {
  id: 'B13',
  title: 'Consent',
  pass: `no visit, nothing stored and nothing kept from before without a grant; forgotten within ${mostPurge} ms of a revocation`,
  async *run(options) {
    yield await sequences(options)
    if (options.only === 'sequences') return
    yield* inEngines(options, async function* (ground, tabs) {
      yield await scripts(options, ground, tabs)
      yield* withoutStorage(options, ground, tabs)
    })
  },
}
