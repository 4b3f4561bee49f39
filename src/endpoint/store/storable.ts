// Under the u flag a whole pair is one character, so this finds halves only.
const unstorable = /\p{Surrogate}|\0/u
const everyUnstorable = new RegExp(unstorable, 'gu')

export function isStorable(text: string): boolean {
  return !unstorable.test(text)
}

/** The text without what PostgreSQL refuses: NUL goes, half a surrogate pair becomes U+FFFD. */
export function storable(text: string): string {
  return isStorable(text) ? text : text.replace(everyUnstorable, (it) => (it === '\0' ? '' : '\ufffd'))
}

/** JSON that `jsonb` takes. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_, it: unknown) => (typeof it === 'string' ? storable(it) : it))
}
