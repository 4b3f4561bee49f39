import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import puppeteer from 'puppeteer-core'
import { chromiumArgs, findChromium, findFirefox, findWebKit, webKitCapabilities } from '../../test/support/engines.mjs'
import { film, type Lane } from './film.ts'
import { readSpots, type Spots } from './spots.ts'

export type Engine = 'chromium' | 'firefox' | 'webkit'

/** A screen of the film's size with one browser on the whole of it: what any engine really draws can be read there. */
export interface Screen {
  goto(url: string): Promise<void>
  /** Spots on the pictures that stand on the screen, sixty a second. */
  record(seconds: number, lane: Lane): Promise<Spots[]>
  close(): Promise<void>
}

/** Starts Xvfb on a display that is free. */
function startDisplay(): Promise<{ display: string; stop(): void }> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${film.width}x${film.height}x24`, '-nolisten', 'tcp', '-nocursor'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const stop = (): void => void server.kill()
  process.once('exit', stop)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', () => reject(new Error('Xvfb did not start')))
    server.stdio[3]!.once('data', (number: Buffer) => resolve({ display: `:${String(number).trim()}`, stop }))
  })
}

interface Window {
  goto(url: string): Promise<unknown>
  close(): Promise<unknown>
}

async function openPuppeteer(engine: 'chromium' | 'firefox', display: string): Promise<Window> {
  const env = { ...process.env, DISPLAY: display }
  const size = [`--window-size=${film.width},${film.height}`, '--window-position=0,0']
  const browser = await puppeteer.launch(
    engine === 'chromium'
      ? { executablePath: findChromium()!, headless: false, env, defaultViewport: null, ignoreDefaultArgs: ['--enable-automation'], args: [...chromiumArgs, ...size, '--kiosk', '--hide-scrollbars'] }
      : { browser: 'firefox', executablePath: findFirefox()!, headless: false, env, defaultViewport: null, args: ['--kiosk'], extraPrefsFirefox: { 'media.autoplay.default': 0 } },
  )
  const [page = await browser.newPage()] = await browser.pages()
  return { goto: (url) => page.goto(url), close: () => browser.close() }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function openWebKit(display: string): Promise<Window> {
  const webKit = findWebKit()!
  const port = await freePort()
  const driver = spawn(webKit.driver, [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', LIBGL_ALWAYS_SOFTWARE: '1' },
  })
  const stop = (): void => void driver.kill()
  process.once('exit', stop)
  const call = async (path: string, body?: unknown, method = 'POST'): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}) })
    const { value } = (await response.json()) as { value: { error?: string; message?: string } | null }
    if (value?.error) throw new Error(`WebKit: ${value.error}: ${value.message}`)
    return value
  }
  for (let tries = 0; ; tries++) {
    try {
      await fetch(`http://127.0.0.1:${port}/status`)
      break
    } catch (error) {
      if (tries === 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  const { 'wdio:enforceWebDriverClassic': _, ...capabilities } = webKitCapabilities(webKit)
  const { sessionId } = (await call('/session', { capabilities: { alwaysMatch: capabilities } })) as { sessionId: string }
  await call(`/session/${sessionId}/window/fullscreen`)
  return {
    goto: (url) => call(`/session/${sessionId}/url`, { url }),
    close: async () => {
      await call(`/session/${sessionId}`, undefined, 'DELETE').catch(() => undefined)
      stop()
    },
  }
}

export async function openScreen(engine: Engine): Promise<Screen> {
  const { display, stop } = await startDisplay()
  const window = await (engine === 'webkit' ? openWebKit(display) : openPuppeteer(engine, display)).catch((error: unknown) => {
    stop()
    throw error
  })
  return {
    goto: async (url) => void (await window.goto(url)),
    record: (seconds, lane) =>
      readSpots(['-f', 'x11grab', '-draw_mouse', '0', '-framerate', '60', '-video_size', `${film.width}x${film.height}`, '-i', display, '-t', String(seconds)], lane),
    close: async () => {
      await window.close().catch(() => undefined)
      stop()
    },
  }
}
