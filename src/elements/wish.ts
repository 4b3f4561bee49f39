import type { CueSheet } from '../contract/cue.ts'
import type { FeedPage, Item } from '../contract/item.ts'
import type { BareConfig } from '../contract/bare-config.ts'
import type { Signal } from '../contract/signal.ts'
import type { Bridge } from '../core/bridge.ts'
import type { Consent } from '../core/consent.ts'
import type { ConsentReason } from '../core/consent-reason.ts'
import type { Lost } from '../core/outbox-storage.ts'
import type { Sent } from '../core/sent.ts'
import type { SavedItem } from '../core/saved-items.ts'
import type { Readable } from '../core/readable.ts'

/** What an element may wish for, and what it then gets. */
export interface Wishes {
  page: { wish: { kind: 'page' }; value: PageSettings }
  item: { wish: { kind: 'item'; item: string }; value: Item }
  feed: { wish: { kind: 'feed'; placement: string; feed?: string; item?: string; cursor?: string }; value: FeedPage }
  media: { wish: { kind: 'media'; media: string }; value: CueSheet }
  saved: { wish: { kind: 'saved' }; value: SavedItems }
  app: { wish: { kind: 'app' }; value: Bridge }
  privacy: { wish: { kind: 'privacy' }; value: Privacy }
}

export type WishKind = keyof Wishes
export type Wish = Wishes[WishKind]['wish']

/** The page config, with what only the running page knows. */
export interface PageSettings extends BareConfig {
  /** Milliseconds since 1970 by the endpoint's clock: countdowns must not trust the reader's. */
  now(): number
}

/** What the reader keeps for later. */
export interface SavedItems {
  /** Latest first. */
  readonly items: readonly SavedItem[]
  /** Whether they outlive the page: not under consent `none`, nor where the browser denies storage or has no room. */
  readonly lasting: boolean
  /** Keeps an item; `at` (milliseconds since 1970) is its place among the others, by default first. */
  keep(item: Item, at?: number): void
  drop(id: string): void
}

/** What holds for the reader's visit, and what is known of it. */
export interface Privacy {
  readonly consent: Consent
  /** Who decided that; `off` when the publisher has switched Kanmai off. */
  readonly why: ConsentReason | 'off'
  /** Where signals go, as in `shop.example`. */
  readonly endpoint: string
  /** Taken and not yet delivered: by this page, and on the disk by all. */
  readonly waiting: readonly Signal[]
  /** Given up, and why; what the endpoint refused is set aside with its signal. */
  readonly lost: readonly Lost[]
  /** Of this tab: the visit's random id, and how many signals it has numbered. */
  readonly visit: { readonly session: string; readonly seq: number } | undefined
  /** Saved for later. */
  readonly saved: readonly SavedItem[]
  /** Delivered by this page. */
  readonly sent: Sent
  /** The reader does not want to be counted here. */
  readonly objected: boolean
  /** Whether the reader's objection outlives the page: not where the browser denies storage. */
  readonly remembered: boolean
  /** Forgets all of this, on the disk and in the other tabs too; what was delivered stays where it is. */
  wipe(): void
  /** The reader objects to being counted, or no longer does. */
  object(objects: boolean): void
}

/** `unknown`: the endpoint has answered, and knows no such thing. */
export type Answer<T> = { state: 'waiting' } | { state: 'ready'; value: T } | { state: 'failed'; issue: string; unknown?: boolean }

/**
 * An element asks for what it shows; the runtime on the document answers with a store.
 * @event kanmai-request
 */
export class KanmaiRequestEvent<K extends WishKind = WishKind> extends Event {
  static readonly type = 'kanmai-request'
  readonly wish: Wishes[K]['wish']
  /** Set by who answers; nobody did when it is missing. */
  answer?: Readable<Answer<Wishes[K]['value']>>

  constructor(wish: Wishes[K]['wish']) {
    super(KanmaiRequestEvent.type, { bubbles: true, composed: true })
    this.wish = wish
  }
}
