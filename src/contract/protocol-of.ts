// Every room may read an address; the types of DOM and Node, which both have it, are not for all of them.
declare const URL: new (url: string) => { readonly protocol: string }

/** The protocol of an absolute address, as in `https:`; undefined for what browsers do not read, half characters too. */
export function protocolOf(address: string): string | undefined {
  try {
    return /\p{Cs}/u.test(address) ? undefined : new URL(address).protocol
  } catch {
    return undefined
  }
}
