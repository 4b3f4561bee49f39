import * as v from 'valibot'
import type { Context } from 'hono'
import { id, moment } from '../contract/primitives.ts'
import { badRequest } from './problem.ts'
import { isStorable } from './store/storable.ts'

/** An id out of the path; throws a 400 that names it. */
export function pathId(c: Context, name: string): string {
  return idFrom(c.req.param(name) ?? '', name)
}

/** An id out of the query; throws a 400 that names it. */
export function queryId(c: Context, name: string): string | undefined {
  const value = c.req.query(name)
  return value === undefined || value === '' ? undefined : idFrom(value, name)
}

/** Comma-separated ids, each once. */
export function queryIds(c: Context, name: string): string[] {
  const ids = (c.req.query(name) ?? '').split(',').filter(Boolean)
  return [...new Set(ids)].map((it) => idFrom(it, name))
}

function idFrom(value: string, name: string): string {
  if (!v.is(id, value) || !isStorable(value)) throw badRequest(`${name}: expected an id of 1 to 200 characters.`)
  return value
}

/** A moment out of the query, in milliseconds; throws a 400 that names it. */
export function queryMoment(c: Context, name: string): number | undefined {
  const value = c.req.query(name)
  if (value === undefined || value === '') return undefined
  if (!v.is(moment, value)) throw badRequest(`${name}: expected a moment as 2026-11-23T14:00:00Z.`)
  return Date.parse(value)
}

/** A whole number out of the query, `least` ≤ n ≤ `most`; throws a 400 that names it. */
export function queryCount(c: Context, name: string, otherwise: number, least: number, most: number): number {
  const value = c.req.query(name)
  if (value === undefined || value === '') return otherwise
  const count = /^\d+$/.test(value) ? Number(value) : NaN
  if (!(count >= least && count <= most)) throw badRequest(`${name}: expected a whole number from ${least} to ${most}.`)
  return count
}

/** A place to go on from, opaque to the client. */
export function writeCursor(cursor: object): string {
  const bytes = new TextEncoder().encode(JSON.stringify(cursor))
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Reads what `writeCursor` wrote; throws a 400 when it is something else. */
export function readCursor<S extends v.GenericSchema>(c: Context, schema: S): v.InferOutput<S> | undefined {
  const value = c.req.query('cursor')
  if (!value) return undefined
  try {
    const bytes = Uint8Array.from(atob(value.replaceAll('-', '+').replaceAll('_', '/')), (it) => it.charCodeAt(0))
    return v.parse(schema, JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    throw badRequest('cursor: not one of ours. Take it from `next` of the page before, or begin without one.')
  }
}
