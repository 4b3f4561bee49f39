import { askAsItStands, flippedBits, strays, trickyHeaders, trickyTargets } from '../../test/support/redirect-tricks.ts'
import { removeData, startEndpoint, type RunningEndpoint } from '../../test/support/start-endpoint.ts'
import type { BatteryGroup, BatteryRow } from '../battery.ts'

const links = { short: 4, full: 100 }
const atOnce = 16
const shop = 'shop.example'
const hosts = new Set([shop])
/** A looker's requests are answered another way than a reader's. */
const reader = ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'] as const

interface Try {
  target: string
  headers?: readonly (readonly [string, string])[]
}

/** A publisher whose links go through the redirector; its click links as a reader follows them. */
async function clickLinks({ url, token }: RunningEndpoint, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, n) => (n ? `lamp-${n}` : 'arc-lamp'))
  const networks = [{ network: 'direct', parameter: 'ref', hosts: [shop], link: 'redirect' }]
  const products = ['id\ttitle\tlink\tprice', ...ids.map((id) => `${id}\tThe ${id}\thttps://${shop}/${id}?a=1\t9.99 USD`)].join('\n')
  const command = async (method: string, path: string, body: string) => {
    const answer = await fetch(`${url}/v1/demo${path}`, { method, headers: { authorization: `Bearer ${token}` }, body })
    if (!answer.ok) throw new Error(await answer.text())
  }
  await command('PUT', '/config', JSON.stringify({ token, private: { networks } }))
  await command('POST', '/imports?filename=products.tsv', products)
  const found: string[] = []
  for (let first = 0; first < count; first += 50) {
    const answer = await fetch(`${url}/v1/demo/items?ids=${ids.slice(first, first + 50).sort().join()}`)
    const { items } = (await answer.json()) as { items: { url: string }[] }
    found.push(...items.map((it) => it.url))
  }
  return found.map((it, n) => {
    const { pathname, search } = new URL(it.replace('{ref}', `f${n}abcdefgh`).replace('{placement}', 'article-end').replace('{media}', 'film-01').replace('{second}', '12'))
    return pathname + search
  })
}

function* flipped(links: string[]): Generator<Try> {
  for (const link of links) for (const target of flippedBits(link)) yield { target }
}

/** Asks all of them: where they led, and how often to the shop. */
async function row(fault: string, endpoint: RunningEndpoint, tries: Iterable<Try>): Promise<BatteryRow> {
  const source = tries[Symbol.iterator]()
  const port = Number(new URL(endpoint.url).port)
  const wrong: string[] = []
  const statuses = new Map<string, number>()
  let cases = 0
  async function worker() {
    for (let next = source.next(); !next.done; next = source.next()) {
      const { target, headers = [] } = next.value
      cases++
      const answer = await askAsItStands(port, target, [reader, ...headers])
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(answer[0]!)?.[1] ?? 'none'
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      const stray = /^(302|4\d\d)$/.test(status) ? strays(answer, hosts) : `it is answered ${status}`
      if (stray) wrong.push(`${JSON.stringify(target)} ${headers.join()}: ${stray}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  if (!statuses.has('302')) wrong.push('no answer led to the shop')
  const heard = [...statuses].sort().map(([status, times]) => `${times} × ${status}`).join(', ')
  return { fault, engine: 'node', cases, verdict: wrong.length ? 'missed' : 'passed', note: [...wrong.slice(0, 3), ...(wrong.length ? [`${wrong.length} in all`] : []), heard].join('; ') }
}

export const group: BatteryGroup = {
  id: 'F5',
  title: 'Links that were tampered with',
  pass: 'no answer leads to another host than the catalogue’s; there is no signature to break, for no address is taken from a link',
  async *run({ full, only = '' }) {
    // Where a proxy is trusted, its headers are believed.
    const env = { TRUST_PROXY: '1', KANMAI_LIMITS: '{"clicks":100000000}' }
    const endpoint = await startEndpoint({ args: [], env })
    try {
      const found = await clickLinks(endpoint, full ? links.full : links.short)
      const faults: Record<string, Iterable<Try>> = {
        [`${found.length} links as they are`]: found.map((target) => ({ target })),
        [`${trickyTargets.length} known tricks with the address`]: trickyTargets.map((target) => ({ target })),
        [`${trickyHeaders.length} known tricks with a header`]: trickyHeaders.flatMap((it) => found.slice(0, 4).map((target) => ({ target, headers: [it] }))),
        [`every bit of ${found.length} links flipped`]: flipped(found),
      }
      for (const [fault, tries] of Object.entries(faults)) if (fault.includes(only)) yield await row(fault, endpoint, tries)
    } finally {
      await endpoint.stop()
      removeData(endpoint.data)
    }
  },
}
