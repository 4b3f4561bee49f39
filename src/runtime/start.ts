import { atom } from 'nanostores'
import { PageConfig, type ConsentMode } from '../contract/page-config.ts'
import { mintRef } from '../core/click-ref.ts'
import { createClock } from '../core/clock.ts'
import { KanmaiReadyEvent, type KanmaiErrorEvent, type KanmaiEvent, type KanmaiIntentEvent } from '../elements/events.ts'
import type { Answer, KanmaiRequestEvent, PageSettings } from '../elements/wish.ts'
import { whenIdle } from '../page/frame.ts'
import { random } from '../page/random.ts'
import { createHttp } from '../transport/http.ts'
import { pageWire, type Wire } from '../transport/wire.ts'
import { createAnswers, fail } from './answers.ts'
import type { Books, Kept } from './books.ts'
import { createPatient } from './patient.ts'
import type { Site } from './site.ts'
import { applyTheme } from './theme.ts'
import { createWarn } from './warn.ts'

export interface StartOptions {
  /** Address of the endpoint, as in `https://shop.example`. */
  endpoint: string
  /** The publisher's public key. */
  publisher: string
  /** What may be stored and sent; of this and the page config the stricter wins. Asks the page's consent platform by default. */
  consent?: ConsentMode | undefined
  /** Language of the elements, instead of the page config's. */
  locale?: string | undefined
  /** Colour scheme of the elements, instead of the page config's. */
  theme?: PageConfig['colorScheme'] | undefined
  /** Where product links open, instead of what the page config says. */
  target?: PageConfig['target'] | undefined
  document?: Document | undefined
}

/** Marks the page as taken, for every copy of the library; says for whom. */
export const mark = Symbol.for('kanmai')

const signalEvents = ['select', 'impression', 'open', 'close', 'claim', 'copy', 'save', 'share', 'error'].map((it) => `kanmai-${it}`)
/** Events kept until the books are open. */
const mostPending = 500

/**
 * Starts Kanmai on a page: answers what the elements ask for, and keeps the books of what happens to them. One per page;
 * a second start says so on the console and does nothing. Returns what stops it and closes everything it opened.
 */
export function start(options: StartOptions, wire: Wire = pageWire): () => void {
  const { endpoint, publisher, consent: tag } = options
  const page = options.document ?? document
  const view = page.defaultView ?? window
  const taken = view as { [mark]?: string }
  const warn = createWarn()
  const idle = () => {}

  let base: string
  try {
    base = `${new URL(endpoint, view.location.href).href.replace(/[?#].*$|\/+$/g, '')}/v1/${encodeURIComponent(publisher)}`
  } catch {
    warn(`"${endpoint}" is no address: name the endpoint as in https://shop.example`)
    return idle
  }
  if (taken[mark]) {
    warn(`already started for ${taken[mark]}: a page has one publisher and one copy of the library. Remove the second script tag or start()`)
    return idle
  }
  taken[mark] = base

  const http = createHttp(base, wire)
  const clock = createClock(Date.now)
  const patient = createPatient(view)
  const $page = atom<Answer<PageSettings>>({ state: 'waiting' })
  let config: PageConfig | undefined
  let books: Books | undefined
  let loading = false
  let stopped = false
  let pending: Kept[] = []
  let untheme = idle

  const isOff = () => config?.enabled === false

  function configure(value: PageConfig): void {
    config = value
    const { locale = value.locale, theme = value.colorScheme, target = value.target } = options
    const said = Object.entries({ locale, colorScheme: theme, target }).filter(([, it]) => it)
    $page.set({ state: 'ready', value: { ...value, ...Object.fromEntries(said), now: clock.now } })
    untheme()
    untheme = value.theme ? applyTheme(page, value.theme) : idle
    if (isOff()) answers.switchOff()
    books?.follow(value)
  }

  const configured = new Promise<void>((resolve) => {
    // Past the browser's cache: the kill switch must work at once, and only a fresh answer tells the time.
    patient.ask(
      () => http.request('/config', PageConfig, { cache: 'no-cache' }),
      (result) => {
        if (result.ok) {
          clock.learn(result.served)
          result.issues.forEach(warn)
          configure(result.value)
        } else {
          warn(result.reason)
          fail($page, result.reason)
        }
        resolve()
      },
    )
  })

  const site: Site = { http, patient, clock, warn, view, configured, isOff }
  const answers = createAnswers(site, $page)

  async function loadBooks(): Promise<void> {
    await configured
    if (loading || stopped || isOff()) return
    loading = true
    try {
      const { openBooks } = await import('./books.ts')
      if (stopped) return
      books = openBooks(site, tag, config)
      pending.forEach(books.take)
      pending = []
    } catch {
      // The next event tries again.
      loading = false
      warn('clicks are not counted, a part of Kanmai could not be loaded: let the page reach the folder that its script comes from')
    }
  }

  const handleRequest = (event: Event) => {
    const request = event as KanmaiRequestEvent
    request.answer = answers.to(request.wish)
  }
  const handleIntent = (event: Event) => {
    if (tag !== 'none' && config?.consent !== 'none' && !isOff()) (event as KanmaiIntentEvent).ref = mintRef(event as KanmaiIntentEvent, random)
    void loadBooks()
  }
  const handleSignal = (event: Event) => {
    if (isOff()) return
    if (event.type === 'kanmai-error') warn((event as KanmaiErrorEvent).issue)
    const { origin, pathname } = view.location
    const kept: Kept = { event: event as KanmaiEvent, at: clock.now(), page: origin + pathname }
    if (books) return books.take(kept)
    if (pending.length < mostPending) pending.push(kept)
    if (event.type !== 'kanmai-impression') void loadBooks()
  }

  // While they come down: a host that stops an event at its element does not unmake it.
  const listeners: [string, (event: Event) => void][] = [['kanmai-request', handleRequest], ['kanmai-intent', handleIntent]]
  for (const type of signalEvents) listeners.push([type, handleSignal])
  for (const [type, handle] of listeners) page.addEventListener(type, handle, true)
  whenIdle(() => void loadBooks())
  page.dispatchEvent(new KanmaiReadyEvent())

  return () => {
    if (stopped) return
    stopped = true
    for (const [type, handle] of listeners) page.removeEventListener(type, handle, true)
    books?.stop()
    answers.stop()
    patient.stop()
    http.stop()
    untheme()
    delete taken[mark]
  }
}
