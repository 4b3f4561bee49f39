import { setTimeout as pause } from 'node:timers/promises'
import type { BatteryGroup } from '../battery.ts'
import { onlyBatches, reset } from '../support/faults.ts'
import type { Fault, FaultProxy } from '../support/fault-proxy.ts'
import type { Ground, Row, Run } from '../support/ground.ts'
import { inEngines } from '../support/in-engines.ts'
import { rowOf, type Case } from '../support/rows.ts'
import type { Tab, Tabs } from '../support/tabs.ts'

const times = { full: 20, short: 2 }
const patience = 15_000
const item = 'arc-lamp'
const placement = 'below-the-text'
const body = `<kanmai-card item="${item}" placement="${placement}"></kanmai-card>`

const refOf = (address: string) => new URL(address, 'http://shop').searchParams.get('ref') ?? ''
const isGo = (url: string) => url.includes('/go/')

async function until(what: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + patience; Date.now() < end; await pause(20)) if (await what()) return true
  return false
}

interface Way {
  name: string
  fault(proxy: FaultProxy): Fault
  /** Who has to have counted the click first. */
  first: 'browser' | 'redirect'
  /** The other one gets through as well. */
  both: boolean
}

const ways: Way[] = [
  { name: 'every batch and every beacon of the page is lost', fault: () => onlyBatches(reset), first: 'redirect', both: false },
  {
    name: 'the redirector counts first, the page’s own word comes later',
    fault() {
      let counted = false
      return async ({ request, isBatch, pass, give }) => {
        if (isBatch) await until(() => counted)
        give(await pass())
        counted ||= isGo(request.url!)
      }
    },
    first: 'redirect',
    both: true,
  },
  {
    name: 'the page’s own word is there before the redirector is asked',
    fault: (proxy) =>
      async ({ request, pass, give }) => {
        if (isGo(request.url!)) await until(() => proxy.committed.has(refOf(request.url!)))
        give(await pass())
      },
    first: 'browser',
    both: true,
  },
]

/** Where the card's link is, once it is there. */
const linkIn = (tab: Tab): Promise<[number, number]> =>
  tab.evaluate(async () => {
    for (;;) {
      const box = document.querySelector('kanmai-card')?.shadowRoot?.querySelector('[part~=link]')?.getBoundingClientRect()
      if (box?.width) return [box.x + box.width / 2, box.y + box.height / 2]
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  })

/** Clicks until the shop has seen the reader come with a ref that the redirector was asked with; says which. */
async function click(ground: Ground, run: Run, tabs: Tabs, way: Way): Promise<string> {
  const tab = await tabs.open()
  // What is to be lost must not get through with the next page.
  if (way.both) run.proxy.fault = undefined
  await run.open(tab, { body })
  const [x, y] = await linkIn(tab)
  if (way.both) await run.arrive()
  const asked: string[] = []
  const fault = way.fault(run.proxy)
  run.proxy.fault = (exchange) => {
    const { url } = exchange.request
    if (isGo(url!)) asked.push(refOf(url!))
    return fault(exchange)
  }
  await tab.clickAt(x, y)
  let came: string | undefined
  await until(() => (came = ground.site.visits.map(refOf).find((ref) => asked.includes(ref))) !== undefined)
  await tabs.closePopups()
  await tab.close()
  return came ?? 'a click that never came to the shop'
}

/** What is wrong with a click's row, of which there has to be one. */
function flawOf(row: Row | undefined, { first, both }: Way): string[] {
  if (!row) return []
  const flaws: string[] = []
  const expect = (name: string, is: unknown, want: unknown) => is !== want && flaws.push(`${name} is ${is}, not ${want}`)
  expect('item', row.item, item)
  expect('source', row.source, first)
  expect('confirmed', row.confirmed ?? false, both)
  expect('ref', row.ref, row.id)
  if (both) expect('placement', row.placement, placement)
  // What only the page knows.
  expect('the page’s own key there', row.list !== undefined, both)
  expect('the visit there', row.session !== undefined, both)
  return flaws
}

async function tryOne(ground: Ground, tabs: Tabs, way: Way, clicks: number): Promise<Case> {
  const run = await ground.run({ catalogue: true, redirects: true })
  const refs: string[] = []
  for (let n = 0; n < clicks; n++) {
    refs.push(await click(ground, run, tabs, way))
  }
  // What the last page could not say, the next one does.
  const last = way.both ? await tabs.open() : undefined
  await last?.goto(run.page({ body }))
  let rows: Row[] = []
  await until(async () => {
    rows = (await run.rows()).filter((it) => it.type === 'click')
    return refs.every((ref) => rows.some((it) => it.id === ref && (it.confirmed || !way.both)))
  })
  const stored = refs.filter((ref) => rows.some((it) => it.id === ref))
  const copies = run.proxy.batches.flatMap(({ signals }) => signals.map(({ id }) => id)).filter((id) => refs.includes(id))
  await last?.close()
  await run.stop()
  const wrong = [
    ...(new Set(refs).size < refs.length ? ['two clicks came to the shop under one ref'] : []),
    ...refs.flatMap((ref) => flawOf(rows.find((it) => it.id === ref), way)),
  ]
  return {
    verdict: {
      accepted: clicks,
      stored: stored.length,
      twice: rows.length - stored.length,
      dupWire: copies.length - new Set(copies).size,
      explained: 0,
      reasons: {},
      unexplained: clicks - stored.length,
      missing: refs.filter((ref) => !stored.includes(ref)),
      delays: [],
    },
    wrong: [...new Set(wrong)].join('; ') || undefined,
  }
}

export const group: BatteryGroup = {
  id: 'B14',
  title: 'Clicks that are counted twice over',
  pass: 'every click that came to the shop is stored once under the ref it came with, by the redirector alone or by both in either order; what only the page knows is filled in',
  run({ full, only = '', ...options }) {
    return inEngines(
      { full, ...options },
      async function* (ground, tabs) {
        for (const way of ways) {
          if (way.name.includes(only)) yield rowOf(way.name, tabs.engine, [await tryOne(ground, tabs, way, times[full ? 'full' : 'short'])])
        }
      },
      { together: true },
    )
  },
}
