const nothingSmuggled = /^https?:\/\/[^\s\\\u0000-\u001f]+$/i

/** An absolute http(s) address: the only kind of link that is ever rendered or followed. */
export function isHttpLink(it: unknown): it is string {
  return typeof it === 'string' && it.length <= 4000 && nothingSmuggled.test(it)
}
