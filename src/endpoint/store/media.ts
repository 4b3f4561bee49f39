import { Cue, type Media } from '../../contract/cue.ts'
import { parse } from '../../contract/parse.ts'
import { unprocessable } from '../problem.ts'
import { storable, storableJson } from './storable.ts'
import type { Sql } from './sql.ts'

/** A media with its cues, before the items are joined. */
export interface Sheet {
  media: Media
  cues: Cue[]
  /** Number of the last live cue in it; 0 without any. */
  last: number
}

/** A live cue and its number in the room. */
export interface NumberedCue {
  id: number
  cue: Cue
}

interface MediaRow {
  title: string | null
  duration: number | null
  origin: number | null
  cues: Cue[]
  last: number
  base: number
}

export async function findSheet(sql: Sql, publisher: string, id: string): Promise<Sheet | undefined> {
  const [row] = await sql.query<MediaRow>(
    'select title, duration, origin, cues, last, base from media where publisher = $1 and id = $2',
    [publisher, id],
  )
  if (!row) return undefined
  const live = row.last > row.base ? await liveCues(sql, publisher, id, row.base, row.last - row.base) : []
  return { media: mediaOf(id, row), cues: replay(row.cues, live), last: live.at(-1)?.id ?? row.last }
}

function mediaOf(id: string, { title, duration, origin }: Pick<MediaRow, 'title' | 'duration' | 'origin'>): Media {
  return {
    id,
    ...(title !== null && { title }),
    ...(duration !== null && { duration }),
    ...(origin !== null && { origin: new Date(origin).toISOString() }),
  }
}

/**
 * What was put beforehand and what was sent live, as one sheet that shows at every second what was shown then. A cue
 * that was replaced while it was open keeps its past under another id.
 */
export function replay(put: readonly Cue[], live: readonly NumberedCue[]): Cue[] {
  const cues = new Map(put.map((cue) => [cue.id, cue]))
  for (const { id, cue } of live) {
    const before = cues.get(cue.id)
    if (before && before.start < cue.start) {
      const past = `${cue.id}~${id}`.slice(-200)
      cues.set(past, { ...before, id: past, end: Math.min(before.end ?? cue.start, cue.start) })
    }
    cues.set(cue.id, cue)
  }
  return [...cues.values()].sort((a, b) => a.start - b.start)
}

/** Replaces the media's cues, live ones so far included, and tells it by what it is. */
export async function putSheet(sql: Sql, publisher: string, media: Media, cues: readonly Cue[]): Promise<void> {
  await sql.query(
    `insert into media as m (publisher, id, title, duration, origin, cues) values ($1, $2, $3, $4, $5, $6::jsonb)
     on conflict (publisher, id) do update set title = coalesce(excluded.title, m.title), duration = coalesce(excluded.duration, m.duration),
       origin = coalesce(excluded.origin, m.origin), cues = excluded.cues, base = m.last`,
    [
      publisher,
      media.id,
      media.title === undefined ? null : storable(media.title),
      media.duration ?? null,
      media.origin === undefined ? null : Date.parse(media.origin),
      storableJson(cues),
    ],
  )
}

export const liveChannel = 'kanmai_live'

/** What NOTIFY on the live channel says. */
export interface LiveNotice {
  publisher: string
  room: string
}

/** A cue as it comes into a live room; without a `start` it starts now. */
export type IncomingCue = Omit<Cue, 'start'> & { start?: number | undefined }

/**
 * Appends cues to a live room and tells every process after the commit. The room's first cue sets the moment its seconds
 * count from, unless the media has one. Resolves with the numbers they got: whole, without gaps, in the order of commits.
 */
export async function appendLive(
  sql: Sql,
  publisher: string,
  room: string,
  cues: readonly IncomingCue[],
  now: number,
): Promise<{ ids: number[]; media: Media }> {
  return sql.transaction(async (tx) => {
    const firstOrigin = Math.round(now - (cues[0]?.start ?? 0) * 1000)
    const [row] = await tx.query<MediaRow & { origin: number }>(
      `insert into media as m (publisher, id, origin, last) values ($1, $2, $3, $4)
       on conflict (publisher, id) do update set origin = coalesce(m.origin, excluded.origin), last = m.last + excluded.last
       returning title, duration, origin, last`,
      [publisher, room, firstOrigin, cues.length],
    )
    const second = Math.max(0, now - row!.origin) / 1000
    const records = cues.map((cue, index) => ({ id: row!.last - cues.length + 1 + index, cue: started(cue, second) }))
    await tx.query(
      `insert into live_cue (publisher, room, id, cue, at)
       select $1, $2, id, cue, $3 from jsonb_to_recordset($4::jsonb) as r(id bigint, cue jsonb)`,
      [publisher, room, now, storableJson(records)],
    )
    const notice: LiveNotice = { publisher, room }
    await tx.query('select pg_notify($1, $2)', [liveChannel, JSON.stringify(notice)])
    return { ids: records.map((it) => it.id), media: mediaOf(room, row!) }
  })
}

function started(cue: IncomingCue, second: number): Cue {
  const { value, issues } = parse(Cue, { ...cue, start: cue.start ?? second }, 'cue')
  if (!value) throw unprocessable(`The cue "${cue.id}" would start at second ${second} of the room: ${issues[0]}.`)
  return value
}

/** Live cues numbered after `after`, oldest first. */
export function liveCues(sql: Sql, publisher: string, room: string, after: number, most: number): Promise<NumberedCue[]> {
  return sql.query<NumberedCue>(
    'select id, cue from live_cue where publisher = $1 and room = $2 and id > $3 order by id limit $4',
    [publisher, room, after, most],
  )
}

/** The media of a room, without its cues. */
export async function findMedia(sql: Sql, publisher: string, id: string): Promise<Media> {
  const [row] = await sql.query<MediaRow>('select title, duration, origin from media where publisher = $1 and id = $2', [publisher, id])
  return row ? mediaOf(id, row) : { id }
}
