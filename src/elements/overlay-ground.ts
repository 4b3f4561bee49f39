import { inset } from '../core/insets.ts'
import type { Stage } from '../core/marker-layout.ts'
import type { Picture } from '../core/picture-geometry.ts'
import type { Player } from '../core/player.ts'
import { edges, hasMore, type SafeArea } from './overlay-edges.ts'
import { placeLayer } from './overlay-stage.ts'

/** Half a marker's target: so far it stays away from what must be kept clear. */
const margin = 14

/** The ground that markers stand on: lays the layer over the picture and finds out what of it is free. */
export function createGround(host: HTMLElement, changed: () => void) {
  let safe: SafeArea | undefined
  let wanted: Element | undefined
  let lay = ''

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
        if (wanted === box) safe = it.watchSafeArea(box, changed)
      },
      () => {}, // Offline by now: what is known is kept clear.
    )
  }

  /** Where both stand in the window. */
  const standing = (frame: HTMLElement | undefined, box: Element): string =>
    [frame, box].map((it) => it && Object.values(it.getBoundingClientRect().toJSON() as DOMRectInit).join()).join(' ')

  return {
    leave,
    /** Whether the film stands elsewhere, or otherwise, in the window than when it was measured; cheaper than to measure it. */
    moved: (frame: HTMLElement | undefined, box: Element): boolean => standing(frame, box) !== lay,
    /** Reads layout: where the picture lies now. `frame` is the layer's containing block, none in the top layer. */
    measure(layer: HTMLElement, frame: HTMLElement | undefined, player: Player<HTMLElement>, picture: Picture): Stage {
      watch(player.box)
      lay = standing(frame, player.box)
      const { width, height } = picture.box
      const placed = placeLayer(layer, frame, player.box, picture)
      const kept = edges(host, player, picture.box, safe)
      const clear = inset(placed.visible, picture.box, kept)
      const more = (edge: number): number => edge && edge + margin
      const free = { top: more(kept.top), right: more(kept.right), bottom: more(kept.bottom), left: more(kept.left) }
      const sides = [clear.x, width - clear.x - clear.width]
      const [start, end] = getComputedStyle(layer).direction === 'rtl' ? sides.reverse() : sides
      const corners = { top: clear.y, bottom: height - clear.y - clear.height, start, end }
      for (const [name, value] of Object.entries(corners)) layer.style.setProperty(`--_${name}`, `${value}px`)
      return { ...placed, free: inset(placed.visible, picture.box, free) }
    },
  }
}
