import type { FeedPage, Item } from '../../src/contract/item.ts'
import type { Readable } from '../../src/core/readable.ts'
import type { Answer, PageSettings, Wish } from '../../src/elements/wish.ts'
import { KanmaiRequestEvent } from '../../src/elements/wish.ts'

type Feed = Extract<Wish, { kind: 'feed' }>

interface Store<T> extends Readable<T> {
  set(value: T): void
  listeners: number
}

function store<T>(value: T): Store<T> {
  const listeners = new Set<(value: T) => void>()
  return {
    get: () => value,
    set: (next) => {
      value = next
      listeners.forEach((it) => it(value))
    },
    subscribe: (listener) => {
      listeners.add(listener)
      listener(value)
      return () => void listeners.delete(listener)
    },
    get listeners() {
      return listeners.size
    },
  }
}

export interface FakePage {
  /** What was asked for, in order. */
  asked: Wish[]
  items: Record<string, Store<Answer<Item>>>
  feed: (wish: Feed) => Answer<FeedPage> | Promise<Answer<FeedPage>>
  settings: Store<Answer<PageSettings>>
  /** Kanmai's events that reached the document. */
  heard: (Event & Record<string, unknown>)[]
  hear(type: string): (Event & Record<string, unknown>)[]
  /** Stores that somebody still follows. */
  followed(): number
  stop(): void
}

/** A page with a runtime as a test wants it. Refs are `ref1`, `ref2`, … */
export function fakePage(): FakePage {
  const made: Store<never>[] = []
  const make = <T>(answer: Answer<T>): Store<Answer<T>> => {
    const made1 = store(answer)
    made.push(made1 as unknown as Store<never>)
    return made1
  }
  const page: FakePage = {
    asked: [],
    items: {},
    feed: () => ({ state: 'waiting' }),
    settings: make<PageSettings>({ state: 'ready', value: { publisher: 'demo', now: () => Date.now() } }),
    heard: [],
    hear: (type) => page.heard.filter((it) => it.type === type),
    followed: () => made.filter((it) => it.listeners).length,
    stop,
  }
  const handleRequest = (event: Event): void => {
    const request = event as KanmaiRequestEvent
    const { wish } = request
    page.asked.push(wish)
    if (wish.kind === 'page') request.answer = page.settings
    if (wish.kind === 'item') request.answer = page.items[wish.item] ??= make<Item>({ state: 'waiting' })
    if (wish.kind === 'feed') {
      const answer = page.feed(wish)
      const $answer = make<FeedPage>(answer instanceof Promise ? { state: 'waiting' } : answer)
      if (answer instanceof Promise) void answer.then((it) => $answer.set(it))
      request.answer = $answer
    }
  }
  let refs = 0
  const handleIntent = (event: Event): void => void ((event as Event & { ref?: string }).ref = `ref${++refs}`)
  const types = ['select', 'impression', 'claim', 'copy', 'error', 'intent'].map((it) => `kanmai-${it}`)
  const handleAny = (event: Event): void => void page.heard.push(event as Event & Record<string, unknown>)
  // Links are never followed in a test.
  const stay = (event: Event): void => event.preventDefault()

  document.addEventListener('kanmai-request', handleRequest)
  document.addEventListener('kanmai-intent', handleIntent)
  types.forEach((type) => document.addEventListener(type, handleAny))
  document.addEventListener('click', stay)
  document.addEventListener('auxclick', stay)
  function stop(): void {
    document.removeEventListener('kanmai-request', handleRequest)
    document.removeEventListener('kanmai-intent', handleIntent)
    types.forEach((type) => document.removeEventListener(type, handleAny))
    document.removeEventListener('click', stay)
    document.removeEventListener('auxclick', stay)
  }
  return page
}

/** Waits, frame by frame, for what must come. */
export async function until<T>(what: () => T): Promise<NonNullable<T>> {
  for (;;) {
    const it = what()
    if (it) return it as NonNullable<T>
    await new Promise((resolve) => setTimeout(resolve, 16))
  }
}

/** Document and window listeners that were added while `run` ran, less those that were removed. */
export async function leftListeners(run: () => Promise<void>): Promise<string[]> {
  const left = new Map<string, number>()
  const { addEventListener, removeEventListener } = EventTarget.prototype
  const isPage = (it: EventTarget) => it === document || it === window || it === undefined
  const count = (type: string, by: number) => left.set(type, (left.get(type) ?? 0) + by)
  EventTarget.prototype.addEventListener = function (type: string, ...rest: [never]) {
    if (isPage(this)) count(type, 1)
    return addEventListener.call(this, type, ...rest)
  }
  EventTarget.prototype.removeEventListener = function (type: string, ...rest: [never]) {
    if (isPage(this)) count(type, -1)
    return removeEventListener.call(this, type, ...rest)
  }
  try {
    await run()
  } finally {
    Object.assign(EventTarget.prototype, { addEventListener, removeEventListener })
  }
  return [...left].filter(([, count]) => count > 0).map(([type]) => type)
}
