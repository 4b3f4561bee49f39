import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { KanmaiRequestEvent, type Answer, type WishKind, type Wishes } from './wish.ts'

/**
 * Asks for what its element wishes, follows the answer and renders the element again when it changes. A wish that
 * nobody answered is asked again when a runtime starts; while the element has no wish, there is no answer.
 */
export class AskController<K extends WishKind> implements ReactiveController {
  answer: Answer<Wishes[K]['value']> | undefined

  private readonly host: ReactiveControllerHost & Node
  private readonly wish: () => Wishes[K]['wish'] | undefined
  private asked = ''
  private unsubscribe: (() => void) | undefined

  constructor(host: ReactiveControllerHost & Node, wish: () => Wishes[K]['wish'] | undefined) {
    this.host = host
    this.wish = wish
    host.addController(this)
  }

  /** The answered value, as long as there is one. */
  get value(): Wishes[K]['value'] | undefined {
    return this.answer?.state === 'ready' ? this.answer.value : undefined
  }

  hostConnected(): void {
    document.addEventListener('kanmai-ready', this.askAgain)
    if (!this.unsubscribe) this.drop()
    this.ask()
  }

  hostUpdate(): void {
    this.ask()
  }

  hostDisconnected(): void {
    // An element that is moved is there again at once, and goes on with its answer.
    queueMicrotask(() => this.host.isConnected || this.stop())
  }

  /** Lets go of the answer, until the element comes in again. */
  stop(): void {
    document.removeEventListener('kanmai-ready', this.askAgain)
    this.drop()
  }

  private askAgain = (): void => {
    if (!this.unsubscribe) this.drop()
    this.host.requestUpdate()
  }

  private drop(): void {
    this.unsubscribe?.()
    this.unsubscribe = undefined
    this.asked = ''
  }

  private ask(): void {
    const wish = this.wish()
    const asked = wish ? Object.entries(wish).join('\n') : ''
    if (asked === this.asked) return
    this.drop()
    this.asked = asked
    this.answer = undefined
    if (!wish) return

    const request = new KanmaiRequestEvent<K>(wish)
    this.host.dispatchEvent(request)
    this.unsubscribe = request.answer?.subscribe((answer) => {
      this.answer = answer
      this.host.requestUpdate()
    })
  }
}
