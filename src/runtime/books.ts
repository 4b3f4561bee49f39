import type { BareConfig, ConsentMode } from '../contract/bare-config.ts'
import type { Signal, SignalType } from '../contract/signal.ts'
import { asksPlatform, decideConsent, type Consent, type ConsentAsked, type PlatformSays } from '../core/consent.ts'
import type { OutboxStorage } from '../core/outbox-storage.ts'
import { nothingSent, withSent, type Sent } from '../core/sent.ts'
import { uuid } from '../core/uuid.ts'
import type { EventContext, KanmaiEvent } from '../elements/events.ts'
import { watchPresses } from '../elements/watch-presses.ts'
import { seesApp } from '../page/bridge/sees-app.ts'
import { followObjection } from '../page/follow-objection.ts'
import { watchLeaving } from '../page/leaving.ts'
import { createLocks } from '../page/locks.ts'
import { hasObjected } from '../page/objection.ts'
import { optsOut } from '../page/opts-out.ts'
import { random } from '../page/random.ts'
import { createSignalStorage } from '../page/signal-storage.ts'
import { joinTalk, type TabTalk } from '../page/tab-talk.ts'
import { createVisit, type Visit } from '../page/visit.ts'
import { createSignal, type SignalDraft } from '../tracking/create-signal.ts'
import { createMemoryStorage } from '../tracking/memory-storage.ts'
import { createOutbox, type Outbox } from '../tracking/outbox.ts'
import { createSturdyStorage } from '../tracking/sturdy-storage.ts'
import { retryAfter } from '../transport/retry-after.ts'
import { beaconSignals, postSignals } from '../transport/signals.ts'
import type { JoinedApp } from './app.ts'
import type { Site } from './site.ts'

/** An event, and what only its moment knows. */
export interface Kept {
  event: KanmaiEvent
  /** Milliseconds since 1970. */
  at: number
  /** Address of the page, without query. */
  page: string
}

/** What the books say of themselves. */
export interface Account {
  consent: Consent
  asked: ConsentAsked
  visit: ReturnType<Visit['now']>
  /** Where signals wait: on the disk, in memory. */
  outboxes: Pick<Outbox, 'contents'>[]
  /** Receipted to this page. */
  sent: Sent
}

/** Keeps the books: every event becomes a signal, as far as consent goes. */
export interface Books {
  take(kept: Kept): void
  /** The page config has come, or has changed. */
  follow(config: BareConfig | undefined): void
  account(): Account
  /** Is called when the account may have changed. */
  changed?: (() => void) | undefined
  /** Forgets everything that was taken, here and in the other tabs. */
  wipe(): void
  stop(): void
}

/** A broken page may err without end; the developer has read it by then. */
const mostErrors = 10
const contextKeys = [
  'item', 'placement', 'media', 'second', 'cue', 'offer', 'list', 'position', 'trusted',
] satisfies (keyof EventContext)[]

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

export function openBooks(site: Site, tag: ConsentMode | undefined, config: BareConfig | undefined): Books {
  const { http, clock, trouble, view, isOff } = site
  const warn = (issue: string) => trouble((it) => it.warn(issue))
  const newId = () => uuid(random)
  const name = `kanmai ${http.base}`
  const visit = createVisit(view, name, newId)
  let platform: PlatformSays | undefined
  /** Another tab's reader took it back, and nothing was answered here since. */
  let takenBack = false
  let consent: Consent | undefined
  /** On the disk, while that is granted, and in memory. */
  let lasting: Outbox | undefined
  let fleeting: Outbox | undefined
  /** Something in memory was taken after a denial: it never goes to the disk. */
  let denied = false
  let talk: TabTalk | undefined
  let sent = nothingSent
  let errors = 0
  let wiped = false

  const durable = () => createSturdyStorage(createSignalStorage(http.base), warn)
  const open = (storage: OutboxStorage = createMemoryStorage()) =>
    createOutbox({
      storage,
      // What is in this page's memory concerns no other tab.
      locks: createLocks(view),
      name,
      local: { now: Date.now },
      clock,
      random,
      later(callback, milliseconds) {
        const timer = setTimeout(callback, milliseconds)
        return () => clearTimeout(timer)
      },
      async send(batch, stopped) {
        const kept = await (await app)?.keep(batch)
        const result = kept ? ({ ok: true, value: kept } as const) : await postSignals(http, batch, stopped)
        if (!result.ok) return { ...result, after: retryAfter(result.retryAfter, clock.now()) }
        const receipt = result.value
        if (!kept) clock.learn(Date.parse(receipt.now))
        sent = withSent(sent, batch.signals as Signal[], receipt)
        // By then the outbox has forgotten what the receipt names.
        setTimeout(() => books.changed?.())
        return result
      },
      beacon: (batch) => beaconSignals(http, batch),
      warn,
    })

  let app: Promise<JoinedApp | undefined> | undefined
  /** Only a page that may stand in an app, or open one, has what it takes. */
  function joinApp(): void {
    if (!seesApp(view, config?.app)) return
    app ??= import('./app.ts').then(
      ({ joinApp }) => joinApp(site, config?.app),
      () => (app = undefined),
    )
  }

  /** Forgets what was taken under a grant, here and on the disk. */
  function forget(): void {
    visit.end()
    lasting?.drop()
    lasting = undefined
    talk?.leave()
    talk = undefined
    createSignalStorage(http.base).clear().catch(() => {})
  }

  /** Another tab has forgotten it all, since consent was taken back there, or since the reader wanted to. */
  function handleTalk(message: unknown): void {
    if (message === 'forgotten') {
      platform = 'denied'
      takenBack = true
    }
    forget()
    decide()
  }

  const asked = (): ConsentAsked => ({ tag, config: config?.consent, platform, optOut: optsOut(view.navigator), objected: site.objected })

  function decide(): void {
    const decision = decideConsent(asked())
    consent = isOff() ? 'none' : decision.consent
    if (consent === 'granted') {
      wiped = false
      if (lasting) return
      visit.take()
      talk = joinTalk(view, `${name} consent`, handleTalk)
      // What was taken while nothing was decided may now be kept.
      if (fleeting && !denied) {
        lasting = fleeting
        fleeting = undefined
        lasting.moveTo(durable())
      } else {
        lasting = open(durable())
      }
      return
    }
    // What an earlier grant left on the disk goes when it is sure that the grant is gone.
    const gone = decision.settled && !isOff()
    if (lasting || (gone && !wiped)) {
      if (lasting && gone) talk?.say('forgotten')
      forget()
    }
    wiped ||= gone
    if (consent === 'essential') {
      denied = decision.settled || (denied && fleeting !== undefined)
      fleeting ??= open()
    } else {
      fleeting?.drop()
      fleeting = undefined
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
        unwatchConsent = watchConsent(view, (says, isAnswer) => {
          takenBack &&= !isAnswer
          platform = takenBack ? 'denied' : says
          decide()
          books.changed?.()
        })
      },
      () => (unwatchConsent = undefined),
    )
  }
  const each = (work: (outbox: Outbox) => void) => [lasting, fleeting].forEach((outbox) => outbox && work(outbox))
  const unwatchLeaving = watchLeaving(view, {
    go: () => each((it) => it.go()),
    leave: () => each((it) => it.leave()),
    freeze() {
      visit.pass()
      each((it) => it.freeze())
    },
    resume() {
      if (!site.objected && hasObjected(view, name)) site.object(true)
      else decide()
      if (consent === 'granted') visit.take()
      each((it) => it.resume())
    },
  })
  const automated = view.navigator.webdriver && { automated: true }
  const presses = watchPresses(view.document)
  const unfollowObjection = followObjection(view, name, site.object)

  const books: Books = {
    take(kept) {
      // The browser may have begun to opt out since.
      decide()
      const outbox = lasting ?? fleeting
      const draft = draftOf(kept)
      const afterShown = draft.type === 'click' ? presses.afterShown(kept.event) : undefined
      if (afterShown !== undefined) draft.afterShown = afterShown
      if (!outbox || (draft.type === 'error' && ++errors > mostErrors)) return
      if (config?.dataLayer) {
        const { type, at: _at, page: _page, ...what } = draft
        const { dataLayer = [] } = view as { dataLayer?: unknown[] }
        ;(view as { dataLayer?: unknown[] }).dataLayer = dataLayer
        dataLayer.push({ event: `kanmai_${type}`, ...what })
      }
      const signal = createSignal({ ...draft, ...automated, ...(consent === 'granted' && visit.next()) }, newId)
      outbox.add(signal, /click|claim/.test(draft.type))
      void app?.then((it) => it?.tell(signal))
      books.changed?.()
    },
    follow(next) {
      config = next
      decide()
      watchPlatform()
      joinApp()
      books.changed?.()
    },
    account: () => ({ consent: consent!, asked: asked(), visit: visit.now(), outboxes: [lasting, fleeting].filter((it) => it !== undefined), sent }),
    wipe() {
      talk?.say('wiped')
      fleeting?.drop()
      fleeting = undefined
      sent = nothingSent
      forget()
      decide()
      books.changed?.()
    },
    stop() {
      stopped = true
      void app?.then((it) => it?.leave())
      unwatchConsent?.()
      unwatchLeaving()
      unfollowObjection()
      presses.stop()
      talk?.leave()
      visit.pass()
      each((it) => it.close())
    },
  }
  decide()
  watchPlatform()
  joinApp()
  return books
}
