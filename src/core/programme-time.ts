/** A piece of a stream: where it begins, in seconds of the player, and when that was, in milliseconds since 1970. */
export interface Dated {
  readonly start: number
  readonly duration?: number
  readonly programDateTime?: number | null
}

const dateOf = (piece: Dated | undefined): number | undefined => {
  const date = piece?.programDateTime
  return Number.isFinite(date) && Number.isFinite(piece?.start) ? date! : undefined
}

/**
 * Moment of second 0, as the piece that plays at `second` counts it: each piece's own date is believed, so that a gap or
 * a jump of the stream's dates moves what comes after it and nothing before. Pieces in order of start.
 */
export function startedAt(pieces: readonly Dated[], second: number): number | undefined {
  let low = 0
  let high = pieces.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (pieces[middle]!.start <= second) low = middle + 1
    else high = middle
  }
  let at = Math.max(0, low - 1)
  while (at >= 0 && dateOf(pieces[at]) === undefined) at--
  if (at < 0) at = pieces.findIndex((piece) => dateOf(piece) !== undefined)
  const date = dateOf(pieces[at])
  return date === undefined ? undefined : date - pieces[at]!.start * 1000
}

/** Second of the player at which a moment is shown. One in a gap of the stream is shown when the gap is over. */
export function secondOf(pieces: readonly Dated[], moment: number): number | undefined {
  let before: Dated | undefined
  let after: Dated | undefined
  for (const piece of pieces) {
    const date = dateOf(piece)
    if (date === undefined) continue
    if (date > moment) after = !after || date < dateOf(after)! ? piece : after
    else if (!before || date >= dateOf(before)!) before = piece
  }
  const gone = before && (moment - dateOf(before)!) / 1000
  if (before && (!after || gone! < (before.duration ?? Infinity))) return before.start + gone!
  if (!after) return undefined
  return before ? after.start : after.start + (moment - dateOf(after)!) / 1000
}
