import { refSlot } from '../core/click-ref.ts'
import { formOf, networkOf } from './networks.ts'
import { withSubId } from './place.ts'

/**
 * An affiliate link, signed or pasted, with the `{ref}` slot in its network's sub-id and everything else byte for byte as
 * it was. Links of networks that take no reference, and all other links, come back unchanged.
 */
export function stamp(url: string): string {
  const found = formOf(url)
  return found && networkOf(url) ? withSubId(url, found.form, refSlot) : url
}
