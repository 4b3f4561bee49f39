import type { Random } from './world.ts'

/** Where the click reference goes in a finished affiliate link. */
export const refSlot = '{ref}'

/**
 * Where networks write it into the path: without a ref that step goes too, or the rest of the path is read as the ref. A
 * whole step and no host, so that what is left leads where it led before.
 */
const pathSlot = /([^/])\/(sid\/|pubref:){ref}(?=[/?#]|$)/g

/** Where a click happened, as far as it is known. */
export interface ClickPlace {
  placement?: string | undefined
  media?: string | undefined
  /** Second of the media. */
  second?: number | undefined
}

/** Parameters that say where the click happened: `&media={media}`. */
const placeSlots = /&(placement|media|second)={\1}/g

/**
 * Puts the ref and the place of the click into a link as text; what is not known leaves its slot empty. Rebuilding the
 * URL would re-encode its other parameters.
 */
export function stampRef(url: string, ref = '', place: ClickPlace = {}): string {
  return (ref ? url : url.replace(pathSlot, '$1'))
    .replace(placeSlots, (_, name: keyof ClickPlace) => (place[name] === undefined ? '' : `&${name}=${encoded(place[name])}`))
    .split(refSlot)
    .join(ref)
}

/** Half a character is none: encodeURIComponent would throw. */
const encoded = (value: string | number): string => encodeURIComponent(String(value).replace(/\p{Cs}/gu, ''))

// One version, two hashes, a second and 14 random characters (72 bits): 29 of the 30 that every network takes. Lower
// case and digits only, because some networks fold case.
export const refVersion = '1'
export const noHash = '00000'
export const noSecond = 'zzzz'
const lastSecond = 36 ** 4 - 2

/** Five characters of [0-9a-z] that stand for a text in a ref. Short: equal hashes suggest equal texts, they do not prove it. */
export function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash ^= hash >>> 13
  // Zero is kept free: it says that there was no text.
  return (((hash >>> 0) % (36 ** 5 - 1)) + 1).toString(36).padStart(5, '0')
}

/** A new click reference of 29 characters of [0-9a-z]. Seconds past 19 days are written as the last one there is. */
export function mintRef({ placement, media, second }: ClickPlace, random: Random): string {
  const when = second !== undefined && second >= 0 ? Math.min(Math.floor(second), lastSecond).toString(36).padStart(4, '0') : noSecond
  let ref = refVersion + (placement ? hashOf(placement) : noHash) + (media ? hashOf(media) : noHash) + when
  while (ref.length < 29) ref += random(36).toString(36)
  return ref
}
