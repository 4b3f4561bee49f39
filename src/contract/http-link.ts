import { protocolOf } from './protocol-of.ts'

// Where it leads is no slot's to say: a host with `{ref}` in it would be made of what a reader's browser asks with.
const nothingSmuggled = /^https?:\/\/[^\s\\\u0000-\u001f/?#{]+([/?#][^\s\\\u0000-\u001f]*)?$/i

/** An absolute http(s) address: the only kind of link that is ever rendered or followed. What browsers cannot read leads nowhere. */
export const isHttpLink = (it: unknown): it is string =>
  typeof it === 'string' && it.length <= 4000 && nothingSmuggled.test(it) && /^https?:$/.test(protocolOf(it) ?? '')
