import { KanmaiEvent, type EventContext } from './link-events.ts'

export * from './link-events.ts'

/** Half of a product was on the screen for one continuous second. */
export class KanmaiImpressionEvent extends KanmaiEvent {
  constructor(context: EventContext) {
    super('kanmai-impression', context)
  }
}

/** A product's card was opened from a marker or the rail. */
export class KanmaiOpenEvent extends KanmaiEvent {
  constructor(context: EventContext) {
    super('kanmai-open', context)
  }
}

/** The open card was closed. */
export class KanmaiCloseEvent extends KanmaiEvent {
  constructor(context: EventContext) {
    super('kanmai-close', context)
  }
}

/** A coupon is being claimed. `preventDefault()` stops the browser from following its link. */
export class KanmaiClaimEvent extends KanmaiEvent {
  /** Where it is claimed, with its ref. */
  readonly href: string | undefined
  readonly ref: string | undefined

  constructor(context: EventContext, href?: string, ref?: string) {
    super('kanmai-claim', context, true)
    this.href = href
    this.ref = ref
  }
}

/** A coupon code was copied. */
export class KanmaiCopyEvent extends KanmaiEvent {
  readonly code: string
  constructor(context: EventContext, code: string) {
    super('kanmai-copy', context)
    this.code = code
  }
}

/** A product was kept for later. */
export class KanmaiSaveEvent extends KanmaiEvent {
  constructor(context: EventContext) {
    super('kanmai-save', context)
  }
}

/** A product was shared. */
export class KanmaiShareEvent extends KanmaiEvent {
  /** What was shared, with a ref of its own. */
  readonly href: string | undefined
  readonly ref: string | undefined

  constructor(context: EventContext, href?: string, ref?: string) {
    super('kanmai-share', context)
    this.href = href
    this.ref = ref
  }
}

/** Something could not be shown. The element stands in its quiet state; `issue` says what is wrong and how to mend it. */
export class KanmaiErrorEvent extends KanmaiEvent {
  readonly issue: string
  constructor(context: EventContext, issue: string) {
    super('kanmai-error', context)
    this.issue = issue
  }
}

declare global {
  interface HTMLElementEventMap {
    'kanmai-impression': KanmaiImpressionEvent
    'kanmai-open': KanmaiOpenEvent
    'kanmai-close': KanmaiCloseEvent
    'kanmai-claim': KanmaiClaimEvent
    'kanmai-copy': KanmaiCopyEvent
    'kanmai-save': KanmaiSaveEvent
    'kanmai-share': KanmaiShareEvent
    'kanmai-error': KanmaiErrorEvent
  }
}
