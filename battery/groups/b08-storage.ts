import type { BatteryGroup } from '../battery.ts'
import { onlyBatches, says } from '../support/faults.ts'
import type { Run } from '../support/ground.ts'
import { inEngines } from '../support/in-engines.ts'
import { rowOf, type Case } from '../support/rows.ts'
import type { Tab, Tabs } from '../support/tabs.ts'

const times = { short: 1, full: 20 }
const most = 5_000_000
const each = 20
/** More than an outbox keeps. */
const flood = 8000

interface Fault {
  name: string
  engines?: string[]
  /** Before the signals are taken; returns what undoes it. */
  before?(tab: Tab): Promise<() => Promise<void>>
  /** In the page, before Kanmai. */
  head?(database: string): string
  /** After the signals were taken, while none of them gets through. */
  meanwhile?(tab: Tab, database: string): Promise<void>
  /** Nothing of it can be on the disk, and the rows must say so; `maybe`: the browser may take it all the same. */
  memory?: boolean | 'maybe'
  /** Reported as dropped beside what was accepted. */
  foreign?: number
  taken?: number
}

const script = (code: string) => `<script>{ ${code} }</script>`
const denied = `get() { throw new DOMException('denied', 'SecurityError') }`

/** What a broken disk, or another program, may leave among the signals. */
async function damage(tab: Tab, database: string): Promise<void> {
  await tab.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open(name)
        request.onerror = () => reject(new Error('the database does not open'))
        request.onsuccess = () => {
          const tx = request.result.transaction('signals', 'readwrite')
          const loop: Record<string, unknown> = { id: 'loop' }
          loop['self'] = loop
          for (const it of [5, null, {}, { signal: { id: 7 } }, { signal: loop }, { signal: { id: 'big', type: 5n } }]) tx.objectStore('signals').add(it)
          tx.oncomplete = () => resolve(request.result.close())
        }
      }),
    database,
  )
}

async function remove(tab: Tab, database: string): Promise<void> {
  await tab.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name)
        request.onsuccess = () => resolve()
        request.onerror = () => reject(new Error('the database cannot be deleted'))
      }),
    database,
  )
}

async function exhaust(tab: Tab): Promise<() => Promise<void>> {
  const origin = await tab.evaluate(() => location.origin)
  const devtools = await tab.cdp!()
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
  return async () => {
    await devtools.send('Storage.overrideQuotaForOrigin', { origin })
    await devtools.detach()
  }
}

const faults: Fault[] = [
  { name: 'localStorage is full', head: () => script(`try { for (let n = 0; ; n++) localStorage.setItem('full' + n, 'x'.repeat(2 ** 18)) } catch {}`) },
  {
    name: 'IndexedDB answers with an error',
    // A version that is older than the database is refused by the browser itself.
    head: () =>
      script(`const { open } = IDBFactory.prototype; open.call(indexedDB, 'probe', 2).onsuccess = (it) => it.target.result.close();
        IDBFactory.prototype.open = function () { return open.call(this, 'probe', 1) }`),
    memory: true,
  },
  {
    name: 'the upgrade is blocked by another page',
    head: (database) => script(`indexedDB.open('${database}', 1).onsuccess = (it) => (window.held = it.target.result)`),
    memory: true,
  },
  { name: 'all storage is denied', head: () => script(['indexedDB', 'localStorage', 'sessionStorage'].map((it) => `Object.defineProperty(window, '${it}', { ${denied} })`).join(';')), memory: true },
  // Only its driver can do that to a browser; Chromium takes writes as small as ours all the same.
  { name: 'the quota is used up', engines: ['chromium'], before: exhaust, memory: 'maybe' },
  { name: 'the database is deleted', meanwhile: remove },
  { name: 'records are corrupt', meanwhile: damage, foreign: 6 },
  { name: `${flood} signals beside a dead collector`, taken: flood },
]

/** Bytes of what an outbox has on the disk. */
const usage = (tab: Tab, database: string): Promise<number> =>
  tab.evaluate(
    (name) =>
      new Promise<number>((resolve) => {
        const request = indexedDB.open(name)
        request.onerror = () => resolve(0)
        request.onsuccess = () => {
          const db = request.result
          if (!db.objectStoreNames.contains('signals')) return resolve(0)
          const all = db.transaction(['signals', 'lost']).objectStore('signals').getAll()
          all.onsuccess = () => {
            db.close()
            // What is corrupt may be no JSON.
            const whole = all.result.filter((it: { signal?: { page?: string } } | null) => it?.signal?.page)
            resolve(JSON.stringify(whole).length)
          }
        }
      }),
    database,
  )

async function tryOnce(run: Run, tabs: Tabs, fault: Fault): Promise<Case> {
  const database = `${run.proxy.url}/v1/${run.publisher}`
  const tab = await tabs.open()
  const wrong: string[] = []
  await run.open(tab, fault.head && { head: fault.head(database) })
  await run.arrive()
  const undo = await fault.before?.(tab)
  run.proxy.fault = onlyBatches(says(503))
  for (let left = fault.taken ?? each; left > 0; left -= 1000) await run.take(tab, Math.min(left, 1000))
  await fault.meanwhile?.(tab, database)
  await run.take(tab, 2)
  if (!fault.memory) {
    const bytes = await usage(tab, database)
    if (!bytes || bytes > most) wrong.push(`${bytes} bytes on the disk`)
  }
  run.proxy.fault = undefined
  await tab.evaluate(() => void dispatchEvent(new Event('online')))
  let verdict = await run.verdict()
  const explained = verdict.accepted - verdict.stored + (fault.foreign ?? 0)
  for (let n = 0; n < 50 && verdict.explained !== explained; n++) verdict = await run.verdict(500)
  if (fault.taken && !verdict.reasons['overflow']) wrong.push('all of them were kept')
  if (verdict.explained !== explained) wrong.push(`${verdict.explained} reported as dropped instead of ${explained}`)
  // The first one asked that the books be opened.
  const rows = (await run.rows()).filter((it) => it.type === 'impression')
  const flagged = rows.filter((it) => it.durable === false).length
  if (fault.memory !== 'maybe' && flagged !== (fault.memory ? rows.length : 0)) wrong.push(`${flagged} of ${rows.length} marked as not durable`)
  wrong.push(...(await tab.evaluate(() => battery.errors)))
  await undo?.()
  await tab.close()
  return { verdict, wrong: wrong.join('; ') || undefined }
}

export const group: BatteryGroup = {
  id: 'B8',
  title: 'Storage that is full, broken, denied or deleted',
  pass: '0 unexplained, drops told exactly, memory marked as such, at most 5 MB on the disk, no error in the host page',
  run(options) {
    return inEngines(
      options,
      async function* (ground, tabs) {
        for (const fault of faults) {
          if (fault.engines && !fault.engines.includes(tabs.engine)) continue
          if (!fault.name.includes(options.only ?? '')) continue
          // The longest of all: in the short set one engine is enough.
          if (fault.taken && !options.full && tabs.engine !== options.engines[0]) continue
          const cases: Case[] = []
          const wanted = fault.taken ? 1 : times[options.full ? 'full' : 'short']
          while (cases.length < wanted) {
            const run = await ground.run()
            cases.push(await tryOnce(run, tabs, fault))
            await run.stop()
          }
          yield rowOf(fault.name, tabs.engine, cases)
        }
      },
      { together: true },
    )
  },
}
