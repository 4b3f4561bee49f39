import type { ReactiveControllerHost } from 'lit'
import type { EventContext } from './events.ts'
import { broken } from './page-fit.ts'
import { whenIdle } from './when-idle.ts'

/** Has the element's impressions counted, by code that is loaded after it was painted. */
export function watchViews(host: ReactiveControllerHost & HTMLElement, context: () => EventContext | undefined): void {
  whenIdle(() =>
    import('./viewability-controller.ts').then(
      ({ ViewabilityController }) => new ViewabilityController(host, context),
      () => {}, // A page that went offline counts no views.
    ).catch(broken),
  )
}
