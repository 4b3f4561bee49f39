/** Says whether a thing repeats one with the same key that happened a moment before or after. */
export type Repeats = (key: string, at: number, id: string) => boolean

/**
 * Of what happens in a row, each within so many milliseconds of another, the first to come is none; it stays none when it
 * comes once more. Memory holds the keys that were asked for last.
 */
export function createRepeats(withinMs: number, mostHeld = 10_000): Repeats {
  const rows = new Map<string, { first: string; from: number; to: number }>()
  return (key, at, id) => {
    const known = rows.get(key)
    const row = known && at > known.from - withinMs && at < known.to + withinMs ? known : { first: id, from: at, to: at }
    row.from = Math.min(row.from, at)
    row.to = Math.max(row.to, at)
    rows.delete(key)
    rows.set(key, row)
    if (rows.size > mostHeld) rows.delete(rows.keys().next().value!)
    return row.first !== id
  }
}
