import { protocolOf } from './protocol-of.ts'

/** No app's own: what a browser runs, reads from the disk, shows or asks the network for itself, and what may name any app. */
const notApps = /^(https?|wss?|ftps?|s?file|filesystem|content|blob|data|javascript|vbscript|about|view-source|intent|android-app|resource|jar|chrome.*|x-.*)$/

/** A scheme that an app can have for itself, in lower case: `taobao`, `openapp.jdmobile`. */
export const isAppScheme = (it: unknown): it is string => typeof it === 'string' && /^[a-z][a-z\d+.-]{1,49}$/.test(it) && !notApps.test(it)

/** An address that opens an app, by one of the schemes that the publisher has declared. */
export function isAppLink(it: unknown, schemes: readonly string[] = []): it is string {
  const scheme = typeof it === 'string' && it.length <= 2000 && /^([a-z][a-z\d+.-]*):[^\s\\\u0000-\u001f\u007f]+$/i.exec(it)?.[1]
  return !!scheme && protocolOf(it as string) !== undefined && schemes.some((declared) => isAppScheme(declared) && declared === scheme.toLowerCase())
}
