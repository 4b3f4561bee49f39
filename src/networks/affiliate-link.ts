import { refSlot } from '../core/click-ref.ts'
import type { LinkWay } from '../contract/page-config.ts'
import type { NetworkAccount, NetworkId } from './account.ts'
import { build } from './build.ts'
import { byHost } from './by-host.ts'
import { hostOf } from './link-text.ts'
import { formOf, networkOf, networks } from './networks.ts'
import { valuesAt } from './place.ts'
import { stamp } from './stamp.ts'

/** A link as it goes into `Item.url`. */
export interface AffiliateLink {
  /** The finished link, with a literal `{ref}` where the click reference goes when the network takes one. */
  url: string
  /** Who pays for it; absent when nobody does. */
  network?: NetworkId
  /** How the account wants its links to lead to the shop. */
  way?: LinkWay
  /** Why nobody pays, or what is doubtful, in a sentence. */
  issue?: string
}

/**
 * The link that pays: a merchant's page gets the link of the account that names its host; a link of a network, signed
 * or pasted, gets the slot for the click reference; anything else stays as it is.
 */
export function affiliateLink(target: string, accounts: readonly NetworkAccount[]): AffiliateLink {
  const network = networkOf(target)
  if (network) {
    const way = accounts.find((it) => it.network === network && it.link)?.link
    return { url: target.includes(refSlot) ? target : stamp(target), network, ...(way && { way }), ...strangerIn(target, accounts) }
  }
  if (target.includes(refSlot)) return { url: target, network: 'direct' }
  const account = accountFor(target, accounts)
  if (!account) return { url: target }
  const { url, issue } = build(target, account)
  if (url === undefined) return { url: target, issue }
  return { url, network: account.network, ...(account.link && { way: account.link }) }
}

/** How a link leads to the shop, when its placement asks for `asked`: what the network's terms forbid is never done. */
export function wayOf({ network, way = 'direct' }: AffiliateLink, asked?: LinkWay): LinkWay {
  const rule = network && networks[network].redirects
  if (rule === 'forbidden') return 'direct'
  return (rule === 'disliked' && asked === 'redirect' ? undefined : asked) ?? way
}

/** Accounts that name the host come first, then a network whose own shop this is, then one that pays at any shop. */
function accountFor(target: string, accounts: readonly NetworkAccount[]): NetworkAccount | undefined {
  const host = hostOf(target)
  if (!host) return undefined
  const named = (account: NetworkAccount) => {
    const hosts = Object.fromEntries((account.hosts ?? []).map((it) => [it, true]))
    return byHost<unknown>({ ...hosts, ...account.merchants }, host) !== undefined
  }
  return (
    accounts.find(named) ??
    accounts.find(({ network }) => formOf(target)?.network.id === network || byHost(networks[network].sites, host)) ??
    accounts.find(({ network }) => networks[network].anyMerchant)
  )
}

/** A pasted link that names somebody else as publisher pays somebody else. */
function strangerIn(link: string, accounts: readonly NetworkAccount[]): { issue?: string } {
  const { network, form } = formOf(link)!
  const ours = accounts.filter((it) => it.network === network.id).flatMap((it) => [it.publisher, ...Object.values(it.merchants ?? {})])
  const named = form.publisher && valuesAt(link, form, form.publisher.at)[0]
  if (!named || !ours.length || ours.some((it) => it === named || named.startsWith(`${it}-`))) return {}
  return { issue: `this link pays the ${network.name} publisher "${named}", who is not among the accounts` }
}
