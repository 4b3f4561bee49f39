import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface RunningEndpoint {
  /** Origin, as `http://127.0.0.1:34567`. */
  url: string
  /** Token of the publisher `demo`. */
  token: string
  data: string
  pid: number
  /** All that it has written on stderr. */
  said(): string
  /** Ends it by a signal and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export interface EndpointOptions {
  /** Kept when given, else a new directory. */
  data?: string
  port?: number
  args?: string[]
  env?: Record<string, string>
  /** Files that it may have open, connections included. */
  openFiles?: number
}

const tokenOf = ({ KANMAI_TOKEN: token = 'test-token-of-the-demo-publisher' }: Record<string, string>) => token
const newDirectory = () => mkdtempSync(join(tmpdir(), 'kanmai-data-'))

/** Begins the real `kanmai serve` as a process of its own, and waits for nothing. `gone` resolves when it has ended. */
export function beginEndpoint({ data = newDirectory(), port = 0, args = ['--demo'], env = {}, openFiles }: EndpointOptions = {}) {
  const built = join(root, 'dist/lib/cli/main.js')
  const command = existsSync(built) ? [built] : ['--import', join(root, 'scripts/ts.mjs'), join(root, 'src/cli/main.ts')]
  const words = [process.execPath, ...command, 'serve', ...args]
  const [program, ...rest] = openFiles ? ['sh', '-c', `ulimit -n ${openFiles} && exec "$@"`, 'sh', ...words] : words
  const child = spawn(program!, rest, {
    cwd: root,
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', KANMAI_DATA: data, KANMAI_TOKEN: tokenOf(env), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return { child, gone: new Promise<void>((resolve) => child.once('exit', () => resolve())) }
}

/** The same, and waits until it is ready. */
export async function startEndpoint(options: EndpointOptions = {}): Promise<RunningEndpoint> {
  const { data = newDirectory(), env = {} } = options
  const { child } = beginEndpoint({ ...options, data })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk))
  const url = await readyAddress(child)
  return { url, token: tokenOf(env), data, pid: child.pid!, said: () => said, stop: (signal = 'SIGTERM') => end(child, signal) }
}

export function removeData(directory: string): void {
  rmSync(directory, { recursive: true, force: true })
}

function readyAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout!.on('data', (chunk: Buffer) => {
      said += chunk
      const address = /Kanmai ready at (\S+)/.exec(said)?.[1]
      if (address) resolve(address)
    })
    child.stderr!.on('data', (chunk: Buffer) => (said += chunk))
    child.once('exit', (code) => reject(new Error(`kanmai serve ended with ${code}:\n${said}`)))
  })
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode)
    child.once('exit', (code) => resolve(code))
    child.kill(signal)
  })
}
