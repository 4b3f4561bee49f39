import type { SignalRow } from './signals.ts'
import type { Sql } from './sql.ts'

/** Where the next page of the list begins: after this row, newest first. */
export interface AuditCursor {
  receivedAt: number
  id: string
}

export interface AuditQuestion {
  type?: string | undefined
  ref?: string | undefined
  item?: string | undefined
  media?: string | undefined
  placement?: string | undefined
  flag?: string | undefined
  after?: AuditCursor | undefined
  size: number
}

/** The kept signals as they came, newest first. */
export async function audit(
  sql: Sql,
  publisher: string,
  question: AuditQuestion,
): Promise<{ signals: object[]; next?: AuditCursor }> {
  const { type, ref, item, media, placement, flag, after, size } = question
  const rows = await sql.query<{ [K in keyof SignalRow]: SignalRow[K] | null }>(
    `select * from signal where publisher = $1
       and ($2::text is null or type = $2) and ($3::text is null or ref = $3) and ($4::text is null or item = $4)
       and ($5::text is null or media = $5) and ($6::text is null or placement = $6)
       and ($7::text is null or $7 = any(flags)) and ($8::bigint is null or (received_at, id) < ($8, $9))
     order by received_at desc, id desc limit $10`,
    [publisher, type, ref, item, media, placement, flag, after?.receivedAt, after?.id ?? '', size + 1].map((it) => it ?? null),
  )
  const last = rows[size - 1]
  return {
    signals: rows.slice(0, size).map((row) => signalOf(row as SignalRow)),
    ...(rows.length > size && last && { next: { receivedAt: last.received_at!, id: last.id! } }),
  }
}

const moment = (ms: number | null | undefined) => (typeof ms === 'number' ? new Date(ms).toISOString() : undefined)

/** `occurredAt` and `sentAt` as the sender's clock had them, `correctedAt` by ours. */
function signalOf({ id, type, more, ...row }: SignalRow): object {
  const signal = {
    id,
    type,
    occurredAt: row.raw_occurred_at,
    correctedAt: moment(row.occurred_at),
    sentAt: moment(row.sent_at),
    receivedAt: moment(row.received_at),
    item: row.item,
    placement: row.placement,
    media: row.media,
    second: row.second,
    ref: row.ref,
    list: row.list,
    position: row.position,
    session: row.session,
    seq: row.seq,
    ...more,
    origin: row.origin,
    foreignOrigin: row.foreign_origin,
    source: row.source,
    confirmed: row.confirmed,
    flags: row.flags,
  }
  return Object.fromEntries(Object.entries(signal).filter(([, it]) => it !== null && it !== undefined))
}
