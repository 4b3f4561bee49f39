import type { Insets } from '../core/insets.ts'
import type { Size } from '../core/picture-geometry.ts'
import { players, type SafeArea } from './overlay-edges.ts'

/** What is drawn over the picture by players that are known. */
const bars = 'media-control-bar,.vjs-control-bar,.vjs-text-track-cue'
/** Part of the height that two lines of captions take, with their distance from the edge. */
const captionsHeight = 0.16

/** Watches a player's captions and control bars; `changed` is called when the captions come, go or move. */
export function watchSafeArea(box: Element, changed: () => void): SafeArea {
  const { textTracks } = box as Partial<HTMLVideoElement>
  const heard = new Set<TextTrack>()
  const listen = (): void => {
    for (const track of textTracks ?? []) {
      if (heard.has(track)) continue
      heard.add(track)
      track.addEventListener('cuechange', changed)
    }
    changed()
  }
  const lists = ['addtrack', 'removetrack', 'change']
  lists.forEach((type) => textTracks?.addEventListener(type, listen))
  listen()
  return {
    box,
    insets(size) {
      const insets = { top: 0, right: 0, bottom: 0, left: 0 }
      measureBars(box, size, insets)
      for (const edge of captionEdges(textTracks)) insets[edge] += captionsHeight * size.height
      return insets
    },
    stop() {
      lists.forEach((type) => textTracks?.removeEventListener(type, listen))
      heard.forEach((track) => track.removeEventListener('cuechange', changed))
    },
  }
}

/** A bar belongs to the edge that it is nearer to, seen upright: on a turned film nothing is known of it. */
function measureBars(box: Element, { height }: Size, insets: Insets): void {
  const frame = box.getBoundingClientRect()
  const scale = height / frame.height
  for (const bar of box.closest(players)?.querySelectorAll(bars) ?? []) {
    const { top, bottom, height: own } = bar.getBoundingClientRect()
    if (!own || bottom <= frame.top || top >= frame.bottom) continue
    const above = (bottom - frame.top) * scale
    const below = (frame.bottom - top) * scale
    if (above < below) insets.top = Math.max(insets.top, above)
    else insets.bottom = Math.max(insets.bottom, below)
  }
}

/** The edges at which captions are drawn now. */
function captionEdges(tracks: TextTrackList | undefined): Set<'top' | 'bottom'> {
  const edges = new Set<'top' | 'bottom'>()
  for (const { mode, kind, activeCues } of tracks ?? []) {
    if (mode !== 'showing' || (kind !== 'captions' && kind !== 'subtitles')) continue
    for (const cue of (activeCues ?? []) as Iterable<VTTCue>) {
      const { line, snapToLines } = cue
      edges.add(typeof line === 'number' && line >= 0 && (snapToLines ? line < 5 : line < 50) ? 'top' : 'bottom')
    }
  }
  return edges
}
