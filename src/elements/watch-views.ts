import type { ReactiveControllerHost } from 'lit'
import type { EventContext } from './events.ts'

/** Not in Safari yet; there a moment's wait does as well. */
const whenIdle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 200))

/** Has the element's impressions counted, by code that is loaded after it was painted. */
export function watchViews(host: ReactiveControllerHost & HTMLElement, context: () => EventContext | undefined): void {
  whenIdle(() =>
    import('./viewability-controller.ts').then(
      ({ ViewabilityController }) => new ViewabilityController(host, context),
      () => {}, // A page that went offline counts no views.
    ),
  )
}
