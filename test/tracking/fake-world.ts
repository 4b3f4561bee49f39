import type { Receipt, SignalBatch } from '../../src/contract/signal.ts'
import { addDrops, type Drops, type Held, type Locks, type OutboxStorage } from '../../src/core/outbox-storage.ts'
import type { Delivery, OutboxWorld } from '../../src/tracking/outbox-world.ts'

/** How the fake endpoint answers; `lost` keeps the batch and lets the answer get lost. */
export type Weather = 'fine' | 'down' | 'busy' | 'limited' | 'lost' | 'partial' | 'blank' | 'strict' | 'tight' | 'tightest'

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
  dropped: Drops = {}
  readonly batches: SignalBatch[] = []

  receive(batch: SignalBatch): Delivery {
    this.batches.push(batch)
    const signals = batch.signals as { id: string }[]
    if (this.weather === 'down') return { ok: false }
    if (this.weather === 'busy') return { ok: false, status: 503, after: 1000 }
    if (this.weather === 'limited') return { ok: false, status: 429 }
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
    if (this.weather === 'lost') return { ok: false }
    this.dropped = addDrops(this.dropped, batch.dropped ?? {})
    return { ok: true, value: receipt }
  }
}

/** One origin: a disk and a lock that all its tabs share, timers that only `pass` lets run, and an endpoint. */
export class FakeOrigin {
  readonly endpoint = new FakeEndpoint()
  disk: Held[] = []
  drops: Drops = {}
  now = Date.parse('2026-11-23T14:00:00Z')
  sending = 0
  mostSending = 0
  private key = 0
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
      // A write that has begun survives the crash of its tab (measured for IndexedDB with commit()).
      put: async (signal, at) => {
        if (tab.alive) this.disk.push({ key: this.key++, signal, at })
        await turn()
      },
      oldest: async (most) => (await turn(), tab.alive ? this.disk.slice(0, most) : never),
      count: async () => this.disk.length,
      drops: async () => this.drops,
      settle: async (keys, drops) => {
        await turn()
        if (!tab.alive) return never
        this.disk = this.disk.filter((it) => !keys.includes(it.key))
        this.drops = addDrops(this.drops, drops)
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
      storage,
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
