import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { removeData, startEndpoint, type RunningEndpoint } from '../../test/support/start-endpoint.ts'
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts'
import { startSite, type Site } from './site.ts'
import type { Tab } from './tabs.ts'

/** Milliseconds after the end of a fault until what is not there counts as lost: six failures in a row open the circuit for a minute and some. */
const patience = 150_000
const catalogueFolder = new URL('../../demo/catalogue/', import.meta.url)
const feeds = ['promotions.tsv', 'products.xml']
const networks = [{ network: 'direct', parameter: 'ref', hosts: ['127.0.0.1'] }]

/** A real endpoint and a host's server: the ground that runs stand on. */
export interface Ground {
  endpoint: RunningEndpoint
  site: Site
  /** A publisher of its own behind a proxy of its own, with an empty store and an empty ledger. */
  run(options?: RunOptions): Promise<Run>
  close(): Promise<void>
}

export interface RunOptions {
  /** The public half of the publisher's config. */
  config?: object
  /** With the demo's catalogue, so that elements have something to show. */
  catalogue?: boolean
  /** Its product links lead over the redirector, which stands behind the proxy too. */
  redirects?: boolean
}

export interface PageOptions {
  /** As in `data-consent`; `null` writes none. */
  consent?: string | null
  /** Stands before all scripts. */
  head?: string
  body?: string
  headers?: Record<string, string>
  /** The one-file build instead of the module. */
  iife?: boolean
}

/** What the ledger and the store say of a run. */
export interface Verdict {
  accepted: number
  /** Accepted events that the store has. */
  stored: number
  /** Rows beyond the first of one accepted event: it was given two ids. */
  twice: number
  /** Copies beyond the first that went over the wire. */
  dupWire: number
  /** Reported as dropped, with a reason. */
  explained: number
  reasons: Record<string, number>
  /** Accepted, and neither stored nor explained. */
  unexplained: number
  /** Some of what is missing, by their keys. */
  missing: string[]
  /** Milliseconds from acceptance to the commit. */
  delays: number[]
}

export interface Run {
  publisher: string
  proxy: FaultProxy
  /** Address of a page under test; the same options give the same page. */
  page(options?: PageOptions): string
  /** Keys for so many events, on the ledger from now on. */
  keys(count: number): string[]
  /** Lets so many events happen on a page; they are accepted when this resolves. */
  take(tab: Tab, count: number, type?: string): Promise<void>
  /** Goes to the page and waits until Kanmai keeps its books there. */
  open(tab: Tab, options?: PageOptions): Promise<void>
  /** Waits until the wire has seen the commit of all that was accepted, or the time is over: cheap, and not the verdict. */
  arrive(longest?: number): Promise<boolean>
  /** Waits until everything has arrived, or the time is over, and asks the store. */
  verdict(longest?: number): Promise<Verdict>
  /** The store's rows. */
  rows(): Promise<Row[]>
  /** What the endpoint knows to be missing. */
  losses(): Promise<{ dropped?: Record<string, number>; missing?: number; visits?: number }>
  stop(): Promise<void>
}

/** As the audit gives them out. */
export interface Row {
  id: string
  type: string
  item?: string
  placement?: string
  /** Who counted it first, and whether the other one has too. */
  source?: 'browser' | 'redirect'
  confirmed?: boolean
  list?: string
  ref?: string
  occurredAt: string
  correctedAt: string
  receivedAt: string
  session?: string
  seq?: number
  durable?: boolean
}

export interface GroundOptions {
  /** The endpoint's environment. */
  env?: Record<string, string>
}

export async function openGround({ env = {} }: GroundOptions = {}): Promise<Ground> {
  const endpoint = await startEndpoint({ args: [], env })
  // A battery that is broken off leaves no endpoint behind.
  const kill = () => process.kill(endpoint.pid)
  process.once('exit', kill)
  const site = await startSite()
  const open = new Set<Run>()
  let runs = 0

  async function importFeed(publisher: string, token: string, file: string): Promise<void> {
    const answer = await fetch(`${endpoint.url}/v1/${publisher}/imports?filename=${file}&base=${encodeURIComponent(site.url)}/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: readFileSync(new URL(file, catalogueFolder)),
    })
    if (!answer.ok) throw new Error(await answer.text())
  }

  const run = async ({ config = {}, catalogue, redirects }: RunOptions = {}): Promise<Run> => {
    const publisher = `run${++runs}`
    const token = `token-of-${publisher}`
    const proxy = await startFaultProxy(endpoint.url)
    const ways = redirects
      ? { networks: networks.map((it) => ({ ...it, link: 'redirect' })), redirector: `${proxy.url}/v1/${publisher}/go/` }
      : { networks }
    const put = await fetch(`${endpoint.url}/v1/${publisher}/config`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${endpoint.token}` },
      body: JSON.stringify({ public: { dataLayer: true, ...config }, private: ways, token }),
    })
    if (!put.ok) throw new Error(await put.text())
    if (catalogue) for (const file of feeds) await importFeed(publisher, token, file)
    const ledger = new Map<string, number>()
    site.onKey(publisher, (key) => ledger.set(key, Date.now()))
    const ask = async <T>(path: string): Promise<T> => {
      const answer = await fetch(`${endpoint.url}/v1/${publisher}${path}`, { headers: { authorization: `Bearer ${token}` } })
      // So many runs end at once that their reports have to take turns.
      if (answer.status === 503) return pause(Number(answer.headers.get('retry-after')) * 1000).then(() => ask(path))
      if (!answer.ok) throw new Error(await answer.text())
      return (await answer.json()) as T
    }
    let pages = 0
    const paths = new Map<string, string>()

    const it: Run = {
      publisher,
      proxy,
      page(options = {}) {
        const known = JSON.stringify(options)
        const path = paths.get(known) ?? `/${publisher}/${++pages}`
        paths.set(known, path)
        site.put(path, { html: pageOf(publisher, proxy.url, options), ...(options.headers && { headers: options.headers }) })
        return site.url + path
      },
      keys(count) {
        const now = Date.now()
        const keys = Array.from({ length: count }, (_, n) => `${publisher}-${ledger.size + n}`)
        for (const key of keys) ledger.set(key, now)
        return keys
      },
      take: (tab, count, type = 'impression') => tab.evaluate((keys, type) => battery.take(keys, type), it.keys(count), type),
      async open(tab, options) {
        await tab.goto(it.page(options))
        await tab.evaluate((key) => battery.ready(key), it.keys(1)[0]!)
      },
      async arrive(longest = patience) {
        const end = Date.now() + longest
        while (!hasArrived()) {
          if (Date.now() > end) return false
          await pause(25)
        }
        return true
      },
      async verdict(longest = patience) {
        const end = Date.now() + longest
        await it.arrive(longest)
        let verdict = await judge()
        while (verdict.unexplained && Date.now() < end) {
          await pause(200)
          verdict = await judge()
        }
        return verdict
      },
      async rows() {
        const rows: Row[] = []
        for (let cursor = ''; ; ) {
          const { signals, next } = await ask<{ signals: Row[]; next?: string }>(`/signals?limit=1000${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
          rows.push(...signals)
          if (!next) return rows
          cursor = next
        }
      },
      losses: async () => (await ask<{ losses?: object }>('/report')).losses ?? {},
      async stop() {
        open.delete(it)
        await proxy.close()
      },
    }

    function hasArrived(): boolean {
      const seen = new Set<string>()
      for (const { signals } of proxy.batches) for (const { id, list } of signals) if (list && proxy.committed.has(id)) seen.add(list)
      return seen.size >= ledger.size
    }

    async function judge(): Promise<Verdict> {
      const rows = await it.rows()
      const ids = new Map<string, string>()
      let twice = rows.length - new Set(rows.map(({ id }) => id)).size
      for (const { id, list } of rows) {
        if (list === undefined || !ledger.has(list)) continue
        if (ids.has(list)) twice++
        ids.set(list, id)
      }
      const copies = proxy.batches.flatMap(({ signals }) => signals.map(({ id }) => id))
      const reasons = (await it.losses()).dropped ?? {}
      const explained = Object.values(reasons).reduce((sum, count) => sum + count, 0)
      const missing = [...ledger.keys()].filter((key) => !ids.has(key))
      const delays = [...ids].flatMap(([key, id]) => (proxy.committed.has(id) ? [proxy.committed.get(id)! - ledger.get(key)!] : []))
      return {
        accepted: ledger.size,
        stored: ids.size,
        twice,
        dupWire: copies.length - new Set(copies).size,
        explained,
        reasons,
        unexplained: Math.max(0, missing.length - explained),
        missing: missing.slice(0, 5),
        delays,
      }
    }

    open.add(it)
    return it
  }

  return {
    endpoint,
    site,
    run,
    async close() {
      for (const it of [...open]) await it.stop()
      site.close()
      process.off('exit', kill)
      await endpoint.stop()
      removeData(endpoint.data)
    },
  }
}

/** What `page.js` puts on the page. */
declare global {
  const battery: {
    attempts: number[]
    errors: string[]
    shown: boolean[]
    take(keys: string[], type?: string): void
    ready(key: string): Promise<void>
  }
}

function pageOf(publisher: string, endpoint: string, { consent = 'granted', head = '', body = '<p>An article', iife }: PageOptions): string {
  const tag = iife ? `src="/dist/kanmai.iife.js"` : `type="module" src="/dist/kanmai.js"`
  const attributes = `data-endpoint="${endpoint}" data-publisher="${publisher}"${consent === null ? '' : ` data-consent="${consent}"`}`
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Under test</title>${head}
<script src="/page.js" data-run="${publisher}"></script>
<link rel="stylesheet" href="/dist/kanmai.css">
<script ${tag} ${attributes}></script>
<body>${body}`
}
