import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { Readable, Writable } from 'node:stream'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const built = join(root, 'dist/lib/cli/main.js')
const command = existsSync(built) && !process.env['KANMAI_TEST_SOURCE'] ? [built] : ['--import', join(root, 'scripts/ts.mjs'), join(root, 'src/cli/main.ts')]

export interface RunOptions {
  env?: Record<string, string>
  stdin?: string
  /** A file that takes the lines of stderr instead. */
  stderr?: string
}

export interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

export interface Serving {
  url: string
  pid: number
  child: ChildProcess
  stdout(): string
  stderr(): string
  /** Resolves when it is gone. */
  ended: Promise<Ran>
  /** Ends it and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<Ran>
}

export const newDirectory = () => mkdtempSync(join(tmpdir(), 'kanmai-cli-'))

function start(args: string[], { env = {}, stdin, stderr }: RunOptions) {
  const { DATABASE_URL: _, KANMAI_TOKEN: __, PUBLIC_URL: ___, ...rest } = process.env
  const log = stderr === undefined ? undefined : openSync(stderr, 'w')
  const child = spawn(process.execPath, [...command, ...args], { cwd: root, env: { ...rest, ...env }, stdio: ['pipe', 'pipe', log ?? 'pipe'] }) as ChildProcessByStdio<Writable, Readable, Readable | null>
  if (log !== undefined) closeSync(log)
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => (said.stdout += chunk))
  child.stderr?.on('data', (chunk) => (said.stderr += chunk))
  const ended = once(child, 'close').then(([code]): Ran => ({ code: code as number | null, ...said }))
  return { child, said, ended }
}

/** Runs a command to its end. */
export function kanmai(args: string[], options: RunOptions = {}): Promise<Ran> {
  return start(args, options).ended
}

/** Starts `kanmai serve` on a free port and resolves when it says that it is ready. */
export async function serveKanmai(args: string[], options: RunOptions = {}): Promise<Serving> {
  const { child, said, ended } = start(['serve', ...args], { ...options, env: { PORT: '0', ...options.env } })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  void ended.then(() => process.off('exit', kill))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const address = /Kanmai ready at (\S+)\n/.exec(said.stdout)?.[1]
      if (address) resolve(address)
    })
    void ended.then(({ code }) => reject(new Error(`kanmai serve ended with ${code}:\n${said.stdout}${said.stderr}`)))
  })
  return {
    url,
    pid: child.pid!,
    child,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    ended,
    stop(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
  }
}
