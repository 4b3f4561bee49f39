import { nasty, pick, type Chance } from './mutate.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const money = { minor: 1990, currency: 'USD' }
const item = {
  id: 'lamp', title: 'Arc lamp', url: 'https://shop.example/lamp?ref={ref}', image: 'https://shop.example/lamp.jpg', brand: 'Nordlys', shortTitle: 'Lamp',
  price: { now: money, was: { minor: 2990, currency: 'USD' }, final: money, asOf: '2026-11-23T14:00:00Z', member: { tier: 'gold', price: money } },
  offers: [{ id: 'o', kind: 'code', off: money, code: 'WARM', endsAt: '2030-01-01T00:00:00Z' }, { kind: 'threshold', percent: 10, threshold: money, claimUrl: 'https://shop.example/claim' }],
  availability: 'low_stock', rating: { value: 4.6, count: 12 }, sales: { count: 100 }, badges: ['New'], seller: { name: 'Shop' }, disclosure: 'Ad', links: { app: 'shop://lamp' },
  variants: [{ id: 'v', image: 'https://shop.example/v.jpg' }], images: [{ url: 'https://shop.example/2.jpg' }], videoUrl: 'https://shop.example/v.mp4',
}
const cue = { id: 'c', item: 'lamp', start: 0, end: 9, at: { x: 0.5, y: 0.5 }, track: { interpolation: 'linear', keyframes: [{ t: 0, x: 0.1, y: 0.1, w: 0.1, h: 0.1 }, { t: 5, x: 0.6, y: 0.4 }] }, title: 'The lamp', offers: [{ kind: 'flash', price: money }] }

/** One good answer of each kind. */
export const documents: Readonly<Record<string, Json>> = {
  PageConfig: { publisher: 'demo', enabled: true, locale: 'en', consent: 'auto', disclosure: 'Ad', theme: { accent: '#123456', radius: '4px', font: 'Inter, serif' }, placements: { end: { title: 'T', layout: 'grid', pageSize: 12 } }, fatigue: { item: 1, visit: 3 }, target: '_blank', colorScheme: 'dark' },
  ItemList: { items: [item, { id: 'rug', title: 'Rug', url: 'https://shop.example/rug' }] },
  FeedPage: { list: 'l', items: [item], next: 'n' },
  CueSheet: { media: { id: 'film', title: 'F', duration: 60, chapters: [{ start: 0, title: 'A' }], quiet: [{ start: 1, end: 2 }] }, cues: [cue], items: [item], last: 1 },
  LiveCue: { cue, item, media: { id: 'film', origin: '2026-11-23T14:00:00Z' } },
  Signal: { id: 's', type: 'click', occurredAt: '2026-11-23T14:00:00Z', item: 'lamp', ref: 'abc', second: 1.5, position: 0 },
  SignalBatch: { sentAt: '2026-11-23T14:00:00Z', signals: [{ id: 's' }], dropped: { overflow: 2 } },
  Receipt: { accepted: ['a'], duplicate: [], rejected: [{ id: 'b', reason: 'no' }], now: '2026-11-23T14:00:00Z' },
}

const unsafe = ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)', '\u0001javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'blob:https://a/b', '//evil.example', 'https:\\\\evil', 'https://', 'http://[', 'https://a b', 'https://user:pass@shop.example:8443/x?y#z']
const odd: readonly Json[] = [null, true, false, 0, -0, -1, 0.5, 1e308, -1e308, 2 ** 53, [], {}, '', ' ', [[[[[[]]]]]], { length: 5 }, { then: 1 }, { toJSON: 1 }, 'x'.repeat(3000)]

/** An object of JSON, all of whose own places can be reached and changed. */
function places(root: Json): [holder: Record<string, Json> | Json[], key: string][] {
  if (typeof root !== 'object' || root === null) return []
  return Object.entries(root).flatMap(([key, value]) => [[root as Record<string, Json>, key] as [Record<string, Json>, string], ...places(value)])
}

/** A good answer with one to five places changed, as it comes out of `JSON.parse`. */
export function mutatedJson(chance: Chance, name: string, more: readonly string[] = []): unknown {
  const document = JSON.parse(JSON.stringify(documents[name])) as Json
  for (let left = 1 + Math.floor(chance() * 5); left > 0; left--) {
    const all = places(document)
    if (!all.length) break
    const [holder, key] = pick(chance, all)
    // A copy: what is changed later is this document's alone.
    const value = structuredClone(chance() < 0.4 ? pick(chance, unsafe) : chance() < 0.5 ? pick(chance, odd) : pick(chance, more.length && chance() < 0.5 ? more : nasty))
    if (chance() < 0.1 && !Array.isArray(holder)) Object.defineProperty(holder, pick(chance, ['__proto__', 'constructor', 'prototype', 'toString']), { value: { polluted: 'yes', url: 'javascript:1' }, enumerable: true, configurable: true, writable: true })
    else if (chance() < 0.1) {
      if (Array.isArray(holder)) holder.push(...structuredClone(holder).slice(0, 50))
      else delete holder[key]
    } else (holder as Record<string, Json>)[key] = value
  }
  return JSON.parse(JSON.stringify(document)) as unknown
}

/** The smallest part of a failing document that still fails, by leaving out one place after another. */
export async function shrunkJson(document: unknown, fails: (document: unknown) => boolean | Promise<boolean>): Promise<unknown> {
  let kept = document as Json
  for (let at = 0; at < places(kept).length; ) {
    const less = structuredClone(kept)
    const [holder, key] = places(less)[at]!
    if (Array.isArray(holder)) holder.splice(Number(key), 1)
    else delete holder[key]
    if (await fails(less)) kept = less
    else at++
  }
  return kept
}

/** What is kept as it came: whoever takes a batch reads each signal and each loss of it on its own. */
const unread = ['signals', 'losses', 'app']
const links = ['url', 'image', 'videoUrl', 'claimUrl']

/** What is wrong with something that a parser let in. */
export function flawOf(value: unknown, key = ''): string | undefined {
  if (({} as Record<string, unknown>)['polluted'] !== undefined) return 'the prototype of all objects was written to'
  if (typeof value === 'string') return links.includes(key) && !/^https?:$/.test(protocolOf(value)) ? `an unsafe link: ${value.slice(0, 100)}` : undefined
  if (typeof value !== 'object' || value === null) return undefined
  if ((value as Record<string, unknown>)['polluted'] !== undefined) return 'something of a prototype came through'
  for (const [name, it] of Object.entries(value)) {
    if (unread.includes(name)) continue
    const flaw = flawOf(it, Array.isArray(value) ? key : name)
    if (flaw) return flaw
  }
  return undefined
}

function protocolOf(address: string): string {
  try {
    return new URL(address).protocol
  } catch {
    return 'none'
  }
}
