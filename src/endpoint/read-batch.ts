import { parse } from '../contract/parse.ts'
import { Loss, Signal, SignalBatch } from '../contract/signal.ts'
import { badRequest, tooLarge } from './problem.ts'
import { fill, type SignalRow } from './store/signals.ts'
import { isStorable, storable } from './store/storable.ts'

export interface BatchContext {
  publisher: string
  /** Milliseconds since 1970. */
  receivedAt: number
  origin?: string | undefined
  foreignOrigin?: boolean | undefined
  mostSignals: number
}

export interface ReadBatch {
  /** Each id once. */
  rows: SignalRow[]
  /** Ids that stood in the batch more than once, once for each time too many. */
  repeated: string[]
  rejected: { id?: string; reason: string }[]
  /** What browsers gave up. */
  losses: Loss[]
}

/** A clock that is off by less is believed: the way itself takes time. */
const believedSkewMs = 5_000

/** Reads a batch, each signal on its own. Throws a 400 when it is no batch, a 413 when it holds too many. */
export function readBatch(input: unknown, context: BatchContext): ReadBatch {
  const { value: batch, issues } = parse(SignalBatch, firstFields(input), 'body')
  if (!batch) throw badRequest(`${issues[0]}. Send {"sentAt": …, "signals": [{"id", "type", "occurredAt", …}]}.`)
  if (batch.signals.length > context.mostSignals) {
    throw tooLarge(`The batch holds ${batch.signals.length} signals, at most ${context.mostSignals} go in one. Send it in halves.`)
  }
  const sentAt = batch.sentAt === undefined ? undefined : Date.parse(batch.sentAt)
  const rows = new Map<string, SignalRow>()
  const repeated: string[] = []
  const rejected: ReadBatch['rejected'] = []
  for (const entry of batch.signals) {
    const { value, issues } = isWide(entry) ? tooWide : parse(Signal, entry, 'signal')
    const reason = issues[0] ? issues.join('; ') : !value ? 'signal: expected an object' : unusable(value.id)
    if (!value || reason) {
      rejected.push({ ...idOf(entry), reason: reason!.slice(0, 1000) })
      continue
    }
    const row = rowOf(value, sentAt, context)
    const known = rows.get(row.id)
    if (known) repeated.push(row.id)
    rows.set(row.id, known ? fill(known, row) : row)
  }
  return { rows: [...rows.values()], repeated, rejected, losses: lossesOf(batch.losses) }
}

/** Fields of an object that are looked at; no shape of ours has as many. What is beyond only costs time. */
const mostFields = 50

/** Losses of a batch that are read; a browser sends the rest again. */
const mostLosses = 500
/** No browser gives up more. */
const mostCounted = 1e9

const tooWide = { value: undefined, issues: [`signal: expected at most ${mostFields} fields`] }

function isWide(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && Object.keys(entry).length > mostFields
}

/** The batch's own fields, and of its losses only the first. */
function firstFields(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input
  const { sentAt, signals, losses } = input as Record<string, unknown>
  return { sentAt, signals, ...(Array.isArray(losses) && { losses: losses.slice(0, mostLosses) }) }
}

function unusable(id: string): string | undefined {
  return isStorable(id) ? undefined : 'id: expected text without NUL and half characters'
}

function idOf(entry: unknown): { id?: string } {
  const id = typeof entry === 'object' && entry && Object.hasOwn(entry, 'id') && (entry as { id: unknown }).id
  return typeof id === 'string' && id ? { id: id.slice(0, 200) } : {}
}

function rowOf(signal: Signal, sentAt: number | undefined, context: BatchContext): SignalRow {
  const { id, type, occurredAt, item, placement, media, second, ref, list, position, session, seq, ...more } = signal
  const { publisher, receivedAt, origin, foreignOrigin } = context
  const skew = sentAt === undefined ? 0 : receivedAt - sentAt
  return {
    publisher,
    id,
    type,
    occurred_at: Date.parse(occurredAt) + (Math.abs(skew) > believedSkewMs ? skew : 0),
    raw_occurred_at: occurredAt.slice(0, 64),
    ...(sentAt !== undefined && { sent_at: sentAt }),
    received_at: receivedAt,
    item: item && storable(item),
    placement: placement && storable(placement),
    media: media && storable(media),
    second,
    // A click's id is its ref, whether or not the sender wrote it twice.
    ref: ref ?? (type === 'click' && /^[A-Za-z0-9]{1,30}$/.test(id) ? id : undefined),
    list: list && storable(list),
    position,
    session: session && storable(session),
    seq,
    more: storableFields(more),
    origin,
    foreign_origin: foreignOrigin,
    source: 'browser',
  }
}

function storableFields(fields: Record<string, unknown>): Record<string, unknown> | undefined {
  const entries = Object.entries(fields)
  if (!entries.length) return undefined
  return Object.fromEntries(entries.map(([name, it]) => [name, typeof it === 'string' ? storable(it) : it]))
}

function lossesOf(entries: readonly unknown[] = []): Loss[] {
  const losses = new Map<string, Loss>()
  for (const entry of entries) {
    const { value } = isWide(entry) ? tooWide : parse(Loss, entry)
    if (!value || !isStorable(value.id) || (value.count ?? 0) > mostCounted) continue
    losses.set(value.id, { ...value, reason: storable(value.reason), session: value.session && storable(value.session) })
  }
  return [...losses.values()]
}
