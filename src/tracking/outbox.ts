import type { Receipt, Signal } from '../contract/signal.ts'
import type { Held, Lost, OutboxContents, OutboxStorage } from '../core/outbox-storage.ts'
import { uuid } from '../core/uuid.ts'
import { bytesOf, cutBatch, cutOverflow } from './cut-batch.ts'
import { noteLosses, pastNotes } from './losses.ts'
import { isFirm, leftOf, nextPause, noPause } from './next-pause.ts'
import type { OutboxWorld } from './outbox-world.ts'

/** Signals of a batch, and its bytes; notes on lost ones that go with it. */
export const batchLimit = 50
const batchBytes = 48_000
/** What has waited longer when sending fails, and the oldest beyond this number or these bytes, is given up and reported. */
const longestWait = 7 * 86_400_000
export const mostHeld = 5000
export const mostBytes = 4_000_000
/** Bytes that may be written until somebody looks whether it is too much by now; and a number that never is. */
const lookEvery = 500_000
const few = 300
/** Milliseconds: a click leaves at once, the rest gathers. */
const soon = 20
const gathering = 2000
/** After so many milliseconds a page that is still there is not being left. */
const longestGoing = 10_000
/** A signal that is refused alone so often, while others get through, is at fault itself. */
const strikesOut = 3
/** Bytes of one beacon, and of all beacons of one leave: other scripts of the page share the browser's 64 KiB. */
const beaconBytes = 16_000
const beacons = 3

/** Takes signals and gets them to the endpoint: each one is stored there exactly once, or reported there as dropped. */
export interface Outbox {
  /** Takes a signal; it is on its way to the storage when this returns. `urgent` ones do not wait for others. */
  add(signal: Signal, urgent?: boolean): void
  /** All that it has: what waits, what it gave up, what was refused. */
  contents(): Promise<OutboxContents>
  /** The page is being left, some time soon: sends on, without the lock. Held it costs the page its place in Firefox's back/forward cache, an answer on it that in Chromium's. */
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

/** The endpoint's word that it does not want this, not that it cannot just now. */
const isRefusal = (status = 0): boolean => status >= 400 && status < 500 && ![408, 425, 429].includes(status)

export function createOutbox(world: OutboxWorld): Outbox {
  const { locks, name, local, clock, random, later, send, beacon, warn } = world
  let { storage } = world
  let closed = false
  let working = false
  let pause = noPause
  /** A page that opens or comes back may try once, though the last try has failed. */
  let eager = true
  let limit = batchLimit
  let due = Infinity
  let callOff = () => {}
  let letGo = () => {}
  let abort = new AbortController()
  let going = false
  let born: number | undefined
  let unseen = Infinity
  /** Signals that were refused alone, and how often; and those of them that wait until another one has got through. */
  const strikes = new Map<number, number>()
  const aside = new Set<number>()
  /** What this page took and has no receipt for; what a leaving page hands to the browser, which asks for no promise. */
  const unreceipted = new Map<string, Signal>()
  const beaconed = new Set<string>()
  const writing = new Set<Promise<void>>()
  const newId = () => uuid(random)
  const waits = () => (eager && !pause.asked ? 0 : leftOf(pause, local.now()))

  /** Works after so many milliseconds, or when the pause is over; of several wishes the earliest counts. */
  function wake(milliseconds: number): void {
    const wait = Math.max(milliseconds, waits())
    if (closed || due <= local.now() + wait) return
    callOff()
    due = local.now() + wait
    callOff = later(() => {
      due = Infinity
      void work()
    }, wait)
  }

  async function work(): Promise<void> {
    if (working || closed) return
    working = true
    abort = new AbortController()
    const { signal: stopped } = abort
    const released = new Promise<void>((resolve) => (letGo = resolve))
    let drained: Promise<void> | undefined
    const job = () => Promise.race([(drained = drain(stopped).catch(() => fail(storage))), released])
    const free = going ? (await job(), true) : await locks.ifFree(name, job).catch(() => true)
    await drained
    working = false
    // Who holds the lock sends for all tabs; it may have looked before our last signal was there.
    if (!free || stopped.aborted || unreceipted.size || writing.size) wake(gathering + random(gathering))
  }

  /** Sends batch after batch, until all is sent, a try has failed, or the page is put aside. */
  async function drain(stopped: AbortSignal): Promise<void> {
    while (!closed && !stopped.aborted) {
      await Promise.all(writing)
      const from = storage
      const contents = await from.look(limit + aside.size)
      const { held, lost, count } = contents
      if (isAnew(contents)) {
        for (const signal of unreceipted.values()) write(signal)
        continue
      }
      if (unseen > lookEvery) {
        unseen = 0
        if (count > few) await trim(from)
        continue
      }
      pause = contents.pause ?? noPause
      if (waits()) return wake(0)

      const unfit = held.filter((it) => !bytesOf(it.signal))
      if (unfit.length) {
        await giveUp(from, lost, unfit, 'unreadable')
        continue
      }
      const batch = cutBatch(held.filter((it) => !aside.has(it.key)).slice(0, limit), batchBytes)
      const losses = lost.filter((it) => !it.told).slice(0, batchLimit)
      if (!batch.length && held.length) {
        // All were refused, one by one: it is not they who are at fault.
        aside.clear()
        strikes.clear()
        return fail(from)
      }
      if (!batch.length && !losses.length) {
        // Everything this page has written was receipted, if only to another tab.
        if (!writing.size) unreceipted.clear()
        return
      }

      if (closed || stopped.aborted) return
      eager = false
      const delivery = await send(
        {
          sentAt: new Date(clock.now()).toISOString(),
          signals: batch.map((it) => it.signal),
          ...(losses.length && { losses: losses.map(({ at: _at, signal: _signal, told: _told, ...loss }) => loss) }),
        },
        stopped,
      )
      if (delivery.ok) {
        if (!(await settle(from, batch, lost, losses, delivery.value))) return batch.length ? fail(from, held) : undefined
        limit = Math.min(limit * 2, batchLimit)
        aside.clear()
      } else if (stopped.aborted) {
        return
      } else if (!isRefusal(delivery.status)) {
        return fail(from, held, delivery.after)
      } else if (batch.length > 1) {
        const tooLarge = delivery.status === 413
        limit = tooLarge ? Math.ceil(batch.length / 2) : 1
        if (!tooLarge) return fail(from, held)
      } else if (batch[0]) {
        const { key } = batch[0]
        const times = (strikes.get(key) ?? 0) + 1
        strikes.set(key, times)
        aside.add(key)
        if (times < strikesOut) return fail(from, held)
        await giveUp(from, lost, batch, delivery.status === 413 ? 'too large' : `refused: ${delivery.status}`, true)
      } else {
        return fail(from)
      }
    }
  }

  /** Whether the storage is not the one that this page has written to: somebody has deleted it. */
  function isAnew({ born: now }: OutboxContents): boolean {
    const anew = born !== undefined && now !== undefined && now !== born
    born = now ?? born
    return anew
  }

  /** Knows the storage before anything is written to it, or it could not be told from one made anew. */
  function meet(): void {
    born = undefined
    storage.look(1).then(
      (it) => (born ??= it.born),
      () => {},
    )
  }

  async function trim(from: OutboxStorage): Promise<void> {
    const { held, lost } = await from.look(Infinity)
    await giveUp(from, lost, cutOverflow(held, mostHeld, mostBytes), 'overflow')
  }

  /** Pauses, and gives up what has waited for too long: sent once more it would have been welcome. */
  async function fail(from: OutboxStorage, held: Held[] = [], after?: number): Promise<void> {
    const now = local.now()
    eager = false
    pause = nextPause(pause, now, after, random)
    wake(0)
    await from.settle({ pause }).catch(() => {})
    const expired = held.filter((it) => now - it.at > longestWait)
    if (expired.length) await giveUp(from, (await from.look(1)).lost, expired, 'expired')
  }

  /** Forgets what the receipt names, and nothing else. False when it names nothing of this batch. */
  async function settle(from: OutboxStorage, batch: Held[], lost: Lost[], told: Lost[], receipt: Receipt): Promise<boolean> {
    const kept = new Set([...receipt.accepted, ...receipt.duplicate])
    const reasons = new Map(receipt.rejected.map((it) => [it.id, it.reason]))
    const named = batch.filter(({ signal: { id } }) => kept.has(id) || reasons.has(id))
    const heard = told.filter((it) => receipt.losses?.includes(it.id))
    if (!named.length && !heard.length) return false
    const refused = named.flatMap((it) => {
      const reason = reasons.get(it.signal.id)
      if (kept.has(it.signal.id) || reason === undefined) return []
      warn(`the endpoint refused a signal: ${reason}`)
      return noteLosses(lost, [it], `rejected: ${reason}`, local.now(), newId, true)
    })
    const known = lost.map((it) => (heard.includes(it) ? { ...it, told: true } : it))
    const past = pastNotes(known, local.now() - longestWait)
    await from.settle({
      gone: named.map((it) => it.key),
      lost: [...known.filter((it) => !lost.includes(it) && !past.includes(it.id)), ...refused],
      forgotten: past,
      ...(pause.failures && { pause: noPause }),
    })
    pause = noPause
    forget(named)
    return true
  }

  async function giveUp(from: OutboxStorage, lost: Lost[], held: Held[], reason: string, aside = false): Promise<void> {
    if (!held.length) return
    await from.settle({ gone: held.map((it) => it.key), lost: noteLosses(lost, held, reason, local.now(), newId, aside) })
    forget(held)
  }

  function forget(held: Held[]): void {
    for (const { key, signal } of held) {
      strikes.delete(key)
      aside.delete(key)
      unreceipted.delete(signal?.id)
    }
  }

  function write(signal: Signal): void {
    unseen += bytesOf(signal)
    const done: Promise<void> = storage
      .put(signal, local.now())
      // As it is kept, it is handed over when the page ends.
      .then((kept) => void (unreceipted.has(kept.id) && unreceipted.set(kept.id, kept)))
      .catch(() => {})
      .then(() => void writing.delete(done))
    writing.add(done)
    if (unseen > lookEvery) void work()
  }

  function leave(): void {
    // What is on the disk need not knock at a door that has been shut for long.
    const isSafe = ({ durable }: Signal) => storage.durable && durable !== false && isFirm(pause) && waits() > 0
    // Clicks first: they are what is paid.
    const rank = ({ type }: Signal) => (type === 'click' ? 0 : 1)
    let rest = [...unreceipted.values()].filter((it) => !beaconed.has(it.id) && !isSafe(it)).sort((a, b) => rank(a) - rank(b))
    for (let sent = 0; rest.length && sent < beacons; sent++) {
      const signals = cutBatch(rest.map((signal) => ({ signal })), beaconBytes).map((it) => it.signal)
      if (!beacon({ sentAt: new Date(clock.now()).toISOString(), signals })) return
      for (const { id } of signals) beaconed.add(id)
      rest = rest.slice(signals.length)
    }
  }

  function stop(): void {
    letGo()
    abort.abort()
  }

  function end(): void {
    closed = true
    callOff()
    stop()
  }

  meet()
  wake(soon)

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
      wake(urgent ? soon : gathering)
    },
    contents: () => storage.look(Infinity),
    leave,
    freeze() {
      leave()
      stop()
    },
    resume() {
      going = false
      beaconed.clear()
      eager ||= !isFirm(pause)
      wake(soon)
    },
    moveTo(next) {
      const last = storage
      storage = next
      meet()
      for (const signal of unreceipted.values()) write(signal)
      const moved: Promise<void> = last
        .look(1)
        .then(({ lost }) => next.settle({ lost }))
        .catch(() => {})
        .then(() => {
          last.close()
          writing.delete(moved)
        })
      writing.add(moved)
      wake(soon)
    },
    drop() {
      end()
      unreceipted.clear()
      storage.close()
    },
    close() {
      leave()
      end()
      const last = storage
      void Promise.all(writing).then(() => last.close())
    },
  }
}
