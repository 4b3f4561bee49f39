import { settleMs } from '../core/settle.ts'
import type { Comer, ProductAnchor } from './product-link.ts'

/** Watches how product links are pressed. */
export interface Presses {
  /** Milliseconds from the link's coming to where it is to its press, when these were so few that it may be a mistake. */
  afterShown(followed: Event): number | undefined
  stop(): void
}

const linkIn = (event: Event): ProductAnchor | undefined =>
  event.composedPath().find((it): it is ProductAnchor => (it as Element).localName === 'a' && 'product' in it)

function ageOf(link: ProductAnchor): number {
  const { host } = link.getRootNode() as Node & { host?: Comer }
  return Date.now() - Math.max(link.came ?? 0, host?.came ?? 0)
}

/**
 * A link comes to where it is when its element says so, and when it comes under a mouse that rests: the page has brought
 * it there, not the reader. A finger has no place before it presses.
 */
export function watchPresses(page: Document): Presses {
  let rest: { x: number; y: number } | undefined
  let pressed: { link: ProductAnchor; age: number } | undefined

  function handleMove({ clientX: x, clientY: y }: PointerEvent): void {
    rest = { x, y }
  }
  function handleOver(event: PointerEvent): void {
    const { pointerType, clientX, clientY } = event
    const link = pointerType === 'mouse' && clientX === rest?.x && clientY === rest.y && linkIn(event)
    const came = Date.now()
    // WebKit hears of it only with the press itself, which tells nothing of when it was.
    if (link) setTimeout(() => (link.came = came))
  }
  // The press counts, not the release.
  function handlePress(event: Event): void {
    const link = linkIn(event)
    pressed = link && { link, age: ageOf(link) }
  }

  const listeners = { pointermove: handleMove, pointerover: handleOver, pointerdown: handlePress, keydown: handlePress }
  const names = Object.entries(listeners) as [string, EventListener][]
  const passive = { capture: true, passive: true }
  for (const [name, handle] of names) page.addEventListener(name, handle, passive)
  return {
    afterShown(followed) {
      const link = linkIn(followed)
      const age = pressed && pressed.link === link ? pressed.age : link && ageOf(link)
      pressed = undefined
      return age !== undefined && age < settleMs ? Math.max(0, age) : undefined
    },
    stop() {
      for (const [name, handle] of names) page.removeEventListener(name, handle, passive)
    },
  }
}
