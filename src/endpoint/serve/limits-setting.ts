import { defaultLimits, type Limits } from '../limits.ts'

/** Reads limits from JSON such as `{"streamsPerAddress": 5000}`. Throws a sentence when it is none. */
export function readLimits(setting: string | undefined): Partial<Limits> {
  if (!setting) return {}
  let wished: unknown
  try {
    wished = JSON.parse(setting)
  } catch {
    throw new Error(`KANMAI_LIMITS is no JSON: ${setting}`)
  }
  if (typeof wished !== 'object' || !wished) throw new Error(`KANMAI_LIMITS is no object: ${setting}`)
  for (const [name, value] of Object.entries(wished)) {
    if (!(name in defaultLimits)) throw new Error(`KANMAI_LIMITS: there is no limit ${name}; there are ${Object.keys(defaultLimits).join(', ')}`)
    if (!(Number.isFinite(value) && (value as number) >= 0)) throw new Error(`KANMAI_LIMITS: ${name}: expected a number of 0 or more`)
  }
  return wished
}
