import { mark } from '../../src/runtime/start.ts'
import type { Wire } from '../../src/transport/wire.ts'

type Answering = (path: string, init?: RequestInit) => unknown

/** How an endpoint answers that is well: a config, items named `lamp…`, receipts. */
export const well: Answering = (path, init) => {
  if (path === '/config') return { publisher: 'demo' }
  if (path.startsWith('/items?ids=')) {
    const ids = decodeURIComponent(path.slice('/items?ids='.length)).split(',')
    return { items: ids.filter((id) => id.startsWith('lamp')).map((id) => ({ id, title: id, url: 'https://shop.example/?ref={ref}' })) }
  }
  if (path.startsWith('/feeds/')) return { list: 'list', items: [{ id: 'lamp', title: 'Lamp', url: 'https://shop.example' }] }
  if (path.startsWith('/media/')) return { media: { id: 'film' }, cues: [{ id: 'c1', item: 'lamp', start: 1, end: 2 }], items: [] }
  if (path === '/signals') {
    const { signals } = JSON.parse(init!.body as string) as { signals: { id: string }[] }
    return { accepted: signals.map((it) => it.id), duplicate: [], rejected: [], now: new Date().toISOString() }
  }
  return new Response('', { status: 404 })
}

/** An endpoint of a test's own making: answers as told, remembers what was asked and sent. */
export class FakeEndpoint {
  answer: Answering
  readonly asked: string[] = []
  readonly beacons: string[] = []
  readonly streams: FakeStream[] = []
  readonly signals: Record<string, unknown>[] = []
  private waiting: (() => void)[] = []

  constructor(answer: Answering = well) {
    this.answer = answer
  }

  readonly wire: Wire = {
    fetch: async (url, init) => {
      const path = url.replace(/^.*\/v1\/[^/]+/, '')
      this.asked.push(path)
      this.look()
      const answer = await this.answer(path, init)
      if (path === '/signals' && !(answer instanceof Response)) this.signals.push(...(JSON.parse(init!.body as string) as { signals: [] }).signals)
      this.look()
      return answer instanceof Response ? answer : new Response(JSON.stringify(answer), { headers: { date: new Date().toUTCString() } })
    },
    beacon: (_url, body) => this.beacons.push(body) > 0,
    stream: (url) => {
      const stream = new FakeStream(url)
      this.streams.push(stream)
      this.look()
      return stream as unknown as EventSource
    },
  }

  private look(): void {
    this.waiting.splice(0).forEach((it) => it())
  }

  /** Waits until something holds, looking after every request. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.waiting.push(resolve))
  }
}

export class FakeStream extends EventTarget {
  readyState = 0
  readonly url: string
  constructor(url: string) {
    super()
    this.url = url
  }
  say(id: string, data: unknown, type = 'cue'): void {
    this.dispatchEvent(new MessageEvent(type, { data: typeof data === 'string' ? data : JSON.stringify(data), lastEventId: id }))
  }
  /** The endpoint refuses it: the browser gives it up. */
  refuse(): void {
    this.readyState = 2
    this.dispatchEvent(new Event('error'))
  }
  close(): void {
    this.readyState = 2
  }
}

/** Another publisher for every test: each has its own outbox. */
let number = 0
export const aPublisher = (): string => `demo-${number++}-${Math.random().toString(36).slice(2)}`

/** What reaches the console and what escapes into the page, until the returned function is called. */
export function listenToPage() {
  const lines: string[] = []
  const escaped: unknown[] = []
  const waiting: (() => void)[] = []
  const warn = console.warn
  console.warn = (line: string) => {
    lines.push(line)
    waiting.splice(0).forEach((look) => look())
  }
  const handleError = (event: ErrorEvent) => escaped.push(event.message)
  const handleRejection = (event: PromiseRejectionEvent) => escaped.push(event.reason)
  addEventListener('error', handleError)
  addEventListener('unhandledrejection', handleRejection)
  return {
    lines,
    escaped,
    async line(): Promise<void> {
      if (!lines.length) await new Promise<void>((resolve) => waiting.push(resolve))
    },
    stop() {
      console.warn = warn
      removeEventListener('error', handleError)
      removeEventListener('unhandledrejection', handleRejection)
    },
  }
}

export const isTaken = (): boolean => mark in window
