import * as v from 'valibot'
import { isHttpLink } from './http-link.ts'

// The message of a schema is the phrase after "expected"; parse.ts makes the sentence.

/** Text of 1 to `max` characters. */
export const text = (max = 500) =>
  v.custom<string>((it) => typeof it === 'string' && it.length > 0 && it.length <= max, `text of 1 to ${max} characters`)

/** An opaque id: never parsed, never a number (some networks' ids do not fit one). */
export const id = text(200)

export const number = v.custom<number>(Number.isFinite, 'a number')

/** A fraction of the picture or of a whole; slightly outside is allowed, an object may leave the picture. */
export const fraction = v.custom<number>(
  (it) => Number.isFinite(it) && Math.abs(it as number) <= 10,
  'a fraction of the picture (0..1)',
)

export const integer = v.custom<number>(Number.isSafeInteger, 'an integer')

export const count = v.custom<number>((it) => Number.isSafeInteger(it) && (it as number) >= 0, 'an integer of 0 or more')

export const flag = v.boolean('true or false')

/** Seconds of the media. */
export const second = v.custom<number>((it) => Number.isFinite(it) && (it as number) >= 0, 'seconds of 0 or more')

/** A moment: ISO 8601 with a zone, as in `2026-11-23T14:00:00Z`. */
export const moment = v.custom<string>(
  (it) => typeof it === 'string' && /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(it) && !Number.isNaN(Date.parse(it)),
  'a moment (ISO 8601 with zone)',
)

/** An absolute http(s) address. An allow-list: whatever else a feed brings (`javascript:`, `data:`) is refused. */
export const link = v.custom<string>(isHttpLink, 'an http(s) address')

/** A click reference: what every affiliate network accepts as a sub-id. */
export const ref = v.custom<string>((it) => typeof it === 'string' && /^[A-Za-z0-9]{1,30}$/.test(it), '1 to 30 letters or digits')

export const oneOf = <const T extends readonly string[]>(...words: T) => v.picklist(words, `one of ${words.join(', ')}`)

export const list = <S extends v.GenericSchema>(entry: S) => v.array(entry, 'a list')
