// What a page needs before anything is shown or pressed; events.ts has the others.

/** Where a thing happened: the same fields on every event, absent when not known. */
export interface EventContext {
  item?: string | undefined
  placement?: string | undefined
  media?: string | undefined
  /** Second of the media. */
  second?: number | undefined
  cue?: string | undefined
  offer?: string | undefined
  /** The list the item stood in, and its place in it (0 is first). */
  list?: string | undefined
  position?: number | undefined
  /** Of a link that was followed: `false` when no press of a person's has done it. */
  trusted?: boolean | undefined
}

/** What all Kanmai events have in common: they bubble, cross shadow roots and say where they happened. */
export abstract class KanmaiEvent extends Event implements EventContext {
  declare readonly item?: string
  declare readonly placement?: string
  declare readonly media?: string
  declare readonly second?: number
  declare readonly cue?: string
  declare readonly offer?: string
  declare readonly list?: string
  declare readonly position?: number
  declare readonly trusted?: boolean

  constructor(type: string, context: EventContext = {}, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable })
    Object.assign(this, context)
  }
}

/** A product link is being followed. `preventDefault()` stops the browser from following it: the host takes over. */
export class KanmaiSelectEvent extends KanmaiEvent {
  /** Where the link leads, with its ref. */
  readonly href: string
  /** The click reference in the link, unless consent forbids one. */
  readonly ref: string | undefined

  constructor(context: EventContext, href: string, ref?: string) {
    super('kanmai-select', context, true)
    this.href = href
    this.ref = ref
  }
}

/**
 * First sign that a product link will be followed (pointerdown, keydown, contextmenu). Whoever keeps the books mints
 * the click's `ref`; the element stamps it into the link. Without one the link goes out bare.
 */
export class KanmaiIntentEvent extends KanmaiEvent {
  declare ref?: string
  constructor(context: EventContext) {
    super('kanmai-intent', context)
  }
}

/** The runtime has started: ask now, or ask again. Fired on the document. */
export class KanmaiReadyEvent extends Event {
  constructor() {
    super('kanmai-ready')
  }
}

declare global {
  interface HTMLElementEventMap {
    'kanmai-select': KanmaiSelectEvent
    'kanmai-intent': KanmaiIntentEvent
  }
  interface DocumentEventMap {
    'kanmai-ready': KanmaiReadyEvent
  }
}
