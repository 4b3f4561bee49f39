import { fnv } from './fnv.ts'

/** Says whether an id is beyond the first `most` that a key has in its span of time. */
export type Pace = (key: string, at: number, id: string, most: number) => boolean

/**
 * Counts the different ids of a key within spans of so many milliseconds, by the time they happened at: what a browser
 * brings late, or once more, looks no faster than it was. Memory holds the spans that were asked for last.
 */
export function createPace(spanMs: number, mostHeld = 200_000): Pace {
  const spans = new Map<string, Set<number>>()
  let held = 0
  return (key, at, id, most) => {
    const name = `${Math.floor(at / spanMs)} ${key}`
    const ids = spans.get(name) ?? new Set()
    spans.delete(name)
    spans.set(name, ids)
    const mark = fnv(id)
    if (ids.has(mark)) return false
    if (ids.size >= most) return true
    ids.add(mark)
    for (held++; held > mostHeld; ) {
      const [oldest, gone] = spans.entries().next().value!
      spans.delete(oldest)
      held -= gone.size
    }
    return false
  }
}
