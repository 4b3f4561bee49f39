import { Cue } from '../contract/cue.ts'
import { Item } from '../contract/item.ts'
import { parse } from '../contract/parse.ts'

/** A moment of a stream: in seconds of the player, and in milliseconds since 1970. */
export interface Instant {
  second: number
  moment: number
}

/** What a stream says shall be shown: an id that the sheet knows or an item's, or the cue itself, perhaps with its item. */
export type Said = { id: string } | { cue: Cue; item?: Item | undefined; duration?: number | undefined }

/** A cue that a stream carries, with the stream's own time for it. */
export interface StreamCue {
  /** Its own id, where `said` brings none. */
  id: string
  start: Instant
  end?: Instant | undefined
  at?: { x: number; y: number } | undefined
  said: Said
}

export interface ReadPayload {
  said?: Said
  issues: string[]
}

const isRecord = (it: unknown): it is Record<string, unknown> => typeof it === 'object' && it !== null && !Array.isArray(it)

/**
 * Reads the payload of a cue in a stream: an id, a cue as JSON (its time is the stream's to say), or `{cue, item}`.
 * `id` is for a cue without one, `name` for the sentences about what is wrong.
 */
export function readPayload(payload: string, id: string, name: string): ReadPayload {
  const text = payload.replaceAll('\0', '').trim()
  if (!text.startsWith('{')) {
    if (/^[^\s<>"'`{}[\]\\]{1,200}$/u.test(text)) return { said: { id: text }, issues: [] }
    return { issues: [`${name}: expected an id or a cue as JSON`] }
  }
  let said: unknown
  try {
    said = JSON.parse(text)
  } catch {
    return { issues: [`${name}: expected JSON that is whole`] }
  }
  if (!isRecord(said)) return { issues: [`${name}: expected a cue`] }
  const body = isRecord(said['cue']) ? said['cue'] : said
  const item = isRecord(said['item']) ? parse(Item, said['item'], 'item') : undefined
  const { start: written, end: _end, duration, ...rest } = body
  // A track counts from the start that its cue had where it was written, or from the cue's beginning.
  const start = typeof written === 'number' && written >= 0 && written < Infinity ? written : 0
  const cue = parse(Cue, { id, ...rest, ...(item?.value && body === said && { item: item.value.id }), start }, 'cue')
  const issues = [...cue.issues, ...(item?.issues ?? [])].map((issue) => `${name}: ${issue}`)
  if (!cue.value) return { issues }
  const lasts = typeof duration === 'number' && duration > 0 && duration < Infinity ? duration : undefined
  return { said: { cue: cue.value, item: item?.value, duration: lasts }, issues }
}

/** The same cue at another time; what moves on the picture moves along. */
export function retimed(cue: Cue, start: number, end: number | undefined): Cue {
  const { end: _, track, ...rest } = cue
  const later = start - cue.start
  return {
    ...rest,
    start,
    ...(end !== undefined && { end }),
    ...(track && { track: { ...track, keyframes: track.keyframes.map((it) => ({ ...it, t: it.t + later })) } }),
  }
}

/**
 * The sheet's cues with those of the stream. A stream that names a cue of the sheet says when it is shown, instead of
 * the sheet; an id that the sheet does not know is an item's. With `origin` (milliseconds since 1970) the media's
 * seconds count from there, else they are the player's.
 */
export function withStreamCues(
  sheet: readonly Cue[],
  stream: readonly StreamCue[],
  origin: number | undefined,
): { cues: Cue[]; items: Item[] } {
  const known = new Map(sheet.map((cue) => [cue.id, cue]))
  const retaken = new Set<string>()
  const items: Item[] = []
  const secondOf = ({ second, moment }: Instant): number => Math.max(0, origin === undefined ? second : (moment - origin) / 1000)
  const cues = stream.map(({ id, start: from, end: to, at, said }) => {
    const start = secondOf(from)
    const until = to && secondOf(to)
    // What ended before the media began is kept out of it, like every span without an inside.
    const end = until !== undefined && until <= start ? start + 1e-3 : until
    if (!('id' in said)) {
      if (said.item) items.push(said.item)
      return { ...retimed(said.cue, start, end ?? (said.duration && start + said.duration)), ...(at && { at }) }
    }
    const named = known.get(said.id)
    if (named) {
      retaken.add(named.id)
      const lasts = named.end === undefined ? undefined : named.end - named.start
      return { ...retimed(named, start, end ?? (lasts && start + lasts)), ...(at && { at }) }
    }
    return { id, item: said.id, start, ...(end !== undefined && { end }), ...(at && { at }) }
  })
  return { cues: [...sheet.filter(({ id }) => !retaken.has(id)), ...cues], items }
}
