import type { Signal } from '../../src/contract/signal.ts'
import { createLocks } from '../../src/page/locks.ts'
import { random } from '../../src/page/random.ts'
import { createSignalStorage } from '../../src/page/signal-storage.ts'
import { createOutbox, type Outbox } from '../../src/tracking/outbox.ts'
import { createSturdyStorage } from '../../src/tracking/sturdy-storage.ts'
import { retryAfter } from '../../src/transport/retry-after.ts'
import { createHttp } from '../../src/transport/http.ts'
import { beaconSignals, postSignals } from '../../src/transport/signals.ts'
import { pageWire } from '../../src/transport/wire.ts'

/** Time that passes when the driver of all tabs lets it. */
export interface SlowTime {
  now(): number
  /** Calls back after so many milliseconds; the returned function calls it off. */
  later(callback: () => void, milliseconds: number, tab: object): () => void
}

/** A tab with the product's own outbox, disk, locks, fetch and beacon; all but the time is the browser's. */
export interface OutboxTab {
  outbox: Outbox
  /** What it waits for. */
  underWay: number
  /** What the browser has said to be on the disk. */
  written: Set<string>
}

export function openOutboxTab(base: string, time: SlowTime): OutboxTab {
  const http = createHttp(base, pageWire)
  const locks = createLocks(window)
  const disk = createSignalStorage(base)
  const counted = <A extends unknown[], T>(work: (...args: A) => Promise<T>) => {
    return (...args: A): Promise<T> => {
      tab.underWay++
      return work(...args).finally(() => tab.underWay--)
    }
  }
  const tab = { underWay: 0, written: new Set() } as unknown as OutboxTab
  const put = async (signal: Signal, at: number): Promise<Signal> => {
    const kept = await disk.put(signal, at)
    tab.written.add(signal.id)
    return kept
  }
  tab.outbox = createOutbox({
    storage: createSturdyStorage({ ...disk, put: counted(put), look: counted(disk.look), settle: counted(disk.settle) }, () => {}),
    locks: { ifFree: counted(locks.ifFree) },
    name: `kanmai ${base}`,
    local: time,
    clock: time,
    random,
    later: (callback, milliseconds) => time.later(callback, milliseconds, tab),
    async send(batch, stopped) {
      const result = await postSignals(http, batch, stopped)
      return result.ok ? result : { ...result, after: retryAfter(result.retryAfter, time.now()) }
    },
    beacon: (batch) => beaconSignals(http, batch),
    warn: () => {},
  })
  return tab
}
