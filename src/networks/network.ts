import type { NetworkId } from './account.ts'

/**
 * Where a value stands in a link: `?name` is a query parameter, anything else a text in the path, such as `/sid/` or
 * `/pubref:`, that the value follows up to the next slash.
 */
export type Place = string

/** One way in which a network writes its links. */
export interface LinkForm {
  /** Matches the address without its scheme, host in lower case. */
  readonly like: RegExp
  /** Merchants' own pages look like this too: only one of these parameters makes it an affiliate link. */
  readonly marks?: readonly string[]
  readonly publisher?: { readonly at: Place; readonly valid: RegExp; readonly called: string }
  /** What else must be there, with the form it must have. */
  readonly needs?: Readonly<Record<Place, RegExp>>
  /** Where the click reference goes; absent when the network takes none that is made up at the click. */
  readonly subId?: { readonly at: Place; readonly max?: number; readonly chars: RegExp; readonly inWords: string }
  /** A sub-id in the path is put behind this, when the link has none yet. */
  readonly subIdFollows?: RegExp
  /** Where the merchant's page stands: a parameter (percent-encoded), or a pattern of (what is before)(the page as it is). */
  readonly target?: `?${string}` | RegExp
  /** Parameters whose case must be exact, besides the above. */
  readonly names?: readonly string[]
  /** Parameters that must not be filled per click without the network's leave. */
  readonly byApproval?: readonly string[]
}

export interface Network {
  readonly id: NetworkId
  readonly name: string
  /** `client-buildable`: whoever knows the account can write the link. `server-signed`: only the network's API can. */
  readonly kind: 'client-buildable' | 'server-signed'
  /**
   * What its terms say of links that redirect on their way to it. `forbidden`: they are always direct. `disliked`: only
   * the account's own word makes them redirect, a placement's does not. Absent: they may.
   */
  readonly redirects?: 'forbidden' | 'disliked'
  /** Sub-ids must be approved or registered with the network before they are used. */
  readonly subIdNeedsApproval?: true
  /** The first is the one that `template` writes. */
  readonly forms: readonly LinkForm[]
  /** Names of the parts of a merchant's id in an account, in order. */
  readonly merchant?: readonly string[]
  /**
   * The link: `{publisher}`, `{ref}` (kept literally), `{target}` (percent-encoded), `{raw}` (the target as it is) and the
   * parts of the merchant's id. Beginning with `+` it is a query added to the target itself.
   */
  readonly template?: string
  /** The network pays at any shop: its account stands in where no other names the shop. */
  readonly anyMerchant?: true
  /** Longest address the network takes. */
  readonly maxLength?: number
  /** Value of `{site}` by the target's host, for networks that number their sites. */
  readonly sites?: Readonly<Record<string, string>>
}

export const alphanumeric = { chars: /^[A-Za-z0-9]*$/, inWords: 'letters and digits' }
/** Most networks forbid nothing by name; what would need encoding, or tells about a person, has no business there. */
export const wordLike = { chars: /^[\w.~-]*$/, inWords: 'letters, digits, - _ . ~' }
export const digits = /^\d+$/
