import { atom } from 'nanostores'
import { BareConfig, type ConsentMode } from '../contract/bare-config.ts'
import { mintRef } from '../core/click-ref.ts'
import { createClock } from '../core/clock.ts'
import { broken, contained } from '../elements/page-fit.ts'
import type { KanmaiErrorEvent } from '../elements/events.ts'
import { KanmaiReadyEvent, type KanmaiEvent, type KanmaiIntentEvent } from '../elements/link-events.ts'
import type { Answer, KanmaiRequestEvent, PageSettings } from '../elements/wish.ts'
import { whenIdle } from '../page/frame.ts'
import { hasObjected } from '../page/objection.ts'
import { random } from '../page/random.ts'
import { createHttp, type Result, type Success } from '../transport/http.ts'
import { pageWire, type Wire } from '../transport/wire.ts'
import { createAnswering, type Answers } from './answers.ts'
import type { Books, Kept } from './books.ts'
import { fail, type Site } from './site.ts'
import type { Trouble } from './trouble.ts'

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
  theme?: BareConfig['colorScheme'] | undefined
  /** Where product links open, instead of what the page config says. */
  target?: BareConfig['target'] | undefined
  document?: Document | undefined
}

/** Marks the page as taken, for every copy of the library; says for whom. */
export const mark = Symbol.for('kanmai')

/** Events that become signals. */
const signalEvents = ['select', 'impression', 'open', 'close', 'claim', 'copy', 'save', 'share', 'error']
/** Events kept until the books are open. */
const mostPending = 500
const off = 'switched off by the publisher'
const notLoaded = 'a part of Kanmai could not be loaded'

/**
 * Starts Kanmai on a page: answers what the elements ask for, and keeps the books of what happens to them. One per page;
 * a second start says so on the console and does nothing. Returns what stops it and closes everything it opened.
 */
export function start(options: StartOptions, wire: Wire = pageWire): () => void {
  const { endpoint, publisher, consent: tag } = options
  const page = options.document ?? document
  const view = page.defaultView ?? window
  const taken = view as { [mark]?: string }
  const none = () => {}

  let troubled: Promise<Trouble> | undefined
  const trouble: Site['trouble'] = (use, otherwise = none) => {
    troubled ??= import('./trouble.ts').then((it) => it.createTrouble(view))
    troubled
      .then(use, (error) => {
        broken(error)
        otherwise()
      })
      .catch(broken)
  }

  let base = ''
  try {
    base = new URL(`v1/${encodeURIComponent(publisher)}`, new URL(endpoint, view.location.href).href.replace(/\/*([?#].*)?$/, '/')).href
  } catch {
    trouble((it) => it.badEndpoint(endpoint))
  }
  const { [mark]: other } = taken
  if (other) trouble((it) => it.taken(other))
  if (other || !base) return none
  taken[mark] = base

  const http = createHttp(base, wire)
  const clock = createClock(Date.now, () => performance.now())
  const $page = atom<Answer<PageSettings>>({ state: 'waiting' })
  const answers: Answers = new Map()
  let config: BareConfig | undefined
  let books: Books | undefined
  let opening: Promise<Books | undefined> | undefined
  let stopped = false
  let pending: Kept[] = []
  let untheme = none

  const isOff = () => config?.enabled === false
  const isSilent = () => tag === 'none' || config?.consent === 'none'

  async function ask<T>(attempt: () => Promise<Result<T>>, settle: (result: Success<T> | string) => void | Promise<void>): Promise<void> {
    try {
      const result = await attempt()
      if (stopped) return
      if (result.ok) await settle(result)
      else trouble((it) => it.retry(base, attempt, result, settle), () => void settle(notLoaded))
    } catch (error) {
      broken(error)
    }
  }

  function read<T>({ value, issues, served }: Success<T>): T {
    clock.learn(served)
    if (issues.length) trouble((it) => issues.forEach(it.warn))
    return value
  }

  async function dress(value: BareConfig): Promise<void> {
    try {
      const { applyTheme, themeOf } = await import('./theme.ts')
      const theme = await themeOf(value, (issue) => trouble((it) => it.warn(issue)))
      untheme()
      untheme = stopped ? none : applyTheme(page, theme)
    } catch {
      trouble((it) => it.notLoaded('the theme'))
    }
  }

  function configure(value: BareConfig): void {
    config = value
    const { locale = value.locale, theme = value.colorScheme, target = value.target } = options
    const said = Object.entries({ locale, colorScheme: theme, target, consent: (isSilent() || site.objected) && 'none' }).filter(([, it]) => it)
    $page.set({ state: 'ready', value: { ...value, ...Object.fromEntries(said), now: clock.now } })
    if (isOff()) for (const $answer of answers.values()) $answer.set({ state: 'failed', issue: off })
    books?.follow(value)
  }

  // A card that spoke English first would move when its own words come.
  const spoken = /^zh/i.test(options.locale || page.documentElement.lang) && import('../locale/zh-CN.ts').catch(none)
  const configured = new Promise<void>((resolve) => {
    // Past the browser's cache: the kill switch must work at once, and only a fresh answer tells the time.
    void ask(
      () => http.request('/config', BareConfig, { cache: 'no-cache' }),
      async (result) => {
        if (typeof result === 'string') {
          fail($page, result)
        } else {
          const value = read(result)
          // Before anything is shown in other colours.
          if (value.theme) await dress(value)
          if (!stopped) configure(value)
        }
        void Promise.resolve(spoken).then(() => resolve())
      },
    )
  })

  const site: Site = {
    http,
    clock,
    view,
    isOff,
    isSilent,
    objected: hasObjected(view, `kanmai ${base}`),
    object(objects) {
      site.objected = objects
      if (config) configure(config)
      else books?.follow(config)
    },
    books: () => loadBooks(),
    configured: () => configured,
    trouble,
    load(attempt, use, $answers) {
      void ask(attempt, async (result) => {
        await configured
        if (stopped) return
        if (typeof result !== 'string' && !isOff()) return use(read(result))
        for (const $answer of $answers()) fail($answer, isOff() ? off : (result as string))
      })
    },
  }
  const answerTo = createAnswering(site, answers)

  const loadBooks: Site['books'] = () => (opening ??= openBooks())
  async function openBooks(): ReturnType<Site['books']> {
    await configured
    if (stopped || isOff()) return
    try {
      const { openBooks } = await import('./books.ts')
      if (stopped) return
      books = openBooks(site, tag, config)
      pending.forEach(books.take)
      pending = []
      return books
    } catch {
      // The next event tries again.
      opening = undefined
      trouble((it) => it.notLoaded('what counts clicks'))
    }
  }

  function handleRequest(event: Event): void {
    const request = event as KanmaiRequestEvent
    request.answer = request.wish.kind === 'page' ? $page : answerTo(request.wish)
  }
  function handleIntent(event: Event): void {
    if (!isSilent() && !isOff() && !site.objected) (event as KanmaiIntentEvent).ref = mintRef(event as KanmaiIntentEvent, random)
    void loadBooks()
  }
  function handleSignal(event: Event): void {
    if (isOff()) return
    const { origin, pathname } = view.location
    const kept: Kept = { event: event as KanmaiEvent, at: clock.now(), page: origin + pathname }
    if (event.type === 'kanmai-error') trouble((it) => it.warn((event as KanmaiErrorEvent).issue))
    if (books) return books.take(kept)
    if (pending.length < mostPending) pending.push(kept)
    if (event.type !== 'kanmai-impression') void loadBooks()
  }

  // While they come down: a host that stops an event at its element does not unmake it.
  const listeners: [string, (event: Event) => void][] = [
    ['request', contained(handleRequest)],
    ['intent', contained(handleIntent)],
    ...signalEvents.map((it): [string, typeof handleSignal] => [it, contained(handleSignal)]),
  ]
  for (const [name, handle] of listeners) page.addEventListener(`kanmai-${name}`, handle, true)
  whenIdle(() => void loadBooks())
  page.dispatchEvent(new KanmaiReadyEvent())

  return () => {
    if (stopped) return
    stopped = true
    for (const [name, handle] of listeners) page.removeEventListener(`kanmai-${name}`, handle, true)
    books?.stop()
    http.stop()
    for (const $answer of answers.values()) $answer.off()
    void troubled?.then((it) => it.stop(), none)
    untheme()
    delete taken[mark]
  }
}
