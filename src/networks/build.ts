import { refSlot } from '../core/click-ref.ts'
import type { NetworkAccount } from './account.ts'
import { byHost } from './by-host.ts'
import { addressOf, hostOf, withParameter } from './link-text.ts'
import { networks } from './networks.ts'

export type Built = { url: string; issue?: undefined } | { url?: undefined; issue: string }

/** The affiliate link to a merchant's page through an account, with `{ref}` where the click reference goes. */
export function build(target: string, account: NetworkAccount): Built {
  const network = networks[account.network]
  const host = hostOf(target)
  if (!host || !addressOf(target)) return { issue: `${target.slice(0, 80)} is no http(s) address` }
  const { template, name } = network
  if (!template) return { issue: `${name} signs its links itself: put the link from its API into the feed` }

  const ids = byHost(account.merchants, host)
  const values: Record<string, string | undefined> = {
    // Amazon's tag may differ by marketplace, and then stands where others have the merchant's id.
    publisher: (network.id === 'amazon' ? ids : undefined) ?? account.publisher,
    parameter: account.parameter,
    site: byHost(network.sites, host),
    target: encodeURIComponent(target),
    raw: target,
    ref: refSlot,
  }
  const parts = ids?.split('/') ?? []
  network.merchant?.forEach((part, at) => (values[part] = parts[at]))

  const missing = [...template.matchAll(/\{(\w+)\}/g)].map((it) => it[1]!).find((key) => !values[key])
  if (missing) return { issue: missingWords(missing, name, host, network.merchant) }
  const { valid, called } = network.forms[0]?.publisher ?? {}
  if (valid && values['publisher'] && !valid.test(values['publisher'])) {
    return { issue: `${name} knows no publisher "${values['publisher']}": it is what stands in ${called}` }
  }

  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, key: string) => values[key]!)
  if (!template.startsWith('+')) return { url: fill(template) }
  let url = target
  const fixed = network.id === 'direct' && ids?.includes('=') ? `${ids}&` : ''
  for (const pair of (fixed + fill(template.slice(1))).split('&')) {
    const at = pair.indexOf('=')
    url = withParameter(url, pair.slice(0, at), pair.slice(at + 1))
  }
  return { url }
}

function missingWords(key: string, name: string, host: string, merchant: readonly string[] | undefined): string {
  if (key === 'site') return `${name} has no site at ${host}`
  if (key === 'publisher' || key === 'parameter') return `the ${name} account has no ${key}`
  return `the ${name} account has no id for ${host}: set merchants["${host}"] to ${merchant!.join('/')}`
}
