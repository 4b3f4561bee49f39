import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { ConsentScript } from './consent-scripts.ts'
import { onlyBatches, says } from './faults.ts'
import type { Ground } from './ground.ts'
import type { Tabs } from './tabs.ts'

declare global {
  const platforms: {
    ready(key: string): Promise<void>
    take(key: string): void
    online(): void
    do(step: string): void
    kept(): Promise<string[]>
    empties(step: string, longest: number): Promise<number>
  }
}

const platformsOnPage = readFileSync(new URL('consent-platforms.js', import.meta.url), 'utf8')
/** Milliseconds: until a platform is found that was not there; and how long nothing may come back. */
const nextLook = 7000
const still = 120
/** What was on its way at a revocation may still arrive for so long. */
const onItsWay = 300

export interface ScriptRan {
  accepted: number
  stored: number
  purges: number[]
  wrong: string[]
}

/** Plays a script on a page of its own, and compares what is stored and sent with what the script says. */
export async function runConsentScript(ground: Ground, tabs: Tabs, { before, steps, framed = false, consent }: ConsentScript): Promise<ScriptRan> {
  const run = await ground.run()
  const wrong: string[] = []
  const purges: number[] = []
  /** What held when an event was taken, by its key. */
  const taken = new Map<string, string>()
  const forgotten = new Map<string, number>()
  const head = `<script data-run="${run.publisher}">${platformsOnPage}</script>`
  const setUp = (words: string[]) => `<script>for (const it of ${JSON.stringify(words)}) platforms.do(it)</script>`
  const inner = run.page({ consent, ...(framed ? {} : { head: head + setUp(before) }) })
  const outer = `/${run.publisher}/around`
  if (framed) ground.site.put(outer, { html: `<!doctype html>${head}<body>${setUp(before)}<iframe src="${inner}"></iframe>` })
  const tab = await tabs.open()
  await tab.goto(framed ? ground.site.url + outer : inner)
  const silent = consent === 'none'

  const take = async (holds: string): Promise<void> => {
    const [key] = run.keys(1)
    taken.set(key!, holds)
    await tab.evaluate((key) => platforms.take(key), key!)
  }

  async function becomes(word: string, then: string, was: string): Promise<void> {
    if (then === '+') {
      await tab.evaluate((word) => platforms.do(word), word)
      for (const end = Date.now() + nextLook; Date.now() < end; await pause(20)) if ((await tab.evaluate(() => platforms.kept())).length) return
      return void wrong.push(`${word} grants nothing`)
    }
    const took = await tab.evaluate((word, longest) => platforms.empties(word, longest), word, nextLook)
    const revokedAt = Date.now()
    if (took < 0) return void wrong.push(`${word} leaves ${(await tab.evaluate(() => platforms.kept())).join(', ')}`)
    if (was === '+') {
      if (then === '-') purges.push(took)
      for (const [key, holds] of taken) if (holds === '+' && !forgotten.has(key)) forgotten.set(key, revokedAt)
    }
    await pause(still)
    const back = await tab.evaluate(() => platforms.kept())
    if (back.length) wrong.push(`${word}: ${back.join(', ')} is stored`)
  }

  try {
    // Kanmai keeps its books, and what asks the platforms is loaded.
    if (!silent) {
      const [key] = run.keys(1)
      await tab.evaluate((key) => platforms.ready(key), key!)
    }
    await pause(still)
    let was = '-'
    for (const { word, then } of steps) {
      if (word === 'take') await take(then)
      else if (word === 'down' || word === 'up') run.proxy.fault = word === 'down' ? onlyBatches(says(503)) : undefined
      else await becomes(word, then, was)
      was = then === '~' ? '-' : then
    }
    run.proxy.fault = undefined
    await tab.evaluate(() => platforms.online())
    await pause(500)
    await tab.follow(`${ground.site.url}/elsewhere.html`)
    await pause(500)
    for (const { at, signals } of run.proxy.batches) {
      for (const { list } of signals) {
        const since = forgotten.get(list!)
        if (since !== undefined && at > since + onItsWay) wrong.push(`what had to be forgotten was sent ${at - since} ms later`)
      }
    }
    const rows = (await run.rows()).filter(({ list }) => taken.has(list!))
    for (const { list, session } of rows) {
      const holds = taken.get(list!)
      if ((holds === '+') !== (session !== undefined)) wrong.push(`taken under ${holds}, stored ${session ? 'with' : 'without'} a visit`)
    }
    return { accepted: taken.size, stored: rows.length, purges, wrong: [...new Set(wrong)] }
  } finally {
    await tab.close()
    await run.stop()
  }
}
