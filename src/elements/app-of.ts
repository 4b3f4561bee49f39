import type { Bridge } from '../core/bridge.ts'
import { KanmaiRequestEvent } from './wish.ts'

/** The app around the page, once it has been greeted. */
export function appOf(element: EventTarget): Bridge | undefined {
  const request = new KanmaiRequestEvent<'app'>({ kind: 'app' })
  element.dispatchEvent(request)
  const answer = request.answer?.get()
  return answer?.state === 'ready' ? answer.value : undefined
}
