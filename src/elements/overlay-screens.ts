import type { FilmController } from './film-controller.ts'
import { players } from './overlay-edges.ts'
import { contains } from './overlay-stage.ts'
import type { ProductAnchor } from './product-link.ts'

/** What becomes of an overlay when its film fills the screen. */
export interface ScreenHost extends HTMLElement {
  readonly film: FilmController
  readonly layer: HTMLElement | null
  readonly updateComplete: Promise<boolean>
  modal: boolean
  away: boolean
  moving: boolean
  close(): void
  measure(): void
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
    host.requestUpdate()
    host.measure()
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
      if (!container?.matches(players)) restore = fill(box)
      filled?.catch(() => restore?.())
    },
    update,
    stop() {
      leaveAbove()
      restore?.()
      home = undefined
    },
  }
}

/** Lets a bare film fill its container's screen; the returned function gives it its own size back. */
function fill({ style }: HTMLElement): () => void {
  const before = style.cssText
  style.cssText += ';position:fixed;inset:0;width:100%;height:100%;max-width:none;max-height:none;margin:0;object-fit:contain;background:#000'
  return () => (style.cssText = before)
}
