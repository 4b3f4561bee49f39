import { inset } from '../core/insets.ts'
import type { Stage } from '../core/marker-layout.ts'
import type { Picture } from '../core/picture-geometry.ts'
import type { Player } from '../core/player.ts'
import type { FilmController } from './film-controller.ts'
import { edges, hasMore, type SafeArea } from './overlay-edges.ts'
import { placeLayer } from './overlay-stage.ts'

/** Half a marker's target: so far it stays away from what must be kept clear. */
const margin = 14
// Ticks of a player's time, some four in a second, after which it is looked whether the film has moved, and after which it
// is measured whatever that says.
const glance = 8
const seldom = 64

interface Grounded extends HTMLElement {
  readonly film: FilmController
  readonly layer: HTMLElement | null
  readonly modal: boolean
}

/**
 * The ground that markers stand on: lays the layer over the picture and finds out what of it is free. While a film plays
 * nothing else of an overlay reads layout; `measured` is called each time.
 */
export function createGround(host: Grounded, measured: () => void) {
  let stage: Stage | undefined
  let safe: SafeArea | undefined
  let wanted: Element | undefined
  let lay = ''
  let ticks = 0
  /** Whose next frame is waited for. */
  let arriving: Document | undefined

  /** What the layer is laid out in; none when it is in the top layer. */
  const holder = (): HTMLElement | undefined => (host.modal ? undefined : host.layer?.parentElement ?? undefined)

  const leave = (): void => {
    safe?.stop()
    safe = wanted = undefined
  }
  const watch = (box: Element): void => {
    if (wanted !== box) leave()
    if (wanted || !hasMore(box)) return
    wanted = box
    import('./overlay-safe.ts').then(
      (it) => {
        if (wanted !== box) return
        safe = it.watchSafeArea(box, measure)
        measure()
      },
      () => {}, // Offline by now: what is known is kept clear.
    )
  }

  /** Where both stand in the window. */
  const standing = (box: Element): string => JSON.stringify([holder(), box].map((it) => it?.getBoundingClientRect()))

  const survey = (layer: HTMLElement, player: Player<HTMLElement>, picture: Picture): Stage => {
    watch(player.box)
    lay = standing(player.box)
    const { width, height } = picture.box
    const placed = placeLayer(layer, holder(), player.box, picture)
    const kept = edges(host, player, picture.box, safe)
    const clear = inset(placed.visible, picture.box, kept)
    const more = (edge: number): number => edge && edge + margin
    const free = { top: more(kept.top), right: more(kept.right), bottom: more(kept.bottom), left: more(kept.left) }
    const sides = [clear.x, width - clear.x - clear.width]
    const [start, end] = getComputedStyle(layer).direction === 'rtl' ? sides.reverse() : sides
    const corners = { top: clear.y, bottom: height - clear.y - clear.height, start, end }
    for (const [name, value] of Object.entries(corners)) layer.style.setProperty(`--_${name}`, `${value}px`)
    return { ...placed, free: inset(placed.visible, picture.box, free) }
  }

  const measure = (): void => {
    const { layer } = host
    const { player } = host.film
    if (!layer) return
    const picture = player?.picture()
    layer.classList.toggle('resting', !!player?.seeking)
    stage = player && picture && survey(layer, player, picture)
    // What is seen before its place is known moves as soon as it is.
    layer.hidden = !stage
    measured()
  }

  return {
    leave,
    /** Looks where the picture is. */
    measure,
    /** Where it was when it was looked at last; undefined while there is none. */
    get stage() {
      return stage
    },
    /** Whether it is looked at with the frame to come. */
    get arriving() {
      return !!arriving
    },
    /** The overlay was put in again: its place is looked at with the frame to come, when it is laid out anyway, for a page that moves it may move more yet. */
    arrive(): void {
      const page = host.ownerDocument
      // One whose window was closed since, with the overlay in it, has no next frame.
      if (arriving === page) return
      arriving = page
      ;(page.defaultView ?? window).requestAnimationFrame(() => {
        arriving = undefined
        measure()
      })
    },
    /**
     * The player's time went on. Pages move films about without a word, so that their place is looked at now and then; not
     * often, for reading layout makes the page's own thread draw, and what moves by plan then comes out of step with the film.
     * What cannot be told from where they stand in the window is looked at still less.
     */
    tick(): void {
      if (++ticks % glance === 0 && (!stage || ticks % seldom === 0 || standing(host.film.player!.box) !== lay)) measure()
    },
    /** The page may have moved the film; what scrolls both moves the layer with it. */
    handleMoved(event?: Event): void {
      const box = host.film.player?.box
      const target = event?.target as Node | undefined
      if (event?.type === 'scroll' && target && box && target.contains(box) === target.contains(host)) return
      measure()
    },
  }
}
