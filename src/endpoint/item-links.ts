import { isAppLink } from '../contract/app-link.ts'
import { isHttpLink } from '../contract/http-link.ts'
import type { Item } from '../contract/item.ts'
import { affiliateLink, wayOf } from '../networks/affiliate-link.ts'
import type { Publisher } from './store/publishers.ts'

/** The links of an item, from its public id, what the catalogue says it leads to, and what other links the feed has given it. */
export type ItemLinks = (id: string, target: string, own?: Item['links']) => { url: string } & NonNullable<Item['links']>

/** What the page fills in as text; the redirector takes a slot that nobody filled for nothing. */
const slots = '?ref={ref}&placement={placement}&media={media}&second={second}'

/**
 * How a publisher's items are linked. `go` is the address before an item's id at the redirector; `placement` is where
 * the items are asked for, when that is known. The other way comes along where a page may need it: the direct one of
 * every redirected link, for readers of whom nothing may be sent, and the redirected one when a placement asks for it.
 */
export function createItemLinks({ page, private: secret }: Publisher, go: string, placement?: string): ItemLinks {
  const { placements = {} } = page
  const asked = placement !== undefined && Object.hasOwn(placements, placement) ? placements[placement]?.link : undefined
  const anyRedirects = Object.values(placements).some((it) => it.link === 'redirect')
  const ways = (id: string, target: string): { url: string; direct?: string; redirect?: string } => {
    const link = affiliateLink(target, secret.networks ?? [])
    const redirect = `${go}${encodeURIComponent(id)}${slots}`
    // What leads to no shop is no link either way.
    if (!isHttpLink(link.url)) return { url: link.url }
    if (wayOf(link, asked) === 'redirect') return { url: redirect, direct: link.url }
    return { url: link.url, ...(anyRedirects && wayOf(link, 'redirect') === 'redirect' && { redirect }) }
  }
  return (id, target, { app, ...others } = {}) => ({ ...others, ...(isAppLink(app, page.app?.schemes) && { app }), ...ways(id, target) })
}
