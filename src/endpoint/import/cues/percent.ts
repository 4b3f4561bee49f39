import { numberOf } from './json-value.ts'

/** A fraction of the picture from `"48.5%"`, or from a number of percent; NaN when it is none. */
export function readPercent(value: unknown): number {
  const percent = numberOf(typeof value === 'string' ? value.trim().replace(/\s*%$/, '') : value)
  return Math.round(percent * 1e6) / 1e8
}

/** Seconds from a number, or from a clock as in `00:05` or `1:02:03.5`; NaN when it is none. */
export function readSeconds(value: unknown): number {
  if (typeof value !== 'string' || !value.includes(':')) return numberOf(value)
  const parts = value.trim().split(':')
  if (parts.length > 3 || !parts.every((part) => /^\d+(?:[.,]\d+)?$/.test(part))) return NaN
  return parts.reduce((sum, part) => sum * 60 + Number(part.replace(',', '.')), 0)
}
