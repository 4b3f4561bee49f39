import type { Span } from '../core/timeline.ts'
import { ListRequestEvent } from './list-request.ts'
import type { CardHost, OverlayCard } from './overlay-card.ts'

/** A hotkey of the player must not act on what was meant for a marker or a card; */
export function keepKey(event: KeyboardEvent): void {
  const { key, ctrlKey, altKey, metaKey } = event
  if (!ctrlKey && !altKey && !metaKey && key !== 'Tab' && key !== 'Escape') event.stopPropagation()
}

/** nor may its own click. A link's is heard by the page, which follows it. */
export function keepClick(event: Event): void {
  if (!(event.composedPath() as Partial<Element>[]).some(({ localName }) => localName === 'a')) event.stopPropagation()
}

/** A marker was pressed: it opens or closes its card, jumps in the film, or both. */
export function pressMarker({ film }: CardHost, card: OverlayCard, event: Event, span: Span): void {
  const { seek, pause } = span.cue
  if (seek !== undefined) film.seek(seek)
  if (card.isOf(span)) card.close()
  else if (seek === undefined || pause) card.show(span, event.currentTarget as HTMLElement)
}

/** Each press shows the next of the products that the badge stands for; in a rail, when the picture is too `small` for a card. */
export function pressBadge(host: CardHost & { media?: string | undefined }, card: OverlayCard, event: Event, spans: readonly Span[], small: boolean): void {
  if (small) {
    const list = new ListRequestEvent(host.media, host.film.player?.box, spans.map(({ cue }) => cue.item))
    document.dispatchEvent(list)
    if (list.taken) return
  }
  const current = spans.findIndex((span) => card.isOf(span))
  if (current >= 0 && spans.length === 1) card.close()
  else card.show(spans[(current + 1) % spans.length]!, event.currentTarget as HTMLElement)
}
