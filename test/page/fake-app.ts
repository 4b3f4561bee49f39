import { BridgeCall, bridgeBodies, bridgeVersion, type BridgeVerb } from '../../src/contract/bridge.ts'
import { parse } from '../../src/contract/parse.ts'
import type { AppWindow } from '../../src/page/bridge/app-window.ts'

export type Reply = { ok: boolean; value?: unknown } | undefined

/** An app as a test wants it, which reads every message by the contract before it answers. */
export class FakeApp {
  readonly calls: (BridgeCall & { body: Record<string, unknown> })[] = []
  /** What the contract had against a message. */
  readonly issues: string[] = []
  verbs: string[] = ['open', 'copy', 'share', 'login', 'signal']
  signals: 'also' | 'instead' | undefined
  /** What it replies to all but the greeting; nothing is silence. */
  reply: (call: BridgeCall) => Reply | Promise<Reply> = () => ({ ok: true })
  /** The last word on what goes over the line. */
  write: (answer: object, call: BridgeCall) => unknown = (answer) => JSON.stringify(answer)

  /** Takes a message; resolves to what goes back, to undefined in silence. */
  async hear(message: unknown): Promise<unknown> {
    const { value: call, issues } = parse(BridgeCall, JSON.parse(String(message)), 'call')
    this.issues.push(...issues)
    if (!call) return undefined
    const body = parse(bridgeBodies[call.verb], call.body, call.verb)
    this.issues.push(...body.issues)
    this.calls.push(call as BridgeCall & { body: Record<string, unknown> })
    const reply = call.verb === 'hello' ? { ok: true, value: { verbs: this.verbs, signals: this.signals } } : await this.reply(call)
    return reply && this.write({ kanmai: bridgeVersion, id: call.id, ...reply }, call)
  }

  asked(verb: BridgeVerb | 'hello'): Record<string, unknown>[] {
    return this.calls.filter((it) => it.verb === verb).map((it) => it.body)
  }
}

/** One way in which an app stands around a page. */
export interface Place {
  name: string
  /** What the page config must say of the app. */
  app?: { origin?: string }
  /** Puts the app around a page; the returned function takes it away. */
  put(app: FakeApp, view: Window): () => void
}

const own = (view: Window): AppWindow => view as unknown as AppWindow
const set = <K extends keyof AppWindow>(view: Window, name: K, value: AppWindow[K]): (() => void) => {
  Object.defineProperty(view, name, { configurable: true, writable: true, value })
  return () => void delete own(view)[name]
}
const inject = (target: EventTarget, data: unknown): void => void target.dispatchEvent(new MessageEvent('message', { data }))

export const places: Place[] = [
  {
    name: 'a WKWebView with a message handler that replies',
    put: (app, view) => set(view, 'webkit', { messageHandlers: { kanmai: { postMessage: (message) => app.hear(message) } } }),
  },
  {
    name: 'an Android WebView with a message listener',
    put(app, view) {
      const kanmai: NonNullable<AppWindow['kanmai']> = {
        onmessage: null,
        postMessage: (message) => void app.hear(message).then((data) => data && kanmai.onmessage?.({ data })),
      }
      return set(view, 'kanmai', kanmai)
    },
  },
  ...(['window', 'document'] as const).map((heard): Place => ({
    name: `a React Native web view whose answers come to the ${heard}`,
    app: {},
    put: (app, view) =>
      set(view, 'ReactNativeWebView', {
        postMessage: (message) => void app.hear(message).then((data) => data && inject(heard === 'window' ? view : view.document, data)),
      }),
  })),
  {
    name: 'a page around the frame',
    app: { origin: location.origin },
    put(app, view) {
      const handleMessage = async ({ data }: MessageEvent): Promise<void> => {
        if (typeof data !== 'string' || !data.startsWith('{"kanmai"')) return
        const answer = await app.hear(data)
        if (answer) view.postMessage(answer, location.origin)
      }
      view.parent.addEventListener('message', handleMessage as never)
      return () => view.parent.removeEventListener('message', handleMessage as never)
    },
  },
]

/** A page of its own in a frame, so that nothing a test puts on its window stays. */
export function framedPage(): { view: Window; stop: () => void } {
  const frame = document.body.appendChild(document.createElement('iframe'))
  return { view: frame.contentWindow!, stop: () => frame.remove() }
}
