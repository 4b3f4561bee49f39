import { isbot } from 'isbot'

/** Those that look where links lead, to draw a preview or an index: they say so themselves, and follow nothing. */
const looker = /bot\b|crawl|spider|slurp|preview|embed|unfurl|iframely|facebookexternal|facebookcatalog|meta-external|whatsapp|viber|skype|pinterest|vkshare|mastodon|archiver|validator|inspection|lighthouse/i

const agentOf = ({ headers }: Request) => headers.get('user-agent') ?? ''

/** Its user agent, or what the browser says beside it, is that of a program: `curl`, a headless browser, a crawler. */
export function isProgram(request: Request): boolean {
  return isbot(agentOf(request)) || /headless/i.test(request.headers.get('sec-ch-ua') ?? '')
}

/** A program that only looks where the link leads. */
export function isLooker(request: Request): boolean {
  return looker.test(agentOf(request)) && isbot(agentOf(request))
}

/** A browser that fetches a link ahead of a click that may never come. */
export function isAhead({ headers }: Request): boolean {
  return ['sec-purpose', 'purpose', 'x-moz'].some((name) => /prefetch|prerender|preview/i.test(headers.get(name) ?? ''))
}

/** The browser says that the address was not followed: a picture, a script or a frame's code has fetched it. */
export function isFetched({ headers }: Request): boolean {
  return (headers.get('sec-fetch-mode') ?? 'navigate') !== 'navigate'
}
