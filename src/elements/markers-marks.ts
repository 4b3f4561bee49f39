import type { Segment } from '../core/chapters.ts'
import { nearGroups } from '../core/near-groups.ts'
import type { Span } from '../core/timeline.ts'
import { target } from './markers.styles.ts'

/** A place on the bar: a chapter, or the products that come there, with its distance from the bar's start in px. */
export interface Mark {
  key: string
  start: number
  end: number
  title?: string | undefined
  spans: readonly Span[]
  x: number
}

/** Chapters and products in order of time; products that could not be pressed apart are one mark. A bar without width has none of them yet. */
export function marksOf(segments: readonly Segment[], spans: readonly Span[], width: number, xOf: (second: number) => number): Mark[] {
  // The outermost ticks stand so that all of them can be pressed.
  const placeOf = (span: Span): number => Math.max(target / 2, Math.min(width - target / 2, xOf(span.start)))
  const groups = width ? nearGroups(spans, placeOf, target) : []
  return [
    ...segments.map((it): Mark => ({ ...it, key: `chapter ${it.start}`, spans: [], x: xOf(it.start) })),
    ...groups.map((group): Mark => ({ key: group[0]!.key, start: group[0]!.start, end: Infinity, spans: group, x: placeOf(group[0]!) })),
  ].sort((a, b) => a.start - b.start || a.spans.length - b.spans.length)
}
