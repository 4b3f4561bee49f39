import type { Said } from './stream-cue.ts'

/** A date range of ours: moments in milliseconds since 1970. */
export interface DateRangeCue {
  id: string
  start: number
  end: number | undefined
  at: { x: number; y: number } | undefined
  said: Said
}

/** The attributes of one `EXT-X-DATERANGE`, by their names in the playlist. */
export type DateRangeAttributes = Readonly<Record<string, unknown>>

/** Class of date ranges whose cue alone is meant; others may carry a cue besides. */
const ours = 'com.kanmai.cue'
/** Seconds for which a range without extent is shown. */
const momentary = 10

const textOf = (it: unknown): string | undefined => (typeof it === 'string' && it ? it : typeof it === 'number' ? `${it}` : undefined)

function dateOf(it: unknown): number | undefined {
  const moment = it instanceof Date ? it.getTime() : typeof it === 'string' ? Date.parse(it) : NaN
  return Number.isNaN(moment) ? undefined : moment
}

const secondsOf = (it: unknown): number | undefined => {
  const seconds = textOf(it) === undefined ? NaN : Number(it)
  return seconds >= 0 && seconds < Infinity ? seconds : undefined
}

function pointOf(it: unknown): { x: number; y: number } | undefined {
  const [x = NaN, y = NaN, ...more] = (textOf(it) ?? '').split(',').map((part) => (part.trim() ? Number(part) : NaN))
  return Number.isFinite(x) && Number.isFinite(y) && !more.length ? { x, y } : undefined
}

/**
 * The cues among a playlist's date ranges: those with `X-COM-KANMAI-CUE` (id of an item, or of a cue that the sheet
 * knows), at the point `X-COM-KANMAI-AT="0.5,0.4"` when given. All others (SCTE-35, interstitials) are somebody else's.
 * A range of neither end nor length is open until the stream says more of its id.
 */
export function dateRangeCues(ranges: readonly DateRangeAttributes[]): { cues: DateRangeCue[]; issues: string[] } {
  const issues: string[] = []
  const cues: DateRangeCue[] = []
  const starts = new Map<string, number[]>()
  for (const range of ranges) {
    const kind = textOf(range?.['CLASS'])
    const start = dateOf(range?.['START-DATE'])
    if (kind !== undefined && start !== undefined) starts.set(kind, [...(starts.get(kind) ?? []), start])
  }

  ranges.forEach((range, index) => {
    const said = textOf(range?.['X-COM-KANMAI-CUE'])?.trim()
    if (!said && textOf(range?.['CLASS']) !== ours) return
    const id = textOf(range['ID'])
    const name = `date range ${id ?? `[${index}]`}`
    const start = dateOf(range['START-DATE'])
    if (!said || said.length > 200) return void issues.push(`${name}: expected an id as X-COM-KANMAI-CUE`)
    if (!id) return void issues.push(`${name}: expected an ID`)
    if (start === undefined) return void issues.push(`${name}: expected a moment as START-DATE`)
    const at = pointOf(range['X-COM-KANMAI-AT'])
    if (range['X-COM-KANMAI-AT'] !== undefined && !at) issues.push(`${name}: expected a point "0.5,0.4" as X-COM-KANMAI-AT`)

    const end = endOf(range, start, starts)
    if (end !== undefined && end < start) return void issues.push(`${name}: expected an end after its start`)
    cues.push({ id, start, end: end === start ? start + momentary * 1000 : end, at, said: { id: said } })
  })
  return { cues, issues }
}

/** By its end, its length, the next range of its class, or the length that was planned, in this order. */
function endOf(range: DateRangeAttributes, start: number, starts: ReadonlyMap<string, readonly number[]>): number | undefined {
  const end = dateOf(range['END-DATE'])
  if (end !== undefined) return end
  const lasts = secondsOf(range['DURATION'])
  if (lasts !== undefined) return start + lasts * 1000
  if (range['END-ON-NEXT'] === 'YES' || range['END-ON-NEXT'] === true) {
    const later = (starts.get(textOf(range['CLASS']) ?? '') ?? []).filter((it) => it > start)
    if (later.length) return Math.min(...later)
  }
  const planned = secondsOf(range['PLANNED-DURATION'])
  return planned === undefined ? undefined : start + planned * 1000
}
