import * as v from 'valibot'
import { LinkWay } from '../contract/page-config.ts'
import { list, oneOf, text } from '../contract/primitives.ts'

/** Every affiliate network that has rules here; `direct` is a merchant's own programme. */
export const networkIds = [
  'awin', 'cj', 'rakuten', 'impact', 'ebay', 'amazon', 'taobao', 'shareasale', 'partnerize', 'skimlinks', 'sovrn', 'tradedoubler',
  'tradetracker', 'admitad', 'aliexpress', 'jd', 'pinduoduo', 'shopee', 'webgains', 'direct',
] as const
export type NetworkId = (typeof networkIds)[number]

const host = text(253)

/** A publisher's account at one network. Private: it never reaches a page, only the links built from it do. */
export const NetworkAccount = v.object({
  network: oneOf(...networkIds),
  /** Our id there: Awin's awinaffid, CJ's PID, impact's MPID, eBay's campid, Amazon's tag, Taobao's mm_1_2_3. */
  publisher: v.optional(text(200)),
  /**
   * Merchants we may send readers to: host of their shop → their id in the network, as in `{'shop.example': '4711'}`.
   * Where a network needs several ids they are joined by `/`, in the order the network's file names them. A host also
   * stands for its subdomains. Amazon: marketplace → the tag that holds there.
   */
  merchants: v.optional(v.record(host, text(500))),
  /** Further merchants, where the network needs no id for them. */
  hosts: v.optional(list(host)),
  /** Name of the query parameter that takes the click reference; only for `direct`. */
  parameter: v.optional(text(50)),
  /** How its links lead to the shop: `direct` (default), or `redirect` over the endpoint, where the network's terms allow it. */
  link: v.optional(LinkWay),
})

export type NetworkAccount = v.InferOutput<typeof NetworkAccount>
