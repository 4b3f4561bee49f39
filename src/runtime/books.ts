import type { ConsentMode, PageConfig } from '../contract/page-config.ts'
import type { SignalType } from '../contract/signal.ts'
import { asksPlatform, decideConsent, type Consent, type PlatformSays } from '../core/consent.ts'
import { uuid } from '../core/uuid.ts'
import type { EventContext, KanmaiEvent } from '../elements/events.ts'
import { watchLeaving } from '../page/leaving.ts'
import { createLocks } from '../page/locks.ts'
import { optsOut } from '../page/opts-out.ts'
import { random } from '../page/random.ts'
import { createSignalStorage } from '../page/signal-storage.ts'
import { createVisit } from '../page/visit.ts'
import { createSignal, type SignalDraft } from '../tracking/create-signal.ts'
import { createMemoryStorage } from '../tracking/memory-storage.ts'
import { createOutbox, type Outbox } from '../tracking/outbox.ts'
import { createSturdyStorage } from '../tracking/sturdy-storage.ts'
import { retryAfter } from '../transport/failure.ts'
import { beaconSignals, postSignals } from '../transport/signals.ts'
import type { Site } from './site.ts'

/** An event, and what only its moment knows. */
export interface Kept {
  event: KanmaiEvent
  /** Milliseconds since 1970. */
  at: number
  /** Address of the page, without query. */
  page: string
}

/** Keeps the books: every event becomes a signal, as far as consent goes. */
export interface Books {
  take(kept: Kept): void
  /** The page config has come, or has changed. */
  follow(config: PageConfig | undefined): void
  stop(): void
}

/** A broken page may err without end; the developer has read it by then. */
const mostErrors = 10
const contextKeys = ['item', 'placement', 'media', 'second', 'cue', 'offer', 'list', 'position'] satisfies (keyof EventContext)[]

/** What an event says, in a signal's words. */
function draftOf({ event, at, page }: Kept): SignalDraft {
  const type = event.type.replace('kanmai-', '').replace('select', 'click') as SignalType
  const draft: Record<string, unknown> = { type, at, page: page.slice(0, 2000) }
  for (const key of contextKeys) if (event[key] !== undefined) draft[key] = event[key]
  const { ref, issue } = event as { ref?: string; issue?: string }
  if (ref) draft['ref'] = ref
  if (issue) draft['detail'] = issue.slice(0, 1000)
  return draft as SignalDraft
}

export function openBooks({ http, clock, trouble, view, isOff }: Site, tag: ConsentMode | undefined, config: PageConfig | undefined): Books {
  const warn = (issue: string) => trouble((it) => it.warn(issue))
  const newId = () => uuid(random)
  const visit = createVisit(view, `kanmai ${http.base}`, newId)
  let platform: PlatformSays | undefined
  let consent: Consent | undefined
  let outbox: Outbox | undefined
  let errors = 0
  let wiped = false

  const durable = () => createSturdyStorage(createSignalStorage(http.base), warn)
  const open = (storage = createMemoryStorage()) =>
    createOutbox({
      storage,
      // What is in this page's memory concerns no other tab.
      locks: createLocks(view),
      name: `kanmai ${http.base}`,
      local: { now: Date.now },
      clock,
      random,
      later(callback, milliseconds) {
        const timer = setTimeout(callback, milliseconds)
        return () => clearTimeout(timer)
      },
      async send(batch) {
        const result = await postSignals(http, batch)
        if (!result.ok) return { ...result, after: retryAfter(result.retryAfter, Date.now()) }
        clock.learn(Date.parse(result.value.now))
        return result
      },
      beacon: (batch) => beaconSignals(http, batch),
      warn,
    })

  function decide(): void {
    const before = consent
    const decision = decideConsent({ tag, config: config?.consent, platform, optOut: optsOut(view.navigator) })
    consent = isOff() ? 'none' : decision.consent
    if (consent === 'granted') {
      wiped = false
      if (before !== consent) {
        if (outbox) outbox.moveTo(durable())
        else outbox = open(durable())
      }
      return
    }
    if (before === 'granted') {
      visit.end()
      void outbox?.purge(createMemoryStorage())
    }
    if (consent === 'essential') {
      outbox ??= open()
    } else {
      void outbox?.purge(createMemoryStorage())
      outbox?.close()
      outbox = undefined
    }
    // What an earlier grant left on the disk goes when it is sure that the grant is gone.
    if (decision.settled && !wiped && !isOff()) {
      wiped = true
      visit.end()
      createSignalStorage(http.base).clear().catch(() => {})
    }
  }

  let unwatchConsent: (() => void) | undefined
  let stopped = false
  /** Only who asks a consent platform needs what speaks with one; until it says more, nothing is stored. */
  function watchPlatform(): void {
    if (unwatchConsent || !asksPlatform({ tag, config: config?.consent })) return
    unwatchConsent = () => {}
    import('../page/consent.ts').then(
      ({ watchConsent }) => {
        if (stopped) return
        unwatchConsent = watchConsent(view, (says) => {
          platform = says
          decide()
        })
      },
      () => (unwatchConsent = undefined),
    )
  }
  const unwatchLeaving = watchLeaving(view, {
    leave: () => outbox?.leave(),
    freeze: () => outbox?.freeze(),
    resume: () => outbox?.resume(),
  })
  decide()
  watchPlatform()

  return {
    take(kept) {
      const draft = draftOf(kept)
      if (!outbox || (draft.type === 'error' && ++errors > mostErrors)) return
      if (config?.dataLayer) {
        const { type, at: _at, page: _page, ...what } = draft
        const { dataLayer = [] } = view as { dataLayer?: unknown[] }
        ;(view as { dataLayer?: unknown[] }).dataLayer = dataLayer
        dataLayer.push({ event: `kanmai_${type}`, ...what })
      }
      outbox.add(createSignal({ ...draft, ...(consent === 'granted' && visit.next()) }, newId), /click|claim/.test(draft.type))
    },
    follow(next) {
      config = next
      decide()
      watchPlatform()
    },
    stop() {
      stopped = true
      unwatchConsent?.()
      unwatchLeaving()
      outbox?.close()
    },
  }
}
