/** Where the click reference goes in a finished affiliate link. */
export const refSlot = '{ref}'

/** Puts the ref into a link as text; without one the slot is left empty. Rebuilding the URL would re-encode its other parameters. */
export function stampRef(url: string, ref = ''): string {
  return url.replaceAll(refSlot, ref)
}
