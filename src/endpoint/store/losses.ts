import type { Losses } from '../../contract/report.ts'
import type { Loss } from '../../contract/signal.ts'
import type { Sql } from './sql.ts'

/** A visit's signals may still be on their way so many milliseconds after its last one. */
const underWay = 60_000

/** Keeps what browsers gave up, each id once; of a number that grows, the greatest. The ids must differ. */
export async function noteLosses(sql: Sql, publisher: string, now: number, losses: readonly Loss[]): Promise<void> {
  await sql.query(
    `insert into lost as l (publisher, id, reason, count, session, seq, received_at)
     select $1, id, reason, coalesce(count, 1), session, seq, $2
     from jsonb_to_recordset($3::jsonb) as r(id text, reason text, count bigint, session text, seq bigint)
     order by id
     on conflict (publisher, id) do update set count = excluded.count where excluded.count > l.count`,
    [publisher, now, JSON.stringify(losses)],
  )
}

/** A signal that was given up when it had been kept already, its receipt being lost, is none that is missing. */
const isMissing = 'not exists (select 1 from signal s where s.publisher = l.publisher and s.id = l.id)'

/**
 * What is known to be missing: signals that browsers gave up, by reason, and holes in the numbers of visits that nobody
 * has explained. Undefined when all is there.
 */
export async function losses(sql: Sql, publisher: string, now: number, from?: number, to?: number): Promise<Losses | undefined> {
  const asked = [publisher, from ?? null, to ?? null]
  const dropped = await sql.query<{ reason: string; count: number }>(
    `select reason, sum(count)::bigint as count from lost l where publisher = $1
       and ($2::bigint is null or received_at >= $2) and ($3::bigint is null or received_at < $3) and ${isMissing}
     group by reason order by reason`,
    asked,
  )
  // Of a visit that began before the time asked for, what came before its first number here is not missing.
  const [holes] = await sql.query<{ visits: number; missing: number | null }>(
    `with visit as (
       select session, case when $2::bigint is null then 0 else min(seq) end as first, max(seq) as last, count(distinct seq) as came
       from signal where publisher = $1 and session is not null and seq is not null
         and ($2::bigint is null or occurred_at >= $2) and ($3::bigint is null or occurred_at < $3)
       group by session having max(received_at) < $4
     ), hole as (
       select last + 1 - first - came - (
         select count(distinct seq) from lost l
         where publisher = $1 and l.session = visit.session and seq between first and last and ${isMissing}
       ) as missing from visit where came <= last - first
     )
     select count(*) as visits, sum(missing)::bigint as missing from hole where missing > 0`,
    [...asked, now - underWay],
  )
  const found = {
    ...(dropped.length && { dropped: Object.fromEntries(dropped.map(({ reason, count }) => [reason, count])) }),
    ...(holes?.visits && { missing: holes.missing ?? 0, visits: holes.visits }),
  }
  return Object.keys(found).length ? found : undefined
}
