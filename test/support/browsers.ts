import puppeteer, { type KeyInput } from 'puppeteer-core'
import { chromiumArgs, findChromium, findFirefox, findWebKit, startWebKitDriver, webKitCapabilities } from './engines.mjs'

/** One real browser with one window, driven by trusted input; the same few verbs for every engine. */
export interface Browser {
  goto(url: string): Promise<void>
  /** Runs a function in the page; arguments and result are JSON. */
  evaluate<T, A extends unknown[]>(work: (...args: A) => T | Promise<T>, ...args: A): Promise<T>
  /** Presses and releases the pointer at a point of the viewport, in CSS pixels. */
  clickAt(x: number, y: number): Promise<void>
  /** Presses and releases a key, named as `KeyboardEvent.key` names it. */
  press(key: string): Promise<void>
  close(): Promise<void>
}

export type Engine = 'chromium' | 'firefox' | 'webkit'

/** Engines that are installed. */
export function installedEngines(): Engine[] {
  return [findChromium() && 'chromium', findFirefox() && 'firefox', findWebKit() && 'webkit'].filter(Boolean) as Engine[]
}

/** Opens an engine's browser: on the `display` that is given, otherwise without a screen or on one of its own. */
export function openBrowser(engine: Engine, display?: string): Promise<Browser> {
  return engine === 'webkit' ? openWebKit(display) : openPuppeteer(engine, display)
}

async function openPuppeteer(engine: 'chromium' | 'firefox', display?: string): Promise<Browser> {
  const screen = display ? { headless: false, env: { ...process.env, DISPLAY: display } } : {}
  const browser = await puppeteer.launch(
    engine === 'chromium'
      ? { ...screen, executablePath: findChromium()!, args: chromiumArgs }
      : {
          ...screen,
          browser: 'firefox',
          executablePath: findFirefox()!,
          extraPrefsFirefox: { 'media.autoplay.default': 0, 'dom.disable_open_during_load': false },
        },
  )
  // Firefox gives its first tab no focus, and without it nothing may fill the screen.
  const page = await browser.newPage()
  await page.bringToFront()
  await page.setViewport({ width: 1280, height: 800 })
  return {
    goto: async (url) => void (await page.goto(url, { waitUntil: 'domcontentloaded' })),
    evaluate: (work, ...args) => page.evaluate(work as never, ...args) as never,
    clickAt: (x, y) => page.mouse.click(x, y),
    press: (key) => page.keyboard.press(key as KeyInput),
    close: () => browser.close(),
  }
}

/** Keys without a character, as WebDriver writes them. */
const webDriverKeys: Record<string, string> = {
  Tab: '\uE004',
  Enter: '\uE007',
  Escape: '\uE00C',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
}

async function openWebKit(display?: string): Promise<Browser> {
  const webKit = findWebKit()!
  const port = 5200 + (process.pid % 600)
  const stopDriver = await startWebKitDriver(webKit, port, display)
  const call = async (path: string, body?: unknown, method = 'POST'): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}) })
    const { value } = (await response.json()) as { value: { error?: string; message?: string } | null }
    if (value?.error) throw new Error(`WebKit: ${value.error}: ${value.message}`)
    return value
  }
  const { 'wdio:enforceWebDriverClassic': _, ...capabilities } = webKitCapabilities(webKit)
  const { sessionId } = (await call('/session', { capabilities: { alwaysMatch: capabilities } })) as { sessionId: string }
  const session = `/session/${sessionId}`
  await call(`${session}/timeouts`, { script: 60_000 })
  await call(`${session}/window/rect`, { width: 1280, height: 900 })

  return {
    goto: async (url) => void (await call(`${session}/url`, { url })),
    evaluate: async (work, ...args) => {
      const script = `const done = arguments[1]; Promise.resolve((${work})(...arguments[0])).then((it) => done({ it }), (error) => done({ error: String(error) }))`
      const result = (await call(`${session}/execute/async`, { script, args: [args] })) as { it: never; error?: string }
      if (result.error) throw new Error(result.error)
      return result.it
    },
    clickAt: async (x, y) => {
      const actions = [
        { type: 'pointerMove', duration: 0, origin: 'viewport', x: Math.round(x), y: Math.round(y) },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]
      await call(`${session}/actions`, { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }] })
    },
    press: async (key) => {
      const value = webDriverKeys[key] ?? key
      const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value }))
      await call(`${session}/actions`, { actions: [{ type: 'key', id: 'keyboard', actions }] })
    },
    close: async () => {
      await call(session, undefined, 'DELETE').catch(() => undefined)
      stopDriver()
    },
  }
}
