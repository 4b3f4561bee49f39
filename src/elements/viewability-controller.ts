import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { isViewable, ViewClock, viewableShares } from '../core/viewability.ts'
import { KanmaiImpressionEvent, type EventContext } from './events.ts'
import type { Comer } from './product-link.ts'

interface Watch {
  onScreen(share: number, area: number): void
  onVisibility(): void
}

// One observer and one listener for all elements of the page, as long as there are any.
const watches = new Map<Element, Watch>()
let observer: IntersectionObserver | undefined

function handleEntries(entries: IntersectionObserverEntry[]): void {
  for (const { target, intersectionRatio, boundingClientRect: box } of entries) {
    watches.get(target)?.onScreen(intersectionRatio, box.width * box.height)
  }
}

function handleVisibility(): void {
  for (const watch of watches.values()) watch.onVisibility()
}

function watch(element: Element, by: Watch): void {
  if (!watches.size) document.addEventListener('visibilitychange', handleVisibility)
  observer ??= new IntersectionObserver(handleEntries, { threshold: [0, ...viewableShares] })
  watches.set(element, by)
  observer.observe(element)
}

function unwatch(element: Element): void {
  if (!watches.delete(element)) return
  observer?.unobserve(element)
  if (!watches.size) document.removeEventListener('visibilitychange', handleVisibility)
}

type Host = ReactiveControllerHost & Comer & HTMLElement & { hasUpdated?: boolean }

/**
 * Says once for each item and placement that its element was seen. A followed link counts as seen. Loaded after the
 * first paint; `context` is undefined while there is nothing worth seeing.
 */
export class ViewabilityController implements ReactiveController, Watch {
  private readonly host: Host
  private readonly context: () => EventContext | undefined
  private readonly clock = new ViewClock()
  private viewable = false
  private timer: ReturnType<typeof setTimeout> | undefined
  /** What is being watched, and afterwards what was seen. */
  private subject = ''

  constructor(host: Host, context: () => EventContext | undefined) {
    this.host = host
    this.context = context
    host.addController(this)
    // What it watches from now on may have stood there before.
    if (host.hasUpdated) host.came = undefined
  }

  hostConnected(): void {
    this.host.addEventListener('kanmai-select', this.seen)
    this.hostUpdated()
  }

  hostUpdated(): void {
    if (!this.host.isConnected) return
    const { item, placement, offer } = this.context() ?? {}
    const subject = item ? [item, placement, offer].join('\n') : ''
    if (subject === this.subject) return
    this.stop()
    this.subject = subject
    if (!subject) return
    watch(this.host, this)
    this.host.came = Date.now()
  }

  hostDisconnected(): void {
    this.host.removeEventListener('kanmai-select', this.seen)
    // What was not seen yet is watched again when the element comes back.
    if (watches.has(this.host)) this.subject = ''
    this.stop()
  }

  onScreen(share: number, area: number): void {
    this.viewable = isViewable(share, area)
    this.onVisibility()
  }

  onVisibility(): void {
    clearTimeout(this.timer)
    const wait = this.clock.update(this.viewable && !document.hidden, performance.now())
    if (wait === 0) this.seen()
    else if (wait) this.timer = setTimeout(() => this.onVisibility(), wait)
  }

  private readonly seen = (): void => {
    const context = this.context()
    if (!context || !watches.has(this.host)) return
    this.stop()
    this.host.dispatchEvent(new KanmaiImpressionEvent(context))
  }

  private stop(): void {
    unwatch(this.host)
    clearTimeout(this.timer)
    this.clock.update(false, 0)
    this.viewable = false
  }
}
