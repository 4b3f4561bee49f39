import type { Flag } from '../../contract/report.ts'
import { unavailable } from '../problem.ts'
import type { Sql } from './sql.ts'

/** A signal as it is kept. Moments are milliseconds since 1970. */
export interface SignalRow {
  publisher: string
  id: string
  type: string
  /** Corrected by the sender's clock skew. */
  occurred_at: number
  raw_occurred_at: string
  sent_at?: number
  received_at: number
  item?: string | undefined
  placement?: string | undefined
  media?: string | undefined
  second?: number | undefined
  ref?: string | undefined
  list?: string | undefined
  position?: number | undefined
  session?: string | undefined
  seq?: number | undefined
  /** The rest of the signal, by its own field names. */
  more?: Record<string, unknown> | undefined
  origin?: string | undefined
  /** Not from an origin that the publisher lists. */
  foreign_origin?: boolean | undefined
  /** Who counted it first. */
  source: 'browser' | 'redirect'
  /** The other of the two has counted it as well. */
  confirmed?: true | undefined
  /** Why nobody should pay for it. */
  flags?: Flag[] | undefined
}

const columns = {
  publisher: 'text', id: 'text', type: 'text', occurred_at: 'bigint', raw_occurred_at: 'text', sent_at: 'bigint', received_at: 'bigint',
  item: 'text', placement: 'text', media: 'text', second: 'double precision', ref: 'text', list: 'text', position: 'bigint',
  session: 'text', seq: 'bigint', more: 'jsonb', origin: 'text', foreign_origin: 'boolean', source: 'text',
  confirmed: 'boolean', flags: 'text[]',
} satisfies Record<keyof SignalRow, string>

/** What the later of two counts of one click may fill in. */
const fillable = [
  'sent_at', 'item', 'placement', 'media', 'second', 'ref', 'list', 'position', 'session', 'seq', 'more', 'origin', 'foreign_origin',
] as const

const names = Object.keys(columns)

/** The first word of the other source counts; what either says once more adds nothing, or a stranger could flag a click. */
const isOther = 's.confirmed is null and (s.source <> excluded.source or excluded.confirmed)'

const insert = `
insert into signal as s (${names.join(', ')})
select ${names.join(', ')} from jsonb_to_recordset($1::jsonb) as r(${Object.entries(columns).map((it) => it.join(' ')).join(', ')})
on conflict (publisher, id) do update set ${fillable.map((it) => `${it} = coalesce(s.${it}, excluded.${it})`).join(', ')},
  confirmed = s.confirmed or (case when ${isOther} then true end),
  flags = case when ${isOther} then nullif(array(select distinct unnest(s.flags || excluded.flags) order by 1), '{}') else s.flags end
where s.type = 'click' and excluded.type = 'click'
  and (${isOther} or ${fillable.map((it) => `s.${it} is null and excluded.${it} is not null`).join(' or ')})
returning publisher, id, xmax = 0 as fresh`

export interface SignalWriter {
  /**
   * Resolves after the commit with the ids that were new; the others were kept before. The rows' ids must differ.
   * Rejects when the store fails, and at once, with a 503, when too many wait.
   */
  keep(rows: readonly SignalRow[]): Promise<Set<string>>
}

interface Batch {
  rows: readonly SignalRow[]
  resolve(fresh: Set<string>): void
  reject(error: unknown): void
}

const rowsPerWrite = 2_000

/** While one write is under way the batches that arrive gather, and the next write takes them all in one statement. */
export function createSignalWriter(sql: Sql, mostWaiting: number): SignalWriter {
  const queue: Batch[] = []
  let waiting = 0
  let writing = false

  async function drain() {
    writing = true
    while (queue.length) {
      const batches = takeGroup(queue)
      await write(batches)
      for (const { rows } of batches) waiting -= rows.length
    }
    writing = false
  }

  async function write(batches: Batch[]): Promise<void> {
    try {
      const fresh = await insertRows(sql, merge(batches))
      for (const { rows, resolve } of batches) {
        // The first batch that brought an id has made it new; for the others it is a duplicate.
        resolve(new Set(rows.filter((row) => fresh.delete(keyOf(row))).map((row) => row.id)))
      }
    } catch (error) {
      // One batch that the database refuses must not cost the others.
      if (batches.length > 1 && isDataError(error)) for (const batch of batches) await write([batch])
      else for (const { reject } of batches) reject(error)
    }
  }

  return {
    keep(rows) {
      if (!rows.length) return Promise.resolve(new Set())
      if (waiting + rows.length > mostWaiting) {
        return Promise.reject(unavailable('Too many signals wait for the store. Nothing was kept; send it again.'))
      }
      waiting += rows.length
      return new Promise((resolve, reject) => {
        queue.push({ rows, resolve, reject })
        if (!writing) void drain()
      })
    },
  }
}

const keyOf = ({ publisher, id }: { publisher: string; id: string }) => `${publisher}\n${id}`

function takeGroup(queue: Batch[]): Batch[] {
  let rows = 0
  const end = queue.findIndex((batch, index) => (rows += batch.rows.length) > rowsPerWrite && index > 0)
  return queue.splice(0, end < 0 ? queue.length : end)
}

/** Each id once, as one statement cannot touch a row twice. */
function merge(batches: readonly Batch[]): SignalRow[] {
  if (batches.length === 1) return [...batches[0]!.rows]
  const rows = new Map<string, SignalRow>()
  for (const row of batches.flatMap((batch) => batch.rows)) {
    const known = rows.get(keyOf(row))
    rows.set(keyOf(row), known ? fill(known, row) : row)
  }
  return [...rows.values()]
}

/** What is known of a click after its second count; other signals stay as they came first. */
export function fill(known: SignalRow, later: SignalRow): SignalRow {
  if (known.type !== 'click' || later.type !== 'click') return known
  const filled = Object.fromEntries(fillable.map((it) => [it, known[it] ?? later[it]]))
  const isOther = !known.confirmed && known.source !== later.source
  const flags = [...new Set([...(known.flags ?? []), ...(later.flags ?? [])])].sort()
  return { ...known, ...filled, ...(isOther && { confirmed: true, ...(flags.length && { flags }) }) } as SignalRow
}

async function insertRows(sql: Sql, rows: SignalRow[]): Promise<Set<string>> {
  // Always in the same order, or two processes could wait for each other's rows.
  rows.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const kept = await sql.query<{ publisher: string; id: string; fresh: boolean }>(insert, [JSON.stringify(rows)])
  return new Set(kept.filter((row) => row.fresh).map(keyOf))
}

/** SQLSTATE classes that blame what was sent, not the database's health. */
function isDataError(error: unknown): boolean {
  const cause = (error as { cause?: { code?: unknown } }).cause ?? error
  return /^(22|23|54)/.test(String((cause as { code?: unknown }).code))
}

/** What is kept under an id. */
export async function findSignal(sql: Sql, publisher: string, id: string): Promise<{ type: string; item: string | null } | undefined> {
  const [row] = await sql.query<{ type: string; item: string | null }>('select type, item from signal where publisher = $1 and id = $2', [publisher, id])
  return row
}
