import { Cue, type Media } from '../../contract/cue.ts'
import { parse } from '../../contract/parse.ts'
import { takeLive } from '../../core/take-live.ts'
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
  facts: Pick<Media, 'chapters' | 'quiet'>
  cues: Cue[]
  last: number
  base: number
}

export async function findSheet(sql: Sql, publisher: string, id: string): Promise<Sheet | undefined> {
  const [row] = await sql.query<MediaRow>(
    'select title, duration, origin, facts, cues, last, base from media where publisher = $1 and id = $2',
    [publisher, id],
  )
  if (!row) return undefined
  const live = row.last > row.base ? await liveCues(sql, publisher, id, row.base, row.last - row.base) : []
  return { media: mediaOf(id, row), cues: replay(row.cues, live), last: live.at(-1)?.id ?? row.last }
}

function mediaOf(id: string, { title, duration, origin, facts }: Pick<MediaRow, 'title' | 'duration' | 'origin' | 'facts'>): Media {
  return {
    id,
    ...(title !== null && { title }),
    ...(duration !== null && { duration }),
    ...(origin !== null && { origin: new Date(origin).toISOString() }),
    ...facts,
  }
}

/** What was put beforehand and what was sent live, as one sheet that shows at every second what was shown then. */
export function replay(put: readonly Cue[], live: readonly NumberedCue[]): Cue[] {
  const cues = new Map(put.map((cue) => [cue.id, cue]))
  for (const { id, cue } of live) takeLive(cues, cue, id)
  return [...cues.values()].sort((a, b) => a.start - b.start)
}

export interface SheetChange {
  media: Media
  /** Take the place of those that were put before; without them those stay. */
  cues?: readonly Cue[]
  /** The cues that were sent live leave the sheet too: `cues` hold what of them is to stay. */
  dropLive: boolean
}

/** Changes a media and what was put for it. Resolves with the number of its cues that were sent live, and of those that left. */
export async function putSheet(sql: Sql, publisher: string, { media, cues, dropLive }: SheetChange): Promise<{ live: number; dropped: number }> {
  const { id, title, duration, origin, chapters, quiet } = media
  const facts = { ...(chapters && { chapters }), ...(quiet && { quiet }) }
  return sql.transaction(async (tx) => {
    const [before] = await tx.query<Pick<MediaRow, 'last' | 'base'>>(
      'select last, base from media where publisher = $1 and id = $2 for update',
      [publisher, id],
    )
    const live = before ? before.last - before.base : 0
    await tx.query(
      `insert into media as m (publisher, id, title, duration, origin, facts, cues)
       values ($1, $2, $3, $4, $5, $6::jsonb, coalesce($7::jsonb, '[]'))
       on conflict (publisher, id) do update set title = coalesce(excluded.title, m.title), duration = coalesce(excluded.duration, m.duration),
         origin = coalesce(excluded.origin, m.origin), facts = m.facts || excluded.facts, cues = coalesce($7::jsonb, m.cues),
         base = case when $8 then m.last else m.base end`,
      [
        publisher,
        id,
        title === undefined ? null : storable(title),
        duration ?? null,
        origin === undefined ? null : Date.parse(origin),
        storableJson(facts),
        cues ? storableJson(cues) : null,
        dropLive,
      ],
    )
    return dropLive ? { live: 0, dropped: live } : { live, dropped: 0 }
  })
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
 * count from, unless the media has one. A cue whose offers all end ends with the last of them. Resolves with the numbers they got: whole, without gaps, in the order of commits.
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
       returning title, duration, origin, facts, last`,
      [publisher, room, firstOrigin, cues.length],
    )
    const second = Math.max(0, now - row!.origin) / 1000
    const records = cues.map((cue, index) => ({ id: row!.last - cues.length + 1 + index, cue: settled(cue, second, row!.origin) }))
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

/** The cue with the start and the end that it has in the room: offers that are over take it off the table. */
function settled(cue: IncomingCue, second: number, origin: number): Cue {
  const start = cue.start ?? second
  const over = offersEnd(cue, origin)
  if (over !== undefined && over <= start) throw unprocessable(`The offers of the cue "${cue.id}" have ended before it starts.`)
  const end = over === undefined ? cue.end : Math.min(cue.end ?? over, over)
  const { value, issues } = parse(Cue, { ...cue, start, ...(end !== undefined && { end }) }, 'cue')
  if (!value) throw unprocessable(`The cue "${cue.id}" would start at second ${start} of the room: ${issues[0]}.`)
  return value
}

/** When the offers of a cue are over, in seconds of the room; undefined when it has none, or one that does not end. */
function offersEnd({ offers = [] }: IncomingCue, origin: number): number | undefined {
  const ends = offers.map(({ endsAt }) => (endsAt === undefined ? Infinity : Date.parse(endsAt)))
  const last = Math.max(...ends)
  return Number.isFinite(last) ? (last - origin) / 1000 : undefined
}

/** Live cues numbered after `after`, oldest first. */
export function liveCues(sql: Sql, publisher: string, room: string, after: number, most: number): Promise<NumberedCue[]> {
  return sql.query<NumberedCue>(
    'select id, cue from live_cue where publisher = $1 and room = $2 and id > $3 order by id limit $4',
    [publisher, room, after, most],
  )
}

/** The media of a room without its cues, and the number of its last live one. */
export async function findRoom(sql: Sql, publisher: string, id: string): Promise<{ media: Media; last: number }> {
  const columns = 'title, duration, origin, facts, last'
  const [row] = await sql.query<MediaRow>(`select ${columns} from media where publisher = $1 and id = $2`, [publisher, id])
  return row ? { media: mediaOf(id, row), last: row.last } : { media: { id }, last: 0 }
}
