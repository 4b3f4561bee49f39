import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

/** One page of a browser without a screen. */
export interface HeadlessPage {
  /** Runs a script; resolves with what its promise resolves with, as JSON. */
  evaluate(script: string): Promise<unknown>
  /** The picture of the page as WebP. */
  picture(): Promise<Buffer>
  close(): Promise<void>
}

/** CSS pixels, and how many of the picture's pixels one of them is. */
export interface PageSize {
  width: number
  height: number
  scale: number
}

interface Message {
  id?: number
  result?: Record<string, unknown>
  error?: { message: string }
}

const longestAnswer = 30_000

/**
 * Opens a page in a Chromium that is installed, spoken to in its own DevTools protocol: JSON between zero bytes, on a pipe,
 * so that no port is opened. Rejects when it does not start.
 */
export async function openHeadlessPage(program: string, { width, height, scale }: PageSize): Promise<HeadlessPage> {
  const profile = mkdtempSync(join(tmpdir(), 'kanmai-chromium-'))
  // As root, which is how containers run, Chromium starts without its sandbox or not at all.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const quiet = ['--disable-gpu', '--hide-scrollbars', '--mute-audio', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--force-prefers-reduced-motion']
  const args = ['--headless', '--remote-debugging-pipe', `--user-data-dir=${profile}`, ...asRoot, ...quiet]
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] })
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)

  const waiting = new Map<number, { resolve(result: Record<string, unknown>): void; reject(error: Error): void }>()
  const fail = (message: string): void => {
    for (const { reject } of waiting.values()) reject(new Error(message))
    waiting.clear()
  }
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      fail(`${program} does not start: ${error.message}`)
      resolve()
    })
    child.once('exit', () => {
      fail(`${program} ended before it had answered.`)
      resolve()
    })
  })
  const [toBrowser, fromBrowser] = [child.stdio[3] as Writable, child.stdio[4] as Readable]
  toBrowser.on('error', () => {})
  let rest = Buffer.alloc(0)
  fromBrowser.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const { id = -1, result = {}, error } = JSON.parse(rest.toString('utf8', 0, end)) as Message
      rest = rest.subarray(end + 1)
      const asker = waiting.get(id)
      waiting.delete(id)
      if (error) asker?.reject(new Error(error.message))
      else asker?.resolve(result)
    }
  })

  let asked = 0
  let session: string | undefined
  const ask = (method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      const id = ++asked
      const timer = setTimeout(() => {
        waiting.delete(id)
        reject(new Error(`The browser does not answer ${method}.`))
      }, longestAnswer)
      const settled = <T>(settle: (it: T) => void) => (it: T): void => {
        clearTimeout(timer)
        settle(it)
      }
      waiting.set(id, { resolve: settled(resolve), reject: settled(reject) })
      toBrowser.write(`${JSON.stringify({ id, method, params, ...(session && { sessionId: session }) })}\0`)
    })

  async function close(): Promise<void> {
    kill()
    await gone
    process.off('exit', kill)
    try {
      rmSync(profile, { recursive: true, force: true, maxRetries: 10 })
    } catch {
      // A process of the browser outlives it and still writes there: a leftover folder is no reason to lose the stills.
    }
  }

  try {
    const { targetId } = await ask('Target.createTarget', { url: 'about:blank' })
    session = (await ask('Target.attachToTarget', { targetId, flatten: true }))['sessionId'] as string
    await ask('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile: false })
  } catch (error) {
    await close()
    throw error
  }
  return {
    async evaluate(expression) {
      const { result, exceptionDetails } = await ask('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
      if (exceptionDetails) {
        const { text, exception } = exceptionDetails as { text: string; exception?: { description?: string } }
        throw new Error(exception?.description?.split('\n')[0] ?? text)
      }
      return (result as { value?: unknown }).value
    },
    async picture() {
      const { data } = await ask('Page.captureScreenshot', { format: 'webp', quality: 82 })
      return Buffer.from(data as string, 'base64')
    },
    close,
  }
}
