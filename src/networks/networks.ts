import type { NetworkId } from './account.ts'
import { admitad } from './admitad.ts'
import { aliexpress } from './aliexpress.ts'
import { amazon } from './amazon.ts'
import { awin } from './awin.ts'
import { cj } from './cj.ts'
import { direct } from './direct.ts'
import { ebay } from './ebay.ts'
import { impact } from './impact.ts'
import { jd } from './jd.ts'
import { partnerize } from './partnerize.ts'
import { pinduoduo } from './pinduoduo.ts'
import { rakuten } from './rakuten.ts'
import { shareasale } from './shareasale.ts'
import { shopee } from './shopee.ts'
import { skimlinks } from './skimlinks.ts'
import { sovrn } from './sovrn.ts'
import { taobao } from './taobao.ts'
import { tradedoubler } from './tradedoubler.ts'
import { tradetracker } from './tradetracker.ts'
import { webgains } from './webgains.ts'
import type { LinkForm, Network } from './network.ts'
import { addressOf, parameterNames } from './link-text.ts'

/** The rules of every network, by its id. */
export const networks: Readonly<Record<NetworkId, Network>> = {
  awin, cj, rakuten, impact, ebay, amazon, taobao, shareasale, partnerize, skimlinks, sovrn, tradedoubler, tradetracker, admitad,
  aliexpress, jd, pinduoduo, shopee, webgains, direct,
}

/** The network whose addresses look like this one, and which of its forms; a page that it could only link to counts too. */
export function formOf(url: string): { network: Network; form: LinkForm } | undefined {
  const address = addressOf(url)
  if (!address) return undefined
  for (const network of Object.values(networks)) {
    const form = network.forms.find((it) => it.like.test(address))
    if (form) return { network, form }
  }
  return undefined
}

/** The affiliate network that this link already belongs to. A merchant's plain page belongs to none. */
export function networkOf(url: string): NetworkId | undefined {
  const found = formOf(url)
  if (!found) return undefined
  const { marks } = found.form
  if (!marks) return found.network.id
  const names = parameterNames(url).map((name) => name.toLowerCase())
  return marks.some((mark) => names.includes(mark.toLowerCase())) ? found.network.id : undefined
}
