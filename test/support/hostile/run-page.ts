import type { Browser } from '../browsers.ts'
import type { HostilePage } from './pages.ts'
import { allTags, type HostileSite } from './site.ts'

/** What the witness of a page saw. */
export interface Seen {
  /** Tags that show what they are there for. */
  shown: string[]
  /** Our lines on the console. */
  lines: string[]
  /** Errors that nobody caught, and where. */
  errors: string[]
  /** How an element of the host looked before us and after, when it differs. */
  hostChanges: string[]
  /** How our elements look, in 19 inherited properties, by where they stand. */
  looks: Map<string, Set<string>>
  /** Whether the host's own link inside the card can be seen. */
  light: boolean
  selected: boolean
  violations: string[]
}

function read(report: string): Seen {
  const said = (kind: string) => report.split('\n').filter((it) => it.startsWith(`${kind} `)).map((it) => it.slice(kind.length + 1))
  const looks = new Map<string, Set<string>>()
  for (const look of said('look')) {
    const [where, style] = look.split(' ;') as [string, string]
    looks.set(where, (looks.get(where) ?? new Set()).add(style))
  }
  return {
    shown: said('shown')[0]?.split(',').filter(Boolean) ?? [],
    lines: said('line'),
    errors: said('error'),
    hostChanges: said('host'),
    looks,
    light: said('light')[0] === 'true',
    selected: said('selected').length > 0,
    violations: said('violation'),
  }
}

/** Opens a page in a browser and hears its witness. */
export async function seePage(browser: Browser, site: HostileSite, page: HostilePage, placement: string): Promise<Seen> {
  await browser.goto(site.address(page, placement))
  return read(await site.report(placement))
}

/** Styles of ours that are none on a page without anybody's: they leaked in. */
export function leaksOf(seen: Seen, plain: Seen): string[] {
  return [...seen.looks].flatMap(([where, styles]) => {
    const known = plain.looks.get(where)
    if (!known) return []
    const [reference] = known
    return [...styles].filter((it) => !known.has(it)).map((it) => `${where}: ${differences(it, reference!)}`)
  })
}

function differences(style: string, reference: string): string {
  const expected = new Set(reference.split(';'))
  return style.split(';').filter((it) => !expected.has(it)).join('; ')
}

/** What is wrong with what was seen on a page; nothing when it is as it must be. */
export function flawsOf(page: HostilePage, seen: Seen, plain: Seen, stored: number): string[] {
  const [least, most] = typeof page.lines === 'number' ? [page.lines, page.lines] : page.lines
  const wanted = page.tags ?? allTags
  const missing = wanted.filter((it) => !seen.shown.includes(it))
  const works = !missing.length
  return [
    ...seen.errors.map((it) => `uncaught: ${it}`),
    ...seen.hostChanges.map((it) => `the host changed: ${it}`),
    ...(page.mute ? [] : leaksOf(seen, plain)).slice(0, 5).map((it) => `leaked in: ${it}`),
    ...(page.expects === 'works' && !works ? [`not shown: ${missing.join(', ')}`] : []),
    ...(page.expects === 'works' && works && !page.mute && stored !== 1 ? [`the click was stored ${stored} times${seen.selected ? '' : ', and never happened'}`] : []),
    ...(page.expects === 'closed' && seen.shown.includes('kanmai-card') ? ['it shows what it should not'] : []),
    ...(page.expects === 'closed' && !seen.light ? ['the host’s own link is hidden'] : []),
    ...(seen.lines.length < least || seen.lines.length > most ? [`${seen.lines.length} lines on the console instead of ${page.lines}: ${seen.lines.join(' | ').slice(0, 600)}`] : []),
  ]
}
