import type { Insets } from '../core/insets.ts'
import type { Size } from '../core/picture-geometry.ts'
import type { Player } from '../core/player.ts'

/** What a player draws over its picture by itself, measured. */
export interface SafeArea {
  readonly box: Element
  /** Pixels at each edge of the box that are not the markers'. */
  insets(box: Size): Insets
  stop(): void
}

/** Height that browsers' own controls take at the lower edge. */
const controlsHeight = 72

/** Containers whose control bars are known. */
export const players = 'media-controller,.video-js'

/** Whether there may be more over the picture than the browser's own controls. */
export function hasMore(box: Element): boolean {
  const { textTracks } = box as Partial<HTMLVideoElement>
  return !!box.closest(players) || (!!textTracks && [...textTracks].some(({ mode }) => mode === 'showing'))
}

/** Pixels at each edge of the box that are kept clear: as the page declares it, else as measured, else as known. */
export function edges(host: Element, player: Player<Element>, box: Size, measured: SafeArea | undefined): Insets {
  const style = getComputedStyle(host)
  const found = measured?.insets(box)
  const edge = (side: keyof Insets, size: number): number => {
    const declared = style.getPropertyValue(`--kanmai-safe-${side}`)
    const amount = parseFloat(declared)
    if (Number.isFinite(amount)) return Math.max(0, declared.includes('%') ? (amount * size) / 100 : amount)
    const own = side === 'bottom' && player.controls ? controlsHeight : 0
    return own + (found?.[side] ?? 0)
  }
  return { top: edge('top', box.height), right: edge('right', box.width), bottom: edge('bottom', box.height), left: edge('left', box.width) }
}
