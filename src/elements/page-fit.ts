import { html, render } from 'lit'

const registry = globalThis as { [key: symbol]: string | undefined }
const key = Symbol.for('kanmai version')
let fit = true
let warned = false

/** Says a sentence on the console, where the page has one. */
export function warn(issue: string): void {
  try {
    console.warn(`[kanmai] ${issue}`)
  } catch {
    // The page has taken it away.
  }
}

/** An exception of ours ends here: the host page never sees it. */
export function broken(error: unknown): void {
  if (!warned) warn(`stops in part (${error as Error}): let the page reach the folder of kanmai.js and leave JavaScript’s built-ins alone`)
  warned = true
}

/** The same work, whose exceptions end here. */
export const contained =
  <A extends unknown[]>(work: (...given: A) => void) =>
  (...given: A): void => {
    try {
      work(...given)
    } catch (error) {
      broken(error)
    }
  }

/** Versions with the same line may share a page. */
const lineOf = (version: string) => /^(0\.)?\d+/.exec(version)?.[0]

/** Throws when lit cannot render here, or the language's own is not what it was. */
function tryOut(): void {
  const root = document.createElement('p')
  render(html`<b title=${'a'}>${['b']}</b>`, root)
  const [one] = root.querySelectorAll('b')
  root.attachShadow({ mode: 'open' }).addEventListener('a', tryOut)
  document.addEventListener('kanmai', tryOut)
  document.removeEventListener('kanmai', tryOut)
  const list = [3, 1, 2].filter((it) => it > 1).map((it) => [it]).flatMap((it) => [it, it]).flat()
  let said = [...new Map(Object.entries({ c: list.slice(1).concat([5]).reduce((a, b) => a + b) }))].join()
  list.forEach((it) => (said += it))
  list.push(list.splice(0, 1).length)
  said += `${list.some((it) => it > 2)}${list.find((it) => it < 3)}${list.indexOf(2)}${JSON.stringify('"')}${JSON.parse('[4]')[0]}${typeof new Promise(() => {}).then}`
  if (one?.title + said !== 'ac,123322true21"\\""4function') throw Error('a built-in answers wrongly')
}

/**
 * Whether the page lets this version do its work, asked anew for every tag, for a page can be spoilt late. One that does not
 * hears why, once, and nothing more of Kanmai is registered or started there: a page keeps its own links, and of two versions
 * that do not understand each other the first.
 */
export function isFit(version: string): boolean {
  if (!fit) return fit
  fit = false
  try {
    tryOut()
    const first = (registry[key] ??= version)
    fit = lineOf(first) === lineOf(version)
    if (!fit) warn(`${version} stands back for ${first}: load one version`)
  } catch (error) {
    warn(`cannot work here (${error as Error}): let the page allow the Trusted Types policy kanmai-lit and leave JavaScript’s built-ins alone`)
  }
  return fit
}
