import type { Loss, Receipt, Signal, SignalBatch } from '../../src/contract/signal.ts'
import type { Held, Locks, Lost, OutboxStorage, Pause } from '../../src/core/outbox-storage.ts'
import { createOutbox } from '../../src/tracking/outbox.ts'
import type { Delivery, OutboxWorld } from '../../src/tracking/outbox-world.ts'
import { createSturdyStorage } from '../../src/tracking/sturdy-storage.ts'

/** How the fake endpoint answers; `lost` keeps the batch and lets the answer get lost. */
export type Weather = 'fine' | 'down' | 'busy' | 'limited' | 'unknown' | 'picky' | 'lost' | 'partial' | 'blank' | 'strict' | 'tight' | 'tightest'

let underWay = 0
const turn = async () => {
  underWay++
  await new Promise<void>((resolve) => setImmediate(resolve))
  underWay--
}

/** An endpoint that keeps ids once and answers as the weather is. */
export class FakeEndpoint {
  weather: Weather = 'fine'
  /** Every id it ever kept, and how many copies of it were on the wire. */
  readonly stored = new Map<string, number>()
  /** What it was told of as given up, by id. */
  readonly losses = new Map<string, Loss>()
  readonly batches: SignalBatch[] = []

  receive(batch: SignalBatch): Delivery {
    this.batches.push(batch)
    const signals = batch.signals as { id: string }[]
    if (this.weather === 'down') return { ok: false }
    if (this.weather === 'busy') return { ok: false, status: 503, after: 1000 }
    if (this.weather === 'limited') return { ok: false, status: 429 }
    if (this.weather === 'unknown') return { ok: false, status: 404 }
    if (this.weather === 'picky' && signals.some(({ id }) => id.endsWith('7'))) return { ok: false, status: 403 }
    if (this.weather === 'tight' && signals.length > 3) return { ok: false, status: 413 }
    if (this.weather === 'tightest') return { ok: false, status: 413 }
    const receipt: Receipt = { accepted: [], duplicate: [], rejected: [], now: batch.sentAt! }
    if (this.weather === 'blank') return { ok: true, value: receipt }
    for (const [index, { id }] of signals.entries()) {
      if (this.weather === 'partial' && index % 2) continue
      if (this.weather === 'strict' && id.endsWith('3')) {
        receipt.rejected.push({ id, reason: 'no threes' })
        continue
      }
      receipt[this.stored.has(id) ? 'duplicate' : 'accepted'].push(id)
      this.stored.set(id, (this.stored.get(id) ?? 0) + 1)
    }
    const losses = ((batch.losses ?? []) as Loss[]).filter((_, index) => this.weather !== 'partial' || index % 2)
    for (const loss of losses) {
      if ((this.losses.get(loss.id)?.count ?? 0) <= (loss.count ?? 0)) this.losses.set(loss.id, loss)
    }
    receipt.losses = losses.map(({ id }) => id)
    return this.weather === 'lost' ? { ok: false } : { ok: true, value: receipt }
  }

  /** How many signals it knows to be given up and has not got, by reason. */
  get dropped(): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const { id, reason, count = 1 } of this.losses.values()) {
      if (!this.stored.has(id)) counts[reason] = (counts[reason] ?? 0) + count
    }
    return counts
  }
}

/** What is on a disk, until somebody deletes it. */
export class FakeDisk {
  held: Held[] = []
  readonly lost = new Map<string, Lost>()
  pause: Pause | undefined
  readonly born: number
  constructor(born: number) {
    this.born = born
  }
}

/** One origin: a disk and a lock that all its tabs share, timers that only `pass` lets run, and an endpoint. */
export class FakeOrigin {
  readonly endpoint = new FakeEndpoint()
  disk = new FakeDisk(0)
  /** The disk takes nothing more, though it gives back what it has. */
  full = false
  now = Date.parse('2026-11-23T14:00:00Z')
  sending = 0
  mostSending = 0
  private key = 1000
  private holder: object | undefined
  private timers: { at: number; run: () => void; alive: () => boolean }[] = []
  private seed = 1

  random = (below: number) => {
    this.seed = (Math.imul(this.seed, 1103515245) + 12345) >>> 0
    return Math.floor((this.seed / 2 ** 32) * below)
  }

  /** What one tab sees of it, until it crashes: then nothing it still does has an effect. */
  tab(): { world: OutboxWorld; crash: () => void } {
    const tab = { alive: true }
    const never = new Promise<never>(() => {})
    const storage: OutboxStorage = {
      durable: true,
      // A write that has begun survives the crash of its tab (measured for IndexedDB with commit()).
      put: async (signal, at) => {
        if (this.full) throw new Error('full')
        if (tab.alive) this.disk.held.push({ key: this.key++, signal, at })
        await turn()
        return signal
      },
      look: async (most) => {
        await turn()
        if (!tab.alive) return never
        const { held, lost, pause, born } = this.disk
        return { count: held.length, held: held.slice(0, most), lost: [...lost.values()], pause, born }
      },
      settle: async ({ gone = [], lost = [], forgotten = [], pause }) => {
        await turn()
        if (!tab.alive) return never
        if (this.full && lost.length) throw new Error('full')
        const { disk } = this
        const keys = new Set(gone)
        disk.held = disk.held.filter((it) => !keys.has(it.key))
        for (const id of forgotten) disk.lost.delete(id)
        for (const it of lost) disk.lost.set(it.id, it)
        if (pause) disk.pause = pause
      },
      close() {},
    }
    const locks: Locks = {
      ifFree: async (_name, job) => {
        if (this.holder) return false
        this.holder = tab
        await job()
        if (this.holder === tab) this.holder = undefined
        return true
      },
    }
    const world: OutboxWorld = {
      storage: createSturdyStorage(storage, () => {}),
      locks,
      name: 'kanmai',
      local: { now: () => this.now },
      clock: { now: () => this.now },
      random: this.random,
      later: (run, wait) => {
        const timer = { at: this.now + wait, run, alive: () => tab.alive }
        this.timers.push(timer)
        return () => void (this.timers = this.timers.filter((it) => it !== timer))
      },
      send: async (batch) => {
        if (!tab.alive) return never
        this.mostSending = Math.max(this.mostSending, ++this.sending)
        await turn()
        const delivery = this.endpoint.receive(structuredClone(batch))
        this.sending--
        await turn()
        return tab.alive ? delivery : never
      },
      // What the browser took arrives or not, and nobody is told.
      beacon: (batch) => {
        if (tab.alive) this.endpoint.receive(structuredClone(batch))
        return true
      },
      warn: () => {},
    }
    const crash = () => {
      tab.alive = false
      if (this.holder === tab) this.holder = undefined
    }
    return { world, crash }
  }

  /** Somebody deletes the database. */
  wipe(): void {
    this.disk = new FakeDisk(this.disk.born + 1)
  }

  /** Lets everything that is under way settle. */
  async settle(): Promise<void> {
    do await new Promise<void>((resolve) => setImmediate(resolve))
    while (underWay)
  }

  /** Lets so many milliseconds pass, timer by timer. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds
    await this.settle()
    for (;;) {
      this.timers = this.timers.filter((it) => it.alive())
      const next = this.timers.sort((a, b) => a.at - b.at)[0]
      if (!next || next.at > end) break
      // What is due at the same time happens side by side, as it does in tabs.
      this.now = Math.max(this.now, next.at)
      const due = this.timers.filter((it) => it.at <= this.now)
      this.timers = this.timers.filter((it) => it.at > this.now)
      for (const timer of due) timer.run()
      await this.settle()
    }
    this.now = end
  }
}

export const signal = (id: string, type: Signal['type'] = 'impression'): Signal => ({ id, type, occurredAt: '2026-11-23T14:00:00Z' })

/** An origin with one open tab. */
export function openTab(weather: Weather = 'fine') {
  const origin = new FakeOrigin()
  origin.endpoint.weather = weather
  const { world, crash } = origin.tab()
  return { origin, endpoint: origin.endpoint, world, crash, outbox: createOutbox(world) }
}
