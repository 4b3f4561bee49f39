import { flagReasons, type Flag, type Report, type ReportRow } from '../../contract/report.ts'
import { losses } from './losses.ts'
import type { Sql } from './sql.ts'

export const dimensions = ['placement', 'item', 'media', 'second'] as const
export type Dimension = (typeof dimensions)[number]

export interface ReportQuestion {
  /** Milliseconds since 1970. */
  now: number
  /** Milliseconds since 1970, `from` ≤ occurred < `to`. */
  from?: number | undefined
  to?: number | undefined
  placement?: string | undefined
  item?: string | undefined
  media?: string | undefined
  by: readonly Dimension[]
  /** Rows at most; the totals count all. */
  limit: number
}

const expressions: Record<Dimension, string> = { placement: 'placement', item: 'item', media: 'media', second: 'floor(second)' }
const counted = {
  impressions: `type = 'impression'`,
  clicks: `type = 'click'`,
  netImpressions: `type = 'impression' and flags is null`,
  netClicks: `type = 'click' and flags is null`,
  previews: `type = 'preview'`,
  ...(Object.fromEntries(flagReasons.map((it) => [it, `'${it}' = any(flags)`])) as Record<Flag, string>),
}
const figures = Object.entries(counted).map(([name, rows]) => `count(*) filter (where ${rows}) as "${name}"`).join(', ')
const wanted = `publisher = $1 and type in ('impression', 'click', 'preview')
  and ($2::bigint is null or occurred_at >= $2) and ($3::bigint is null or occurred_at < $3)
  and ($4::text is null or placement = $4) and ($5::text is null or item = $5) and ($6::text is null or media = $6)`

type Figures = Record<keyof typeof counted, number>

type Keys = Partial<Record<Dimension, string | number | null>>

/** Impressions, clicks, flags and refs by the dimensions asked for, most clicks first. */
export async function report(sql: Sql, publisher: string, question: ReportQuestion): Promise<Report> {
  const { now, from, to, placement, item, media, by, limit } = question
  const params = [publisher, from ?? null, to ?? null, placement ?? null, item ?? null, media ?? null]
  const keys = by.map((it) => expressions[it]).join(', ')
  const named = by.map((it) => `${expressions[it]} as ${it}, `).join('')
  // Rows and totals in one reading of what may be millions of signals; the totals come first.
  const found = await sql.query<Figures & Keys>(
    `select ${named} ${figures} from signal where ${wanted} group by grouping sets (${keys && `(${keys}), `} ())
     order by ${keys && `grouping(${keys}) desc, `} clicks desc, impressions desc${keys && `, ${keys}`} limit $7`,
    [...params, limit + 1],
  )
  const [totals, ...rest] = found
  const rows = by.length ? rest : totals!.impressions + totals!.clicks + totals!.previews ? [totals!] : []
  const refsOf = await refs(sql, params, by, rows)
  const lost = await losses(sql, publisher, now, from, to)
  return {
    ...(from !== undefined && { from: new Date(from).toISOString() }),
    ...(to !== undefined && { to: new Date(to).toISOString() }),
    totals: figuresOf(totals!),
    rows: rows.map((row) => ({
      ...(Object.fromEntries(by.flatMap((it) => (row[it] === null ? [] : [[it, row[it]]]))) as Pick<ReportRow, Dimension>),
      ...figuresOf(row),
      refs: refsOf(row),
    })),
    ...(lost && { losses: lost }),
  }
}

/** The newest refs of each row. Only clicks are read, and sorted, for them. */
async function refs(sql: Sql, params: unknown[], by: readonly Dimension[], rows: readonly (Figures & Keys)[]): Promise<(row: Keys) => string[]> {
  const clicked = rows.filter(({ clicks }) => clicks)
  if (!clicked.length) return () => []
  const keyOf = (row: Keys) => JSON.stringify(by.map((it) => row[it]))
  const found = await sql.query<Keys & { refs: string[] | null }>(
    `select ${by.map((it) => `${expressions[it]} as ${it}, `).join('')}
       (array_agg(ref order by occurred_at desc, id desc) filter (where ref is not null))[1:100] as refs
     from signal where ${wanted} and type = 'click' ${by.length ? `group by ${by.map((it) => expressions[it]).join(', ')}` : ''} having count(*) >= $7`,
    // Rows come by their clicks: those with fewer than the last of them are not among them.
    [...params, clicked.at(-1)!.clicks],
  )
  const byKey = new Map(found.map((row) => [keyOf(row), row.refs ?? []]))
  return (row) => byKey.get(keyOf(row)) ?? []
}

const rate = (clicks: number, impressions: number) => (impressions ? clicks / impressions : 0)

function figuresOf({ impressions, clicks, netImpressions, netClicks, previews, ...row }: Figures) {
  const flags = flagReasons.filter((it) => row[it]).map((it) => [it, row[it]] as const)
  return {
    ...{ impressions, clicks, ctr: rate(clicks, impressions) },
    ...{ netImpressions, netClicks, netCtr: rate(netClicks, netImpressions) },
    ...(flags.length && { flags: Object.fromEntries(flags) }),
    ...(previews && { previews }),
  }
}
