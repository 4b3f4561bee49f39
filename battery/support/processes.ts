import { readdirSync, readFileSync } from 'node:fs'

export interface Descendant {
  pid: number
  /** Its command line, one word an entry. */
  words: string[]
}

/** All processes below `pid`, the nearest first. */
export function descendants(pid: number): Descendant[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const parent = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1])
      children.set(parent, [...(children.get(parent) ?? []), Number(name)])
    } catch {
      // It has ended meanwhile.
    }
  }
  const found: Descendant[] = []
  for (let next = children.get(pid) ?? []; next.length; next = next.flatMap((it) => children.get(it) ?? [])) {
    for (const it of next) {
      try {
        found.push({ pid: it, words: readFileSync(`/proc/${it}/cmdline`, 'utf8').split('\0') })
      } catch {
        // As above.
      }
    }
  }
  return found
}

/** Ends processes without a warning. */
export function killAtOnce(pids: number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended already.
    }
  }
}
