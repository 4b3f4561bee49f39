import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { BridgeCall } from '../../src/contract/bridge.ts'

// The system's own: another one has no bindings to the system's libraries.
const python = '/usr/bin/python3'
const script = fileURLToPath(new URL('webkit-app.py', import.meta.url))
const probe = `
import gi
gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import WebKit2
assert hasattr(WebKit2.UserContentManager, "register_script_message_handler_with_reply")`

/** Why there is no app of WebKitGTK's; false when there can be one. */
export function noWebKitApp(): string | false {
  const has = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0
  if (has('which', 'Xvfb') && has(python, '-c', probe)) return false
  return 'WebKitGTK 2.40 with its Python bindings and Xvfb is not installed (Debian: apt-get install python3-gi gir1.2-webkit2-4.1 xvfb)'
}

export type AppCall = BridgeCall & { body: Record<string, unknown> }

/** A real app around a real web view of WebKitGTK. */
export interface WebKitApp {
  /** What the page has said over the bridge, in order. */
  readonly calls: AppCall[]
  readonly loaded: string[]
  /** How the app answers from now on; `ok: null` is silence. */
  says(words: { verbs?: string[]; signals?: 'also' | 'instead'; ok?: boolean | null; receipt?: boolean }): Promise<void>
  /** Runs the body of an async function in the page. */
  run<T>(body: string): Promise<T>
  stop(): Promise<void>
}

export async function openWebKitApp(url: string): Promise<WebKitApp> {
  const display = `:${700 + (process.pid % 200)}`
  const screen = spawn('Xvfb', [display, '-screen', '0', '800x1000x24', '-nolisten', 'tcp'], { stdio: 'ignore' })
  const env = { ...process.env, DISPLAY: display, GDK_BACKEND: 'x11', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', LIBGL_ALWAYS_SOFTWARE: '1' }
  // The screen may not be there yet.
  for (let tries = 0; tries < 100 && spawnSync(python, ['-c', 'import gi; gi.require_version("Gtk", "3.0"); from gi.repository import Gtk; assert Gtk.init_check()[0]'], { env, stdio: 'ignore' }).status; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const child = spawn(python, [script, url], { env, stdio: ['pipe', 'pipe', 'pipe'] })
  const kill = () => (child.kill(), screen.kill())
  process.once('exit', kill)
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += chunk))

  const calls: AppCall[] = []
  const loaded: string[] = []
  const waiting = new Map<number | 'heard', { resolve(value: unknown): void; reject(error: Error): void }>()
  const take = (key: number | 'heard') => {
    const it = waiting.get(key)
    waiting.delete(key)
    return it
  }
  let last = 0
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = JSON.parse(line) as { id: number; call?: AppCall; loaded?: string; heard?: true; done?: unknown; error?: string }
    if (said.call) calls.push(said.call)
    else if (said.loaded) loaded.push(said.loaded)
    else if (said.heard) take('heard')?.resolve(undefined)
    else if (said.error !== undefined) take(said.id)?.reject(new Error(said.error))
    else take(said.id)?.resolve(said.done)
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  void ended.then(() => waiting.forEach(({ reject }) => reject(new Error(`the app ended:\n${errors}`))))
  const tell = (key: number | 'heard', what: object) =>
    new Promise<unknown>((resolve, reject) => {
      waiting.set(key, { resolve, reject })
      child.stdin.write(`${JSON.stringify(what)}\n`)
    })
  return {
    calls,
    loaded,
    says: async (words) => void (await tell('heard', { says: words })),
    run: async <T>(body: string) => (await tell(++last, { do: body, id: last })) as T,
    async stop() {
      process.off('exit', kill)
      child.stdin.end()
      child.kill()
      await ended
      screen.kill()
    },
  }
}
