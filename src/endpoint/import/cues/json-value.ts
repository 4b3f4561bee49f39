import { UnreadableFile } from './cue-import.ts'

/** Foreign JSON is asked, never trusted: what is not of the wanted kind is not there. */
export type Json = Record<string, unknown>

export function readJsonText(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new UnreadableFile(`broken JSON: ${(error as Error).message.slice(0, 200)}`)
  }
}

export const recordOf = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** The records of a list; what else is in it is left out. */
export const recordsOf = (value: unknown): Json[] => listOf(value).map(recordOf).filter((it) => it !== undefined)

/** A number, also one that is written as text; NaN when it is none. */
export function numberOf(value: unknown): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' && value.trim() ? Number(value) : NaN
}

/** Text that is not blank, or a number as text: what an id or a name may be. */
export function nameOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return typeof value === 'string' && value.trim() ? value.trim().slice(0, 200) : undefined
}

/** Whether a flag is set, in the ways files write it: true, 1, "1", "true". */
export const isSet = (value: unknown): boolean => value === true || value === 1 || value === '1' || value === 'true' || value === 'True'
