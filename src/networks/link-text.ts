// Links are worked on as text. Parsing one and writing it again would change the encoding of parts that are not ours,
// and a network that signed them would no longer know its own link.

const shape = /^(https?):\/\/([^/?#\\\s]+)([^\s\\]*)$/i

/** Host (lower case, without user and port) and the rest, or undefined when it is no http(s) address. */
export function addressOf(url: string): string | undefined {
  const [, , authority, rest] = shape.exec(url) ?? []
  const host = authority?.replace(/^.*@/, '').replace(/:\d*$/, '').toLowerCase()
  return host ? host + rest! : undefined
}

export function hostOf(url: string): string | undefined {
  return addressOf(url)?.match(/^[^/?#]*/)?.[0]
}

/** Before the query, the query without its question mark (undefined when there is none), and the fragment with its #. */
export function cutQuery(url: string): { head: string; query: string | undefined; hash: string } {
  const [, head = '', query, hash = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(url) ?? []
  return { head, query, hash }
}

const nameIn = (piece: string) => piece.slice(0, (piece + '=').indexOf('='))

export function parameterNames(url: string): string[] {
  return (cutQuery(url).query ?? '').split('&').filter(Boolean).map(nameIn)
}

/** Values of a query parameter as they stand, undecoded. */
export function parameter(url: string, name: string): string[] {
  const pieces = (cutQuery(url).query ?? '').split('&')
  return pieces.filter((piece) => nameIn(piece) === name).map((piece) => piece.slice(name.length + 1))
}

/**
 * The same link with a query parameter set: each one of that name gets the value; without one it is added at the end, or
 * in front of the parameter `before`, since what follows an unencoded address may be taken for a part of it.
 */
export function withParameter(url: string, name: string, value: string, before?: string): string {
  const { head, query, hash } = cutQuery(url)
  const piece = `${name}=${value}`
  if (!query) return `${head}?${piece}${hash}`
  const pieces = query.split('&')
  if (pieces.some((it) => nameIn(it) === name)) {
    return `${head}?${pieces.map((it) => (nameIn(it) === name ? piece : it)).join('&')}${hash}`
  }
  const at = before ? pieces.findIndex((it) => nameIn(it) === before) : -1
  if (at >= 0) pieces.splice(at, 0, piece)
  else if (pieces.at(-1) === '') pieces.splice(-1, 1, piece)
  else pieces.push(piece)
  return `${head}?${pieces.join('&')}${hash}`
}

/** Percent-decoded, or undefined when it cannot be. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
