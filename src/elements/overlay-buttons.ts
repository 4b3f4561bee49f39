import { html, nothing, type TemplateResult } from 'lit'
import type { Span } from '../core/timeline.ts'
import type { FilmController } from './film-controller.ts'
import { nameAndPrice } from './overlay-marker.ts'
import type { Screens } from './overlay-screens.ts'
import type { PageController } from './page-controller.ts'

/** Stands for products without a place on the picture, and for all of them when it is small. */
export function renderBadge(
  spans: readonly Span[],
  { film, page }: { film: FilmController; page: PageController },
  open: boolean,
  press: (event: Event) => void,
): TemplateResult {
  const [first] = spans
  return html`<button class="badge" part="badge" type="button" aria-haspopup="dialog" aria-expanded=${open} @click=${press}>
    ${spans.length > 1 ? page.words.products(spans.length.toLocaleString(page.locale)) : nameAndPrice(film.itemOf(first!)!, page)}
  </button>`
}

const icon = (path: string): TemplateResult => html`<svg viewBox="0 0 14 14" aria-hidden="true"><path d=${path} /></svg>`

/** In the picture's corner: to the whole screen and back, where `screens` can, and away with what is shown. */
export function renderCorner(page: PageController, screens: Screens | undefined, dismiss: (() => void) | undefined): TemplateResult {
  const { words } = page
  const filled = screens?.filled
  const word = filled ? words.leaveFullscreen : words.fullscreen
  return html`<div class="corner">
    ${screens?.container()
      ? html`<button part="fullscreen" type="button" title=${word} aria-label=${word} @click=${() => screens.toggle()}>
          ${icon(filled ? 'M1 5h4V1M9 1v4h4M13 9H9v4M5 13V9H1' : 'M1 5V1h4M9 1h4v4M13 9v4H9M5 13H1V9')}
        </button>`
      : nothing}
    ${dismiss
      ? html`<button part="dismiss" type="button" title=${words.hideMarkers} aria-label=${words.hideMarkers} @click=${dismiss}>
          ${icon('M2 2l10 10M12 2L2 12')}
        </button>`
      : nothing}
  </div>`
}
