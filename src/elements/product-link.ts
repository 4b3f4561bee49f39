import { isHttpLink } from '../contract/http-link.ts'
import type { Item } from '../contract/item.ts'
import type { BareConfig } from '../contract/bare-config.ts'
import { refSlot, stampRef } from '../core/click-ref.ts'
import type { KanmaiClaimEvent } from './events.ts'
import { KanmaiIntentEvent, KanmaiSelectEvent, type EventContext } from './link-events.ts'
import { contained } from './page-fit.ts'

/** Says to search engines and link rewriters what a product link is. */
export const linkRel = 'sponsored nofollow noopener norewrite noskim'

/** Where a link leads, with the slot for its ref, and how to tell where it stands at the moment it is followed. */
export interface ProductLink {
  url: string
  context: () => EventContext
  /** Where else it leads, for who opens apps. */
  links?: Item['links'] | undefined
  /** What following it means, when it is not that a product was selected. */
  event?: typeof KanmaiClaimEvent
}

/** What is, or holds, a product link; `came` is when it came to where it is, in milliseconds since 1970, as far as that was noticed. */
export type Comer = Element & { came?: number | undefined }

/** An anchor that carries its product: `<a .product=${link} href=${bareHref(link.url)} rel=${linkRel}>`. */
export type ProductAnchor = HTMLAnchorElement &
  Comer & {
    product?: ProductLink
    intent?: KanmaiIntentEvent | undefined
    /** A person's press elsewhere stands behind the click that is being made of it. */
    trusted?: boolean
  }

/** The address before anyone means to follow it: its ref slot is empty. Undefined for what must not be a link. */
export const bareHref = (url: string | undefined): string | undefined => (isHttpLink(url) ? stampRef(url) : undefined)

/** The link to an item's shop as it is wanted in a placement: a direct one when nothing of its reader may be sent. */
export function linkTo({ url, links }: Item, settings: BareConfig | undefined, placement: string | undefined): Pick<ProductLink, 'url' | 'links'> {
  const way = settings?.consent === 'none' ? 'direct' : settings?.placements?.[placement!]?.link
  return { url: links?.[way!] ?? url, links }
}

/** A link that stands in the page may lead over the endpoint's own redirector, which counts under the ref it is given. */
export const withRefSlot = (href: string): string => (/\/v1\/[^/]+\/go\/[^/?#]+$/.test(href) ? `${href}?ref=${refSlot}` : href)

function handle(event: Event): void {
  const anchor = (event.target as Element).closest?.('a') as ProductAnchor | null
  const { url, context, event: Followed = KanmaiSelectEvent } = anchor?.product ?? {}
  const { type, button, key, isTrusted } = event as MouseEvent & KeyboardEvent
  // Of the other buttons only the middle one follows a link, of the keys only Enter.
  if (!anchor || !context || !isHttpLink(url) || (type === 'auxclick' && button !== 1) || (key && key !== 'Enter')) return

  // At the first sign of intent the link gets its ref, before the browser reads its address: one for each following.
  const intent = anchor.intent ?? new KanmaiIntentEvent(context())
  if (!anchor.intent) anchor.dispatchEvent((anchor.intent = intent))
  const place: EventContext = { ...context() }
  const href = stampRef(url, intent.ref, place)
  anchor.href = href
  if (!type.endsWith('click')) return

  anchor.intent = undefined
  if (!isTrusted && !anchor.trusted) place.trusted = false
  if (!anchor.dispatchEvent(new Followed(place, href, intent.ref))) event.preventDefault()
}

const handleSafely = contained(handle)

/** Makes the product links in an element's shadow root count. The listeners live and die with the root. */
export function watchLinks<T extends HTMLElement | DocumentFragment>(root: T): T {
  for (const type of ['pointerdown', 'keydown', 'contextmenu', 'dragstart', 'click', 'auxclick']) root.addEventListener(type, handleSafely)
  return root
}
