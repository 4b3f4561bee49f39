/** A plain value as JSON, whatever the host page made of `toJSON`: old libraries put one on arrays, and what they say is no JSON. */
export function toJson(it: unknown): string {
  if (typeof it !== 'object' || it === null) return JSON.stringify(it) ?? 'null'
  const parts = Array.isArray(it)
    ? it.map(toJson)
    : Object.entries(it).flatMap(([key, value]) => (value === undefined ? [] : [`${JSON.stringify(key)}:${toJson(value)}`]))
  return Array.isArray(it) ? `[${parts.join(',')}]` : `{${parts.join(',')}}`
}
