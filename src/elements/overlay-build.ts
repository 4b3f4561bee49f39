import type { Span } from '../core/timeline.ts'

/** So many markers are built for one paint: twenty at once would hold up the page. */
const few = 4
/** Milliseconds until the next ones are. */
const pause = 16

/** Which of an overlay's markers are built: those that are due and, a little before their second, those that will be. */
export function createBuild(more: () => void) {
  let coming: readonly Span[] = []
  /** Spans whose markers are built, by their keys, and in which state each was drawn. */
  let built: ReadonlyMap<string, string> = new Map()
  let timer: ReturnType<typeof setTimeout> | undefined

  return {
    /** Spans that come next after a second. */
    after: (second: number): readonly Span[] => coming.filter((span) => span.start > second),
    /** Takes the spans that come next; false when there is none among them that was not known. */
    expect(spans: readonly Span[]): boolean {
      if (spans.every((span) => coming.includes(span))) return false
      coming = spans
      return true
    },
    forget(): void {
      coming = []
    },
    /** Of the spans that want a marker those that get one with this paint, and whether one stands as `state` says already. When some are left out, `more` is called soon. */
    next(wanted: readonly Span[], state: (span: Span) => string): { spans: readonly Span[]; stands(span: Span): boolean } {
      const before = built
      let room = few
      const spans = wanted.filter((span) => before.has(span.key) || room-- > 0)
      clearTimeout(timer)
      if (room < 0) timer = setTimeout(more, pause)
      built = new Map(spans.map((span) => [span.key, state(span)]))
      return { spans, stands: (span) => before.get(span.key) === built.get(span.key) }
    },
  }
}
