import { backoff } from '../core/backoff.ts'
import { warn as say } from '../elements/page-fit.ts'
import { random } from '../page/random.ts'
import { isPassing, reasonOf } from '../transport/failure.ts'
import type { Failure, Result, Success } from '../transport/http.ts'
import { retryAfter } from '../transport/retry-after.ts'

// Loaded when something goes wrong: a page on which all is well does not pay for it.

const tries = 3

export interface Trouble {
  /** One console line for every distinct issue. */
  warn(issue: string): void
  /** A second start on one page. */
  taken(by: string): void
  badEndpoint(endpoint: string): void
  noPublisher(): void
  unknownTag(tag: string): void
  /** A part of the library did not come. */
  notLoaded(what: string): string
  unknownItem(id: string): string
  /**
   * Goes on after a first failure: a few tries in a row, then whenever the page comes back or online. Hears of a failure,
   * as a sentence that is on the console already, after the last try of a row or when nobody answered in time.
   */
  retry<T>(base: string, attempt: () => Promise<Result<T>>, failure: Failure, settle: (result: Success<T> | string) => void): void
  stop(): void
}

export function createTrouble(view: Window): Trouble {
  const said = new Set<string>()
  const waiting = new Set<() => void>()
  let stopped = false

  function warn(issue: string): string {
    if (!said.has(issue) && !stopped) say(issue)
    said.add(issue)
    return issue
  }

  const handleBack = () => {
    if (view.document.visibilityState === 'hidden') return
    const all = [...waiting]
    waiting.clear()
    for (const again of all) again()
  }
  view.addEventListener('online', handleBack)
  view.addEventListener('pageshow', handleBack)
  view.document.addEventListener('visibilitychange', handleBack)

  return {
    warn,
    taken: (by) => void warn(`already started for ${by}: a page has one publisher and one copy of the library. Remove the second script tag or start()`),
    badEndpoint: (endpoint) => void warn(`"${endpoint}" is no address: name the endpoint as in https://shop.example`),
    noPublisher: () => void warn('no publisher: give the script tag its data-publisher="…", and let it stand in the page'),
    unknownTag: (tag) => void warn(`<${tag}> is no tag of this version: correct its name, or load a newer kanmai.js`),
    notLoaded: (what) => warn(`${what} could not be loaded: let the page reach the folder that kanmai.js comes from`),
    unknownItem: (id) => warn(`unknown item "${id}": import it, or correct the item attribute`),
    async retry(base, attempt, first, settle) {
      let failure = first
      for (let failures = 1; !stopped; failures++) {
        const last = failures === tries || !isPassing(failure)
        if (last || failure.late) settle(warn(reasonOf(failure, base)))
        if (last) break
        const wait = retryAfter(failure.retryAfter, Date.now()) ?? backoff(failures, random)
        await new Promise((resolve) => setTimeout(resolve, wait))
        const result = await attempt()
        if (result.ok) return settle(result)
        failure = result
      }
      const again = async () => {
        const result = await attempt()
        if (result.ok) settle(result)
        else void this.retry(base, attempt, result, settle)
      }
      if (isPassing(failure)) waiting.add(again)
    },
    stop() {
      stopped = true
      view.removeEventListener('online', handleBack)
      view.removeEventListener('pageshow', handleBack)
      view.document.removeEventListener('visibilitychange', handleBack)
    },
  }
}
