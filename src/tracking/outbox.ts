import type { Receipt, Signal } from '../contract/signal.ts'
import { backoff } from '../core/backoff.ts'
import type { Drops, Held, OutboxStorage } from '../core/outbox-storage.ts'
import { cutBatch } from './cut-batch.ts'
import type { OutboxWorld } from './outbox-world.ts'

/** Signals of a batch, and its bytes. */
export const batchLimit = 50
const batchBytes = 48_000
/** What is waiting longer than the endpoint remembers ids, or beyond this number, is given up and counted. */
const longestWait = 7 * 86_400_000
export const mostHeld = 5000
/** Milliseconds: a click leaves at once, the rest gathers. */
const soon = 20
const gathering = 2000
/** Why the outbox sleeps, from what yields first to what yields last: a new click does not cut a backoff short. */
const sleeping = { not: 0, gathering: 1, soon: 2, backingOff: 3, open: 4, asked: 5 } as const
/** After so many milliseconds a page that is still there is not being left. */
const longestGoing = 10_000
/** So many failures in a row open the circuit: from then on at most one request in so many milliseconds, whatever the page does. */
const breaks = 6
const rest = 60_000
/** Bytes of one beacon, and of all beacons of one leave: other scripts of the page share the browser's 64 KiB. */
const beaconBytes = 16_000
const beacons = 3

/** Takes signals and gets them to the endpoint: each one is stored there exactly once, or reported there as dropped. */
export interface Outbox {
  /** Takes a signal; it is on its way to the storage when this returns. `urgent` ones do not wait for others. */
  add(signal: Signal, urgent?: boolean): void
  /** The page is being left, some time soon: sends on, without holding the lock, which costs a page its place in Firefox's back/forward cache. */
  go(): void
  /** The page may end now: hands what is not receipted to the browser. Nothing is forgotten, since nobody answers. */
  leave(): void
  /** The page is put aside, perhaps for good: as `leave`, and lets go of the lock. */
  freeze(): void
  /** The page is back, or online: sends what waits, unless the endpoint has been failing for long. */
  resume(): void
  /** Goes on with another storage, and takes along what this page has not delivered yet. */
  moveTo(storage: OutboxStorage): void
  /** Stops, tells nobody, and forgets what it has in memory. */
  drop(): void
  /** Leaves and stops. */
  close(): void
}

export function createOutbox(world: OutboxWorld): Outbox {
  const { locks, name, local, clock, random, later, send, beacon, warn } = world
  let { storage } = world
  let closed = false
  let failures = 0
  let limit = batchLimit
  let draining = false
  let asleep: (typeof sleeping)[keyof typeof sleeping] = sleeping.not
  let callOff = () => {}
  let letGo = () => {}
  let going = false
  /** What this page took and has no receipt for; what a leaving page hands to the browser, which asks for no promise. */
  const unreceipted = new Map<string, Signal>()
  const beaconed = new Set<string>()
  const writing = new Set<Promise<void>>()

  function sleep(why: typeof asleep, wait: number): void {
    if (closed || why <= asleep) return
    callOff()
    asleep = why
    callOff = later(() => {
      asleep = sleeping.not
      void work()
    }, wait)
  }

  const sendSoon = () => sleep(sleeping.soon, soon)
  const gather = (wait = gathering) => sleep(sleeping.gathering, wait)

  async function work(): Promise<void> {
    if (draining || closed) return
    draining = true
    const released = new Promise<void>((resolve) => (letGo = resolve))
    if (going) letGo()
    let drained: Promise<void> | undefined
    const free = await locks
      .ifFree(name, () => Promise.race([(drained = drain().catch(() => fail())), released]))
      .catch(() => true)
    await drained
    draining = false
    // Who holds the lock sends for all tabs; it may have looked before our last signal was there.
    if (!free || unreceipted.size || writing.size) gather(gathering + random(gathering))
  }

  function fail(after?: number): void {
    const wait = backoff(++failures, random)
    if (after !== undefined) sleep(sleeping.asked, after + wait)
    else if (failures < breaks) sleep(sleeping.backingOff, wait)
    else sleep(sleeping.open, rest + wait)
  }

  async function drain(): Promise<void> {
    while (!closed) {
      await Promise.all(writing)
      const from = storage
      const surplus = (await from.count()) - mostHeld
      if (surplus > 0) await forget(from, await from.oldest(surplus), 'overflow')
      const held = await from.oldest(limit)
      if (!held.length) {
        // Everything this page has written was receipted, if only to another tab.
        if (!writing.size) unreceipted.clear()
        return
      }
      const expired = held.filter((it) => local.now() - it.at > longestWait)
      if (expired.length) {
        await forget(from, expired, 'expired')
        continue
      }

      const batch = cutBatch(held, batchBytes)
      const dropped = await from.drops()
      if (closed) return
      const delivery = await send({
        sentAt: new Date(clock.now()).toISOString(),
        signals: batch.map((it) => it.signal),
        ...(Object.keys(dropped).length && { dropped }),
      })
      if (delivery.ok) {
        if (!(await settle(from, batch, dropped, delivery.value))) return fail()
        failures = 0
        limit = Math.min(limit * 2, batchLimit)
      } else if (delivery.status !== 413) {
        return fail(delivery.after)
      } else if (batch.length > 1) {
        limit = Math.ceil(batch.length / 2)
      } else {
        await forget(from, batch, 'too large')
      }
    }
  }

  /** Forgets what the receipt names, and nothing else. False when it names nothing of this batch. */
  async function settle(from: OutboxStorage, batch: Held[], reported: Drops, receipt: Receipt): Promise<boolean> {
    const kept = new Set([...receipt.accepted, ...receipt.duplicate])
    const refused = new Map(receipt.rejected.map((it) => [it.id, it.reason]))
    const drops: Drops = {}
    for (const reason of Object.keys(reported)) drops[reason] = -reported[reason]!
    const named = batch.filter(({ signal }) => {
      const reason = refused.get(signal.id)
      if (kept.has(signal.id) || reason === undefined) return kept.has(signal.id)
      warn(`the endpoint refused a signal: ${reason}`)
      const key = `rejected: ${reason}`.slice(0, 100)
      drops[key] = (drops[key] ?? 0) + 1
      return true
    })
    if (!named.length) return false
    await from.settle(named.map((it) => it.key), drops)
    for (const { signal } of named) unreceipted.delete(signal.id)
    return true
  }

  async function forget(from: OutboxStorage, held: Held[], reason: string): Promise<void> {
    await from.settle(held.map((it) => it.key), { [reason]: held.length })
    for (const { signal } of held) unreceipted.delete(signal.id)
  }

  function write(signal: Signal): void {
    const done: Promise<void> = storage
      .put(signal, local.now())
      .catch(() => {})
      .then(() => void writing.delete(done))
    writing.add(done)
  }

  function leave(): void {
    // Clicks first: they are what is paid.
    const rank = ({ type }: Signal) => (type === 'click' ? 0 : 1)
    let rest = [...unreceipted.values()].filter((it) => !beaconed.has(it.id)).sort((a, b) => rank(a) - rank(b))
    for (let sent = 0; rest.length && sent < beacons; sent++) {
      const signals = cutBatch(rest.map((signal) => ({ signal })), beaconBytes).map((it) => it.signal)
      if (!beacon({ sentAt: new Date(clock.now()).toISOString(), signals })) return
      for (const { id } of signals) beaconed.add(id)
      rest = rest.slice(signals.length)
    }
  }

  sendSoon()

  return {
    go() {
      going = true
      letGo()
      // A link may have led to a download, or nowhere.
      later(() => (going = false), longestGoing)
    },
    add(signal, urgent) {
      if (closed) return
      unreceipted.set(signal.id, signal)
      // The storage keeps them all; this list is bounded for a page that stays open beside a dead endpoint.
      if (unreceipted.size > mostHeld) unreceipted.delete(unreceipted.keys().next().value!)
      write(signal)
      if (urgent) sendSoon()
      else gather()
    },
    leave,
    freeze() {
      leave()
      letGo()
    },
    resume() {
      going = false
      beaconed.clear()
      if (asleep === sleeping.backingOff) asleep = sleeping.not
      sendSoon()
    },
    moveTo(next) {
      storage.close()
      storage = next
      for (const signal of unreceipted.values()) write(signal)
      sendSoon()
    },
    drop() {
      closed = true
      callOff()
      letGo()
      unreceipted.clear()
      storage.close()
    },
    close() {
      leave()
      closed = true
      callOff()
      letGo()
      const last = storage
      void Promise.all(writing).then(() => last.close())
    },
  }
}
