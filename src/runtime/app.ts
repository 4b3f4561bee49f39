import { AppConfig } from '../contract/app-config.ts'
import { read } from '../contract/read.ts'
import type { Receipt, Signal, SignalBatch } from '../contract/signal.ts'
import type { Bridge } from '../core/bridge.ts'
import { uuid } from '../core/uuid.ts'
import { sharing } from '../elements/sharing.ts'
import { KanmaiRequestEvent } from '../elements/wish.ts'
import { findLine } from '../page/bridge/find-line.ts'
import { openBridge } from '../page/bridge/open-bridge.ts'
import { random } from '../page/random.ts'
import type { $Answer, Site } from './site.ts'
import { takeOver } from './take-over.ts'

export interface JoinedApp {
  /** Hands the batch to an app that keeps signals; a receipt when it has taken any of it upon itself. */
  keep(batch: SignalBatch): Promise<Receipt | undefined>
  /** Tells an app that only listens. */
  tell(signal: Signal): Promise<void>
  leave(): void
}

/** Greets the app around the page, lets it open what readers follow, and answers the elements that ask for it. */
export function joinApp({ http, view }: Site, config: unknown): JoinedApp {
  const app = read(AppConfig, config)
  let here: Bridge | undefined
  let left = false

  async function greet(): Promise<Bridge | undefined> {
    const line = findLine(view, app)
    const bridge =
      line &&
      (await openBridge(line, {
        publisher: decodeURIComponent(http.base.split('/').at(-1)!),
        newId: () => uuid(random),
        later(callback, milliseconds) {
          const timer = setTimeout(callback, milliseconds)
          return () => clearTimeout(timer)
        },
      }))
    if (left || !bridge) return void bridge?.close()
    const request = new KanmaiRequestEvent<'app'>({ kind: 'app' })
    view.document.dispatchEvent(request)
    ;(request.answer as $Answer<Bridge> | undefined)?.set({ state: 'ready', value: bridge })
    if (bridge.can('share')) sharing.offer()
    return (here = bridge)
  }

  const unfollow = takeOver(view, app?.schemes, () => here)
  // What stands on the page's window under an app's name may be anything.
  const greeted = greet().catch(() => undefined)
  return {
    async keep(batch) {
      const bridge = await greeted
      return bridge?.keeps ? bridge.signal(batch) : undefined
    },
    async tell(signal) {
      const bridge = await greeted
      if (!bridge?.keeps) void bridge?.signal({ signals: [signal] })
    },
    leave() {
      left = true
      unfollow()
      here?.close()
    },
  }
}
