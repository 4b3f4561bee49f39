import { PageConfig, themeTokens } from '../../src/contract/page-config.ts'
import { CueSheet, FeedPage, ItemList } from '../../src/contract/index.ts'
import { parse } from '../../src/contract/parse.ts'
import '../../src/define.ts'
import { isAppLink } from '../../src/contract/app-link.ts'
import { stampRef } from '../../src/core/click-ref.ts'
import { bareHref } from '../../src/elements/product-link.ts'
import { applyTheme } from '../../src/runtime/theme.ts'
import { chanceOf, pick, type Chance } from './mutate.ts'
import { flawOf, mutatedJson, shrunkJson } from './json.ts'
import { generatedToken, themeSeeds } from './themes.ts'
import { generatedUrl, handUrls } from './urls.ts'

/** What came of a run in a browser. */
export interface Fuzzed {
  cases: number
  /** How many the product let in: none would prove nothing. */
  accepted: number
  wrong: string[]
  slowest: number
}

const anchor = document.createElement('a')

/** Where an address leads, as the browser reads it. */
function read(href: string): { protocol: string; host: string } {
  anchor.setAttribute('href', href)
  return { protocol: anchor.protocol, host: anchor.host }
}

/** Schemes that a publisher has declared: two of apps, and what never can be one. */
const schemes = ['taobao', 'openapp.jdmobile', 'javascript', 'data', 'blob', 'intent']
const place = { placement: 'end', media: '//evil.example', second: 1.5 }

function tryUrl(url: string, result: Fuzzed): void {
  result.cases++
  const bare = bareHref(url)
  // As they are asked for, of the app that a link is taken over by.
  const apps = [stampRef(url), stampRef(url, 'r1', place)].filter((it) => isAppLink(it, schemes))
  if (bare !== undefined || apps.length) result.accepted++
  if (bare !== undefined) {
    const { host } = read(url)
    for (const href of [bare, stampRef(url, 'r1'), stampRef(url, 'evilexample', place)]) {
      const now = read(href)
      if (!/^https?:$/.test(now.protocol)) result.wrong.push(`${JSON.stringify(url)} is ${now.protocol}`)
      else if (now.host !== host) result.wrong.push(`${JSON.stringify(url)} leads to ${now.host}`)
    }
  }
  for (const href of apps) {
    const { protocol } = read(href)
    if (!/^(taobao|openapp\.jdmobile):$/.test(protocol)) result.wrong.push(`${JSON.stringify(url)} for an app is ${protocol}`)
  }
}

const fresh = (): Fuzzed => ({ cases: 0, accepted: 0, wrong: [], slowest: 0 })

/** Whatever is let through is an http(s) link, or one of a declared app, by the browser's own reading, and no ref changes where it leads. */
function urls(seed: number, count: number, known: readonly string[]): Fuzzed {
  const result = fresh()
  const chance = chanceOf(seed)
  const seeds = [...handUrls, ...known]
  for (const url of seeds) tryUrl(url, result)
  while (result.cases < count && result.wrong.length < 5) tryUrl(generatedUrl(chance, seeds), result)
  return result
}

const inherited = ['color', 'font-size', 'font-family', 'line-height', 'letter-spacing', 'text-align', 'cursor', 'display', 'position', 'background-color', 'background-image', 'width', 'border-radius', 'opacity', 'content']
const used: Partial<Record<string, string>> = { font: 'font-family', radius: 'border-top-left-radius', 'marker-size': 'width' }

/** A token is its own custom property and nothing else, and does what the same value does when it is written down. */
function themes(seed: number, count: number): Fuzzed {
  const result = fresh()
  const chance = chanceOf(seed)
  const host = document.body.appendChild(document.createElement('section'))
  const [through, direct] = [host.appendChild(document.createElement('p')), host.appendChild(document.createElement('p'))]
  const lookOf = (element: Element): string => {
    const style = getComputedStyle(element)
    return inherited.map((it) => style.getPropertyValue(it)).join('|')
  }
  const untouched = lookOf(host)
  while (result.cases < count && result.wrong.length < 5) {
    const token = pick(chance, themeTokens)
    const value = result.cases < themeSeeds.length * themeTokens.length ? themeSeeds[Math.floor(result.cases / themeTokens.length)]! : generatedToken(chance)
    result.cases++
    const { theme } = parse(PageConfig, { publisher: 'p', theme: { [token]: value } }).value ?? {}
    if (!theme || !Object.keys(theme).length) continue
    const before = document.adoptedStyleSheets.length
    const undo = applyTheme(document, theme)
    const sheet = document.adoptedStyleSheets.at(-1)!
    const rule = sheet.cssRules[0] as CSSStyleRule
    const named = [...rule.style]
    const wrong = (what: string) => result.wrong.push(`--kanmai-${token}: ${JSON.stringify(value)} ${what}`)
    if (sheet.cssRules.length !== 1 || named.some((it) => it !== `--kanmai-${token}`)) wrong(`sets ${named.join()}`)
    if (lookOf(host) !== untouched) wrong('changes the page')
    if (named.length) {
      result.accepted++
      const property = used[token] ?? 'color'
      through.style.cssText = direct.style.cssText = ''
      through.style.setProperty(property, `var(--kanmai-${token})`)
      direct.style.setProperty(property, value)
      const [a, b] = [through, direct].map((it) => getComputedStyle(it).getPropertyValue(property))
      const wide = /^(inherit|initial|unset|revert|revert-layer)$/i.test(value)
      if (!direct.style.length) wrong('is no value of its kind')
      else if (a !== b && !wide) wrong(`comes out as ${a}, not ${b}`)
    }
    undo()
    if (document.adoptedStyleSheets.length !== before) wrong('stays')
  }
  host.remove()
  return result
}

/** All links and pictures below a root, through shadow roots. */
function* addressesIn(root: ParentNode): Generator<string> {
  for (const element of root.querySelectorAll('*')) {
    for (const name of ['href', 'src', 'srcset', 'action', 'formaction', 'data', 'poster']) {
      const value = element.getAttribute(name)
      if (value !== null) yield value
    }
    if (element.shadowRoot) yield* addressesIn(element.shadowRoot)
  }
}

type Made = HTMLElement & { updateComplete: Promise<boolean> }

/** Elements for what a parser let through of one answer. */
function elementsFor(kind: string, input: unknown): Made[] {
  const make = (tag: string, fields: object) => Object.assign(document.createElement(tag), fields) as unknown as Made
  if (kind === 'CueSheet') {
    const { value } = parse(CueSheet, input)
    return value ? [make('kanmai-rail', value), make('kanmai-overlay', value), make('kanmai-markers', { ...value, chapters: value.media.chapters })] : []
  }
  const { value } = kind === 'FeedPage' ? parse(FeedPage, input) : parse(ItemList, input)
  const items = value?.items ?? []
  return [make('kanmai-feed', { items }), ...items.flatMap((item) => [make('kanmai-card', { item, layout: 'row' }), make('kanmai-coupon', { item })])].slice(0, 8)
}

/** What is wrong with what stands in a place. */
function flawIn(place: ParentNode): string | undefined {
  for (const address of addressesIn(place)) if (!/^https?:$/.test(read(address).protocol)) return `an unsafe address ${JSON.stringify(address)}`
  return ({} as Record<string, unknown>)['polluted'] === undefined ? undefined : 'the prototype of all objects was written to'
}

/** What a parser lets through renders without a throw and without an unsafe address. */
async function render(seed: number, count: number): Promise<Fuzzed> {
  const result = fresh()
  const chance: Chance = chanceOf(seed)
  const place = document.body.appendChild(document.createElement('main'))
  let said = ''
  const { warn } = console
  console.warn = (line: string) => (said ||= line)
  /** Shows an answer, and says what is wrong with it then. */
  async function show(kind: string, input: unknown): Promise<string | undefined> {
    said = ''
    if (kind === 'PageConfig') {
      const { value } = parse(PageConfig, input)
      if (value) result.accepted++
      if (value?.theme) applyTheme(document, value.theme)()
      return flawOf(value) ?? (said || undefined)
    }
    const made = elementsFor(kind, input)
    place.replaceChildren(...made)
    await Promise.all(made.map((it) => it.updateComplete))
    if (!addressesIn(place).next().done) result.accepted++
    return flawIn(place) ?? (said || undefined)
  }
  const hear = (event: ErrorEvent | PromiseRejectionEvent) => (said ||= String('reason' in event ? event.reason : event.message))
  addEventListener('error', hear)
  addEventListener('unhandledrejection', hear)
  const kinds = ['ItemList', 'FeedPage', 'CueSheet', 'PageConfig']
  while (result.cases < count && !result.wrong.length) {
    const kind = pick(chance, kinds)
    const input = mutatedJson(chance, kind)
    result.cases++
    const began = performance.now()
    const flaw = await show(kind, input)
    result.slowest = Math.max(result.slowest, performance.now() - began)
    if (!flaw) continue
    const { accepted } = result
    result.wrong.push(`${flaw} by ${JSON.stringify(await shrunkJson(input, async (less) => (await show(kind, less)) === flaw)).slice(0, 2000)}`)
    result.accepted = accepted
  }
  place.remove()
  removeEventListener('error', hear)
  removeEventListener('unhandledrejection', hear)
  console.warn = warn
  return result
}

Object.assign(window, { fuzz: { urls, themes, render } })
