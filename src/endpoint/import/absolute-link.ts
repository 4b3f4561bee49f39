/**
 * The absolute http(s) address of a feed's link; undefined when it has another scheme, or is relative and there is no
 * base. What is absolute stays as it is written, but for spaces and the like, which no address may hold.
 */
export function absoluteLink(written: string, base: string | undefined): string | undefined {
  const link = written.trim()
  if (!link || /[\0-\x1f\x7f\\]/.test(link)) return undefined
  if (/^https?:\/\/[^/?#\s]/i.test(link)) return encodeSpaces(link)
  if (/^\/\/[^/?#\s]/.test(link)) return encodeSpaces(`https:${link}`)
  if (!base || /^[a-z][\w+.-]*:/i.test(link) || link.startsWith('//')) return undefined
  try {
    const { href, protocol } = new URL(link, base)
    return protocol === 'https:' || protocol === 'http:' ? href : undefined
  } catch {
    return undefined
  }
}

function encodeSpaces(link: string): string {
  return link.replace(/\s/g, (space) => encodeURIComponent(space))
}
