// Every room may read an address; the types of DOM and Node, which both have it, are not for all of them.
declare const URL: new (url: string) => { readonly protocol: string }

const nothingSmuggled = /^https?:\/\/[^\s\\\u0000-\u001f]+$/i

/** An absolute http(s) address: the only kind of link that is ever rendered or followed. */
export function isHttpLink(it: unknown): it is string {
  if (typeof it !== 'string' || it.length > 4000 || !nothingSmuggled.test(it)) return false
  try {
    // What the browser cannot read leads nowhere, and is nobody's product.
    return /^https?:$/.test(new URL(it).protocol)
  } catch {
    return false
  }
}
