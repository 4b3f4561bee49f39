import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from './free-port.ts'

export interface TestPostgres {
  /** A fresh empty database's address, at every call another one. */
  createDatabase(): string
  /** Ends every connection that listens or idles, as a failing network would. */
  breakConnections(): void
  /** Ends it as a crash would, and starts it again after the pause. */
  crash(pauseMs: number): Promise<void>
  stop(): Promise<void>
}

export const noPostgres = 'PostgreSQL is not installed (Debian: apt-get install postgresql)'

function findBin(): string | undefined {
  const home = '/usr/lib/postgresql'
  if (!existsSync(home)) return undefined
  return readdirSync(home)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(home, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')))
}

const numberOf = (what: '-u' | '-g', user: string) => Number(execFileSync('id', [what, user], { encoding: 'utf8' }))

/** PostgreSQL refuses to run as root; then the package's own user runs it. */
function unprivileged(): { uid?: number; gid?: number } | undefined {
  if (process.getuid?.() !== 0) return {}
  try {
    return { uid: numberOf('-u', 'postgres'), gid: numberOf('-g', 'postgres') }
  } catch {
    return undefined
  }
}

/** Starts the installed PostgreSQL in a temporary directory; undefined when there is none. `fsync` makes it as careful as in earnest. */
export async function startPostgres({ fsync = false } = {}): Promise<TestPostgres | undefined> {
  const bin = findBin()
  const user = bin && unprivileged()
  if (!bin || !user) return undefined

  const home = mkdtempSync(join(tmpdir(), 'kanmai-postgres-'))
  if (user.uid !== undefined) chownSync(home, user.uid, user.gid!)
  const data = join(home, 'data')
  const run = { ...user, cwd: home, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } }
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'kanmai', '-A', 'trust', '-E', 'UTF8', '--no-sync'], { ...run, stdio: 'ignore' })

  const port = await freePort()
  const settings = ['listen_addresses=127.0.0.1', `fsync=${fsync ? 'on' : 'off'}`].flatMap((it) => ['-c', it])
  async function start(): Promise<ChildProcess> {
    const server = spawn(join(bin!, 'postgres'), ['-D', data, '-p', `${port}`, '-k', home, ...settings], { ...run, stdio: ['ignore', 'ignore', 'pipe'] })
    let log = ''
    await new Promise<void>((resolve, reject) => {
      server.stderr.on('data', (chunk) => {
        log += chunk
        if (log.includes('ready to accept connections')) resolve()
      })
      server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log}`)))
    })
    return server
  }
  let server = await start()
  const kill = () => server.kill('SIGQUIT')
  process.once('exit', kill)

  const psql = (statement: string) =>
    execFileSync(join(bin, 'psql'), ['-h', home, '-p', `${port}`, '-U', 'kanmai', '-d', 'postgres', '-qc', statement], run)
  let databases = 0
  return {
    createDatabase() {
      const name = `test_${++databases}`
      psql(`create database ${name}`)
      return `postgres://kanmai@127.0.0.1:${port}/${name}`
    },
    breakConnections() {
      psql("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'kanmai'")
    },
    async crash(pauseMs) {
      const gone = once(server, 'exit')
      server.kill('SIGQUIT')
      await gone
      await pause(pauseMs)
      server = await start()
    },
    async stop() {
      process.off('exit', kill)
      const gone = once(server, 'exit')
      server.kill('SIGINT')
      await gone
      rmSync(home, { recursive: true, force: true })
    },
  }
}
