import type { FilmController } from './film-controller.ts'
import { players } from './overlay-edges.ts'
import { contains } from './overlay-stage.ts'
import type { ProductAnchor } from './product-link.ts'

/** What becomes of an overlay when its film fills the screen. */
export interface ScreenHost extends HTMLElement {
  for?: string
  readonly film: FilmController
  readonly layer: HTMLElement | null
  readonly ground: { measure(): void }
  readonly updateComplete: Promise<boolean>
  modal: boolean
  away: boolean
  moving: boolean
  close(): void
  requestUpdate(): void
}

export interface Screens {
  /** Whether the film fills the screen now. */
  readonly filled: boolean
  /** What would fill the screen together with the film; undefined when nothing can. */
  container(): HTMLElement | undefined
  /** Brings the container to the whole screen or back; to be called by a press. */
  toggle(): void
  /** Looks anew at what fills the screen. */
  update(): void
  stop(): void
}

/** The element that fills the screen and holds `box`, or is it: the outermost that a shadow root names may be deeper within. */
function fullscreenOf(box: Element): Element | undefined {
  for (let root: Node | undefined = box.getRootNode(); root; root = (root as Partial<ShadowRoot>).host?.getRootNode()) {
    const { fullscreenElement } = root as Partial<DocumentOrShadowRoot>
    if (fullscreenElement && contains(fullscreenElement, box)) return fullscreenElement
  }
  return undefined
}

/** Follows the film into fullscreen and back. */
export function createScreens(host: ScreenHost): Screens {
  let home: { parent: ParentNode; next: ChildNode | null } | undefined
  let above: HTMLElement | undefined
  let restore: (() => void) | undefined
  let close: (() => void) | undefined

  const moveTo = (parent: ParentNode, next: ChildNode | null): void => {
    host.moving = true
    parent.insertBefore(host, next)
    host.moving = false
  }
  const goHome = (): void => {
    if (!home) return
    const { parent, next } = home
    home = undefined
    moveTo(parent, next?.parentNode === parent ? next : null)
  }

  /** Over what fills the screen alone the top layer is drawn but never hit: clicks there are tried against the markers. */
  const goAbove = (full: HTMLElement): void => {
    const { layer } = host
    if (!layer?.showPopover) return
    above = full
    host.modal = true
    layer.popover = 'manual'
    layer.showPopover()
    full.addEventListener('click', handleClick, true)
  }
  const leaveAbove = (): void => {
    above?.removeEventListener('click', handleClick, true)
    above = undefined
    host.modal = false
    host.layer?.removeAttribute('popover')
  }
  const handleClick = (event: MouseEvent): void => {
    const { clientX: x, clientY: y } = event
    const buttons = host.layer?.querySelectorAll<HTMLElement & Pick<ProductAnchor, 'trusted'>>('.marker.shown,.badge,.corner button') ?? []
    const hit = [...buttons].find((button) => {
      const { left, right, top, bottom } = button.getBoundingClientRect()
      return x >= left && x <= right && y >= top && y <= bottom
    })
    if (!hit) return
    event.preventDefault()
    event.stopPropagation()
    // The person's press was on the film.
    hit.trusted = event.isTrusted
    hit.click()
    hit.trusted = false
  }

  const update = (): void => {
    const box = host.film.player?.box
    const full = box && fullscreenOf(box)
    host.close()
    leaveAbove()
    close?.()
    close = undefined
    if (!full) {
      restore?.()
      goHome()
    } else if (full.localName === 'iframe') {
      // A frame hears its own clicks alone.
      host.away = true
    } else if (full === box) {
      goAbove(box)
    } else if (!contains(full, host)) {
      home ??= { parent: host.parentNode!, next: host.nextSibling }
      moveTo(full, null)
      // A player that draws in a shadow root may have no slot for us.
      if (!host.getClientRects().length) {
        goHome()
        goAbove(full as HTMLElement)
      }
    }
    if (!full) host.away = false
    else if (full !== box) close = openRoom(full as HTMLElement, besideIn(full, host), box!)
    host.requestUpdate()
    host.ground.measure()
  }

  return {
    get filled() {
      const box = host.film.player?.box
      return !!box && !!fullscreenOf(box)
    },
    container() {
      const box = host.film.player?.box
      if (!box || !host.ownerDocument.fullscreenEnabled) return undefined
      const known = box.closest<HTMLElement>(players)
      if (known) return known
      let at: HTMLElement | null = host.parentElement
      while (at && !at.contains(box)) at = at.parentElement
      if (!at || at.matches('body,html')) at = box.parentElement
      return at && !at.matches('body,html') ? at : undefined
    },
    toggle() {
      const box = host.film.player?.box
      if (!box) return
      if (fullscreenOf(box)) return void host.ownerDocument.exitFullscreen().catch(() => {})
      const container = this.container()
      const filled = container?.requestFullscreen()
      if (!container?.matches(players)) restore = fill(box, besideIn(container ?? box, host).length > 0)
      filled?.catch(() => restore?.())
    },
    update,
    stop() {
      leaveAbove()
      close?.()
      restore?.()
      home = undefined
    },
  }
}

type Beside = HTMLElement & { for?: string }

/** The rail and the shelf of the same film in what fills the screen. */
const besideIn = (full: Element, host: HTMLElement & { for?: string }): Beside[] =>
  [...full.querySelectorAll<Beside>('kanmai-rail,kanmai-shelf')].filter((it) => it.for === host.for)

/**
 * Where the film leaves them no room on the screen, a shelf comes upon the picture and a rail is scrolled to; the returned
 * function takes that back.
 */
function openRoom(full: HTMLElement, beside: readonly Beside[], box: Element): (() => void) | undefined {
  const unseen = beside.filter((it) => !it.hasAttribute('over') && isUnseen(it, box))
  if (!unseen.length) return undefined
  const shelves = unseen.filter(({ localName }) => localName === 'kanmai-shelf')
  const { style } = full
  const before = style.overflow
  shelves.forEach((it) => it.toggleAttribute('over', true))
  if (shelves.length < unseen.length && getComputedStyle(full).overflowY === 'visible') style.overflow = 'auto'
  return () => {
    shelves.forEach((it) => it.removeAttribute('over'))
    style.overflow = before
  }
}

function isUnseen(element: Element, box: Element): boolean {
  const { top, bottom, left, right } = element.getBoundingClientRect()
  const film = box.getBoundingClientRect()
  const covered = top < film.bottom - 1 && bottom > film.top + 1 && left < film.right - 1 && right > film.left + 1
  return covered || bottom > innerHeight + 1 || right > innerWidth + 1
}

/** Lets a bare film fill its container's screen, in the flow when others there come after it; the returned function gives it its own size back. */
function fill({ style }: HTMLElement, flows: boolean): () => void {
  const before = style.cssText
  const place = flows ? 'display:block;position:relative;width:100vw;height:100vh' : 'position:fixed;inset:0;width:100%;height:100%'
  style.cssText += `;${place};max-width:none;max-height:none;margin:0;object-fit:contain;background:#000`
  return () => (style.cssText = before)
}
