import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, readlinkSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Who uses a data directory. */
export interface DataHolder {
  pid: number
  host: string
  /** When the process started, in the kernel's own words: a process id is used again, the pair is not. */
  started?: string
  /** Where its endpoint listens; absent while it starts, and for a command that only works on the store. */
  url?: string
}

export interface DataLock {
  /** Tells commands where the endpoint listens. */
  announce(url: string): void
  release(): void
}

export const lockPath = (directory: string) => join(directory, 'kanmai.lock')

const settleMs = 250

/**
 * Takes the data directory, making it when it is missing, so that one process alone writes to its store. Rejects with a
 * sentence that names the holder when another process has it. A lock whose process is gone is taken over.
 */
export async function lockData(directory: string): Promise<DataLock> {
  const me: DataHolder = { pid: process.pid, host: hostname(), ...startOf(process.pid) }
  const path = lockPath(directory)

  if (!make(directory, me)) {
    // A lock without words is one that is being written this moment, or was when the power went.
    if (!read(path)) await pause(settleMs)
    const holder = read(path)
    if (holder && isAlive(holder)) throw new Error(refusal(directory, holder))
    replace(path, me)
    // Others may have found the same dead lock: the last to replace it is the one that has it.
    await pause(settleMs)
    const winner = read(path)
    if (!winner || !isSame(winner, me)) throw new Error(refusal(directory, winner ?? me))
  }

  return {
    announce: (url) => replace(path, { ...me, url }),
    release() {
      const holder = read(path)
      if (holder && isSame(holder, me)) unlinkSync(path)
    },
  }
}

/** The living process that has the data directory. */
export function findHolder(directory: string): DataHolder | undefined {
  const holder = read(lockPath(directory))
  return holder && isAlive(holder) ? holder : undefined
}

function refusal(directory: string, { pid, host, url }: DataHolder): string {
  const where = host === hostname() ? '' : ` on ${host}`
  const doing = url ? `which listens at ${url}` : 'which does not listen'
  const mend = where
    ? `If that process is gone, remove ${lockPath(directory)}.`
    : 'Stop it first, or choose another directory with --data or KANMAI_DATA.'
  return `The data directory ${directory} is in use by process ${pid}${where}, ${doing}. ${mend}`
}

/** Makes the directory and a lock in it; false when there is one. */
function make(directory: string, holder: DataHolder): boolean {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const file = openSync(lockPath(directory), 'wx', 0o600)
    try {
      writeFileSync(file, JSON.stringify(holder))
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    return true
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && syscall === 'open') return false
    const mend = 'Choose another with --data or KANMAI_DATA.'
    throw new Error(`The data directory ${directory} cannot be used (${message}). ${mend}`, { cause: error })
  }
}

function replace(path: string, holder: DataHolder): void {
  const mine = `${path}.${process.pid}`
  writeFileSync(mine, JSON.stringify(holder), { mode: 0o600 })
  renameSync(mine, path)
}

function read(path: string): DataHolder | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as DataHolder
    return Number.isInteger(holder.pid) ? holder : undefined
  } catch {
    return undefined
  }
}

const isSame = (a: DataHolder, b: DataHolder) => a.pid === b.pid && a.host === b.host && a.started === b.started

function isAlive(holder: DataHolder): boolean {
  // From here a process of another machine cannot be seen; better to ask than to lose rows.
  if (holder.host !== hostname()) return true
  const { started } = startOf(holder.pid)
  if (started && holder.started) return started === holder.started
  try {
    process.kill(holder.pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Boot, process namespace and clock ticks of the start; nothing where there is no /proc. */
function startOf(pid: number): { started?: string } {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const room = readlinkSync('/proc/self/ns/pid')
    // The name of the program stands in parentheses and may hold anything; field 22 is counted from behind it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    // A killed process that nobody has waited for still has its entry.
    if (fields[0] === 'Z') return { started: 'ended' }
    return { started: `${boot} ${room} ${fields[19]}` }
  } catch {
    return {}
  }
}
