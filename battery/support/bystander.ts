import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { percentile } from '../../bench/table.ts'
import { post } from './server-load.ts'

/** A client that wants nothing but its receipts, while others misbehave. */
export interface Bystander {
  /** Milliseconds to its receipts so far, and what else became of its batches, the one under way included; begins to count anew. */
  take(): Promise<{ p50: number; p99: number; asked: number; failed: string[] }>
  stop(): Promise<void>
}

export function startBystander(url: string): Bystander {
  let delays: number[] = []
  let failed: string[] = []
  let stopped = false
  let underWay = Promise.resolve()
  async function ask(n: number) {
    const began = performance.now()
    const id = `bystander${n}x${Math.random().toString(36).slice(2)}`
    const { what, body } = await post(`${url}/v1/demo/signals`, JSON.stringify({ signals: [{ id, type: 'impression', occurredAt: new Date().toISOString() }] }))
    if (what === '200' && body.includes(id)) delays.push(performance.now() - began)
    else failed.push(what)
  }
  async function run() {
    for (let n = 0; !stopped; n++) {
      await (underWay = ask(n))
      await pause(50)
    }
  }
  const running = run()
  return {
    async take() {
      // What happened may have taken less time than one batch, which it held up.
      await underWay
      const taken = { p50: percentile(delays, 50), p99: percentile(delays, 99), asked: delays.length + failed.length, failed }
      delays = []
      failed = []
      return taken
    },
    async stop() {
      stopped = true
      await running
    },
  }
}

/** Megabytes that a process has in memory, and the most it ever had. */
export function memoryOf(pid: number): { now: number; most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)![1]) / 1024
  return { now: of('VmRSS'), most: of('VmHWM') }
}
