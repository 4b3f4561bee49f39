import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Item } from '../contract/item.ts'
import { KanmaiRequestEvent, type Answer } from './wish.ts'

/** Asks for as many items as its element wants at the moment, and follows the answers. */
export class ItemsController implements ReactiveController {
  private readonly host: ReactiveControllerHost & EventTarget
  private readonly wanted: () => readonly string[]
  private readonly asked = new Map<string, { answer?: Answer<Item>; leave?: (() => void) | undefined }>()

  constructor(host: ReactiveControllerHost & EventTarget, wanted: () => readonly string[]) {
    this.host = host
    this.wanted = wanted
    host.addController(this)
  }

  answer(id: string): Answer<Item> | undefined {
    return this.asked.get(id)?.answer
  }

  hostUpdate(): void {
    const ids = new Set(this.wanted())
    for (const id of [...this.asked.keys()].filter((it) => !ids.has(it))) this.drop(id)
    for (const id of ids) if (!this.asked.has(id)) this.ask(id)
  }

  hostDisconnected(): void {
    for (const id of [...this.asked.keys()]) this.drop(id)
  }

  private ask(item: string): void {
    const request = new KanmaiRequestEvent<'item'>({ kind: 'item', item })
    const entry: { answer?: Answer<Item>; leave?: (() => void) | undefined } = {}
    this.asked.set(item, entry)
    this.host.dispatchEvent(request)
    entry.leave = request.answer?.subscribe((answer) => {
      entry.answer = answer
      this.host.requestUpdate()
    })
  }

  private drop(id: string): void {
    this.asked.get(id)?.leave?.()
    this.asked.delete(id)
  }
}
