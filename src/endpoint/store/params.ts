/**
 * What both databases read the same way. They serialise objects differently, so an object is refused before one of
 * them stores `[object Object]`; a Date becomes its ISO text.
 */
export function asParams(params: readonly unknown[] = []): unknown[] {
  return params.map((value, index) => {
    if (value === undefined) return null
    if (value instanceof Date) return value.toISOString()
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)) {
      throw new TypeError(`$${index + 1}: pass JSON as text (JSON.stringify), not as an object`)
    }
    return value
  })
}
