import { html, nothing, type TemplateResult } from 'lit'
import type { Item } from '../contract/item.ts'
import { pricePath } from '../core/price.ts'
import type { Span } from '../core/timeline.ts'
import type { FilmController } from './film-controller.ts'
import type { PageController } from './page-controller.ts'
import { bareHref, linkRel, linkTo, type Comer } from './product-link.ts'

export type Marker = HTMLElement & Comer & { span?: Span; looks?: Partial<Record<'shown' | 'flipped', boolean>> }

export const titleOf = (item: Item): string => item.shortTitle ?? item.title

function price(item: Item, page: PageController): TemplateResult | typeof nothing {
  const path = pricePath(item, page.now(), page.settings?.priceMaxAge)
  return path ? html`<b>${page.money(path.final ?? path.now)}</b>` : nothing
}

/** Name and price of a product. */
export function nameAndPrice(item: Item, page: PageController): TemplateResult {
  return html`<span class="name" dir="auto">${titleOf(item)}</span>${price(item, page)}`
}

/**
 * One product's marker: a button that opens its card or, when its cue says so, the product's link itself with the word
 * that discloses it beside. What is told beside one that is pointed at is made only then.
 */
export function renderMarker(
  span: Span,
  { film, page }: { film: FilmController; page: PageController },
  open: boolean,
  pointed: boolean,
  press: (event: Event) => void,
): TemplateResult {
  const item = film.itemOf(span)!
  const title = titleOf(item)
  const { cue } = span
  const label = pointed ? html`<span class="label" part="label" aria-hidden="true">${nameAndPrice(item, page)}</span>` : nothing
  const link = linkTo(item, page.settings, film.contextOf(span).placement)
  if (cue.follow && bareHref(link.url)) {
    const disclosure = item.disclosure ?? page.settings?.disclosure ?? page.words.disclosure
    return html`<a
      class="marker"
      aria-label="${title}, ${disclosure}"
      href=${bareHref(link.url)!}
      rel=${linkRel}
      target=${page.target}
      .span=${span}
      .product=${{ ...link, context: () => film.contextOf(span) }}
      ><span class="dot"></span><span class="ad" part="disclosure" title=${disclosure}>${disclosure}</span>${label}</a
    >`
  }
  const opens = cue.seek === undefined || !!cue.pause
  return html`<button
    class="marker"
    type="button"
    aria-label=${title}
    aria-haspopup=${opens ? 'dialog' : nothing}
    aria-expanded=${opens ? open : nothing}
    .span=${span}
    @click=${press}
  >
    <span class="dot"></span>${label}
  </button>`
}
