import type { Losses } from '../../contract/report.ts'
import type { Sql } from './sql.ts'

/** A visit's signals may still be on their way so many milliseconds after its last one. */
const underWay = 60_000

/**
 * What is known to be missing: signals that browsers gave up on, by reason, and holes in the numbers of visits. A tab that
 * was duplicated counts on from the same number, which hides holes; it never makes one. Undefined when all is there.
 */
export async function losses(sql: Sql, publisher: string, now: number, from?: number, to?: number): Promise<Losses | undefined> {
  const day = (moment: number) => new Date(moment).toISOString().slice(0, 10)
  const dropped = await sql.query<{ reason: string; count: number }>(
    `select reason, sum(count)::bigint as count from dropped where publisher = $1
       and ($2::text is null or day >= $2) and ($3::text is null or day <= $3) group by reason order by reason`,
    [publisher, from === undefined ? null : day(from), to === undefined ? null : day(to)],
  )
  // Of a visit that began before the time asked for, what came before its first number here is not missing.
  const [holes] = await sql.query<{ visits: number; missing: number | null }>(
    `select count(*) as visits, sum(missing)::bigint as missing from (
       select max(seq) + 1 - (case when $2::bigint is null then 0 else min(seq) end) - count(distinct seq) as missing
       from signal where publisher = $1 and session is not null and seq is not null
         and ($2::bigint is null or occurred_at >= $2) and ($3::bigint is null or occurred_at < $3)
       group by session having max(received_at) < $4
     ) as visit where missing > 0`,
    [publisher, from ?? null, to ?? null, now - underWay],
  )
  const found = {
    ...(dropped.length && { dropped: Object.fromEntries(dropped.map(({ reason, count }) => [reason, count])) }),
    ...(holes?.visits && { missing: holes.missing ?? 0, visits: holes.visits }),
  }
  return Object.keys(found).length ? found : undefined
}
