import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import puppeteer, { type CDPSession, type Page } from 'puppeteer-core'
import { chromiumArgs, findChromium, findFirefox, findWebKit, startWebKitDriver, webKitCapabilities } from '../../test/support/engines.mjs'
import type { Engine } from '../../test/support/browsers.ts'
import { freePort } from '../../test/support/free-port.ts'
import { descendants, killAtOnce } from './processes.ts'

/** A window of a real browser. All are visible at once: the page in it is neither throttled nor hidden. */
export interface Tab {
  /** As if the reader typed the address; resolves when the document is there. */
  goto(url: string): Promise<void>
  /** Runs a function in the page and waits for its answer; arguments and result are JSON. */
  evaluate<T, A extends unknown[]>(work: (...args: A) => T | Promise<T>, ...args: A): Promise<T>
  /** Runs a function in the page that may cost the page its life; nothing is answered. */
  run<A extends unknown[]>(work: (...args: A) => void, ...args: A): Promise<void>
  /** A trusted click at a point of the viewport. */
  clickAt(x: number, y: number): Promise<void>
  reload(): Promise<void>
  back(): Promise<void>
  /** Follows a link of the page; resolves when the other document is there. */
  follow(url: string): Promise<void>
  /** Hides the page, as another tab over it or a window put away does; the returned function shows it again. Where a driver can. */
  hide?(): Promise<() => Promise<void>>
  close(): Promise<void>
  /** What only Chromium can do. */
  cdp?(): Promise<CDPSession>
}

export interface Tabs {
  engine: Engine
  open(): Promise<Tab>
  /** Closes windows that pages have opened, and brings the first tab back to the front. */
  closePopups(): Promise<void>
  /** Kills the processes that run pages; the browser stays. */
  killPages(): void
  /** Kills the browser, all of it, by SIGKILL. */
  kill(): Promise<void>
  close(): Promise<void>
}

export interface TabsOptions {
  /** A directory that keeps the profile; without it a new one is used and removed. WebKit under automation has none. */
  profile?: string
}

/** The longest that a verb may take before the battery counts it as failed. */
const verbMs = 30_000

export async function within<T>(what: string, work: Promise<T>, ms = verbMs): Promise<T> {
  const abort = new AbortController()
  const late = pause(ms, undefined, { signal: abort.signal }).then(() => {
    throw new Error(`${what} took more than ${ms / 1000} s`)
  })
  late.catch(() => {})
  try {
    return await Promise.race([work, late])
  } finally {
    abort.abort()
  }
}

/** Asks the page itself where it is. */
async function followIn(tab: Tab, url: string): Promise<void> {
  await tab.run((url) => void (location.href = url), url)
  for (const end = Date.now() + verbMs; Date.now() < end; await pause(20)) {
    const there = await tab.evaluate((url) => location.href === url && document.readyState !== 'loading', url).catch(() => false)
    if (there) return
  }
  throw new Error(`following a link to ${url} took more than ${verbMs / 1000} s`)
}

export const openTabs = (engine: Engine, options: TabsOptions = {}): Promise<Tabs> => (engine === 'webkit' ? openWebKit() : openPuppeteer(engine, options))

const firefoxPrefs = {
  'dom.disable_open_during_load': false,
  // Killed a few times in a row, it would ask whether to start without its parts; and it would open what was open.
  'toolkit.startup.max_resumed_crashes': -1,
  'browser.sessionstore.resume_from_crash': false,
}

async function openPuppeteer(engine: 'chromium' | 'firefox', { profile }: TabsOptions): Promise<Tabs> {
  const browser = await within('starting the browser', puppeteer.launch({
    ...(profile && { userDataDir: profile }),
    ...(engine === 'chromium'
      ? { executablePath: findChromium()!, args: chromiumArgs }
      : { browser: 'firefox', executablePath: findFirefox()!, extraPrefsFirefox: firefoxPrefs }),
  }), 60_000)
  const pid = browser.process()!.pid!
  const own = new Set<Page>()

  function tabOf(page: Page): Tab {
    const tab: Tab = {
      goto: async (url) => void (await within(`goto ${url}`, page.goto(url, { waitUntil: 'domcontentloaded' }))),
      evaluate: (work, ...args) => within('a question to the page', page.evaluate(work as never, ...args) as never),
      async run(work, ...args) {
        // A page that goes away at once leaves its question unanswered.
        await Promise.race([page.evaluate(work as never, ...args).catch(() => {}), pause(1000)])
      },
      clickAt: (x, y) => within('a click', page.mouse.click(x, y)),
      reload: async () => void (await within('reload', page.reload({ waitUntil: 'domcontentloaded' }))),
      // Puppeteer waits for events that a page from the back/forward cache does not have.
      back: async () => void (await page.evaluate(() => history.back()).catch(() => {})),
      async hide() {
        await page.bringToFront()
        const over = await within('a tab over it', browser.newPage())
        return async () => {
          await within('close', over.close())
          await page.bringToFront()
        }
      },
      async close() {
        own.delete(page)
        await within('close', page.close())
      },
      async follow(url) {
        // A question that reaches Chromium's page when it is put aside costs it its place in the cache; Firefox's puppeteer loses track.
        if (engine === 'firefox') return followIn(tab, url)
        const there = page.waitForNavigation({ waitUntil: 'domcontentloaded', timeout: verbMs })
        await Promise.all([there, tab.run((url) => void (location.href = url), url)])
      },
      ...(engine === 'chromium' && { cdp: () => page.createCDPSession() }),
    }
    return tab
  }

  return {
    engine,
    async open() {
      const page = await within('a new window', browser.newPage({ type: 'window' }))
      own.add(page)
      return tabOf(page)
    },
    async closePopups() {
      for (const page of await browser.pages()) if (!own.has(page) && page.url() !== 'about:blank') await page.close().catch(() => {})
      for (const page of own) await page.bringToFront().catch(() => {})
    },
    killPages: () => killAtOnce(descendants(pid).filter(isPageProcess).map((it) => it.pid)),
    async kill() {
      const gone = once(browser.process()!, 'exit')
      killAtOnce([pid, ...descendants(pid).map((it) => it.pid)])
      await within('the end of a killed browser', gone)
    },
    close: () => within('closing the browser', browser.close()),
  }
}

const isPageProcess = ({ words }: { words: string[] }): boolean =>
  words.includes('--type=renderer') || (words.includes('-contentproc') && words.some((it) => it === 'tab')) || /WebKitWebProcess$/.test(words[0] ?? '')

async function openWebKit(): Promise<Tabs> {
  const webKit = findWebKit()!
  const port = await freePort()
  const before = new Set(descendants(process.pid).map((it) => it.pid))
  const stopDriver = await startWebKitDriver(webKit, port)
  const ours = () => descendants(process.pid).filter((it) => !before.has(it.pid))
  const call = async (path: string, body?: unknown, method = 'POST'): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}) })
    const { value } = (await response.json()) as { value: { error?: string; message?: string } | null }
    if (value?.error) throw new Error(`WebKit: ${value.error}: ${value.message}`)
    return value
  }
  const { 'wdio:enforceWebDriverClassic': _, ...capabilities } = webKitCapabilities(webKit)
  const { sessionId } = (await call('/session', { capabilities: { alwaysMatch: capabilities } })) as { sessionId: string }
  const session = `/session/${sessionId}`
  await call(`${session}/timeouts`, { script: verbMs, pageLoad: verbMs })
  const own: string[] = []

  // A session has one current window: verbs of different tabs take turns.
  let turn = Promise.resolve()
  let current = ''
  function inWindow<T>(handle: string, what: string, work: () => Promise<T>): Promise<T> {
    const done = turn.then(async () => {
      if (current !== handle) await call(`${session}/window`, { handle })
      current = handle
      return work()
    })
    turn = done.then(
      () => {},
      () => {},
    )
    return within(`a word to WebKit (${what})`, done)
  }

  function tabOf(handle: string): Tab {
    const say = (path: string, body?: unknown, method?: string) => inWindow(handle, path, () => call(`${session}${path}`, body, method))
    const tab: Tab = {
      goto: async (url) => void (await say('/url', { url })),
      async evaluate(work, ...args) {
        const script = `const done = arguments[1]; Promise.resolve().then(() => (${work})(...arguments[0])).then((it) => done({ it }), (error) => done({ error: String(error) }))`
        const result = (await say('/execute/async', { script, args: [args] })) as { it: never; error?: string }
        if (result.error) throw new Error(result.error)
        return result.it
      },
      async run(work, ...args) {
        await Promise.race([say('/execute/sync', { script: `(${work})(...arguments[0])`, args: [args] }).catch(() => {}), pause(1000)])
      },
      async clickAt(x, y) {
        const actions = [
          { type: 'pointerMove', duration: 0, origin: 'viewport', x: Math.round(x), y: Math.round(y) },
          { type: 'pointerDown', button: 0 },
          { type: 'pointerUp', button: 0 },
        ]
        await say('/actions', { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }] })
      },
      reload: async () => void (await say('/refresh')),
      back: async () => void (await say('/back')),
      async hide() {
        await say('/window/minimize')
        return async () => void (await say('/window/rect', { width: 1280, height: 900 }))
      },
      follow: (url) => followIn(tab, url),
      async close() {
        await say('/window', undefined, 'DELETE')
        own.splice(own.indexOf(handle), 1)
        current = ''
      },
    }
    return tab
  }
  // The first window stays: the session ends with its last, and a new one is opened from one that is there.
  const [base] = (await call(`${session}/window/handles`, undefined, 'GET')) as [string]
  const newWindow = async () => ((await inWindow(base, '/window/new', () => call(`${session}/window/new`, { type: 'window' }))) as { handle: string }).handle
  const end = async () => {
    await call(session, undefined, 'DELETE').catch(() => undefined)
    stopDriver()
  }

  return {
    engine: 'webkit',
    async open() {
      const handle = await newWindow()
      own.push(handle)
      return tabOf(handle)
    },
    async closePopups() {
      for (const handle of (await call(`${session}/window/handles`, undefined, 'GET')) as string[]) {
        if (handle !== base && !own.includes(handle)) await inWindow(handle, '/window', () => call(`${session}/window`, undefined, 'DELETE'))
        current = ''
      }
    },
    killPages: () => killAtOnce(ours().filter(isPageProcess).map((it) => it.pid)),
    async kill() {
      killAtOnce(ours().map((it) => it.pid))
      stopDriver()
    },
    close: () => within('closing WebKit', end()),
  }
}
