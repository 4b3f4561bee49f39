import type { LinkForm, Place } from './network.ts'
import { addressOf, decoded, parameter, withParameter } from './link-text.ts'

const quoted = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Splits a link whose target stands in its path into the network's part and the target; without one, all is the network's. */
function cutTarget(url: string, form: LinkForm): { own: string; target: string } {
  if (!(form.target instanceof RegExp)) return { own: url, target: '' }
  const target = form.target.exec(addressOf(url) ?? '')?.[2] ?? ''
  return { own: url.slice(0, url.length - target.length), target }
}

/** The values at a place, undecoded. */
export function valuesAt(url: string, form: LinkForm, place: Place): string[] {
  if (place.startsWith('?')) return parameter(url, place.slice(1))
  const { own } = cutTarget(url, form)
  return [...own.matchAll(new RegExp(`${quoted(place)}([^/?#]*)`, 'g'))].map((match) => match[1]!)
}

/** The link with a value in its sub-id; everything else as it was. Unchanged when the form has no place for one. */
export function withSubId(url: string, form: LinkForm, value: string): string {
  const place = form.subId?.at
  if (!place) return url
  if (place.startsWith('?')) {
    return withParameter(url, place.slice(1), value, typeof form.target === 'string' ? form.target.slice(1) : undefined)
  }
  const { own, target } = cutTarget(url, form)
  const there = new RegExp(`${quoted(place)}[^/?#]*`)
  if (there.test(own)) return own.replace(there, () => place + value) + target
  return own.replace(form.subIdFollows!, (found) => found + place + value) + target
}

/** The merchant's page that a link leads to, as the network will read it; undefined when the link names none. */
export function targetIn(url: string, form: LinkForm): string | undefined {
  if (form.target instanceof RegExp) return cutTarget(url, form).target || undefined
  const value = form.target && parameter(url, form.target.slice(1))[0]
  return value ? decoded(value) : undefined
}
