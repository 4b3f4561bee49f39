const shape = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/i

/** Milliseconds since 1970 and whether only a day was named; undefined when it is no moment. Without a zone it is UTC. */
function read(written: string): { at: number; wholeDay: boolean } | undefined {
  const [, year, month, day, hour, minute = '0', second = '0', zone = 'Z'] = shape.exec(written.trim()) ?? []
  if (!year) return undefined
  const numbers = [year, month, day, hour ?? '0', minute, second].map(Number) as [number, number, number, number, number, number]
  const [y, m, d, h, min, s] = numbers
  const utc = Date.UTC(y, m - 1, d, h, min, s)
  const date = new Date(utc)
  // Date.UTC would make 2 March of 30 February.
  if (date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d || h > 23 || min > 59 || s > 59) return undefined
  const [, sign, zoneHours = 0, zoneMinutes = 0] = /([+-])(\d\d):?(\d\d)/.exec(zone) ?? []
  const offset = (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000
  return { at: utc - offset, wholeDay: hour === undefined }
}

const iso = (at: number) => new Date(at).toISOString()

/** A moment of a feed as ISO 8601 in UTC. */
export function feedMoment(written: string): string | undefined {
  const found = read(written)
  return found && iso(found.at)
}

export interface Window {
  startsAt?: string
  endsAt?: string
}

/** A span `start/end`, either of which may be missing. An end that only names a day includes that day. */
export function feedWindow(written: string): Window | undefined {
  const [start = '', end = '', ...more] = written.split('/')
  if (more.length) return undefined
  const from = start.trim() ? read(start) : undefined
  const to = end.trim() ? read(end) : undefined
  if ((start.trim() && !from) || (end.trim() && !to) || (!from && !to)) return undefined
  const until = to && to.at + (to.wholeDay ? 86_400_000 : 0)
  if (from && until !== undefined && until <= from.at) return undefined
  return { ...(from && { startsAt: iso(from.at) }), ...(until !== undefined && { endsAt: iso(until) }) }
}
