export { NetworkAccount, networkIds, type NetworkId } from './account.ts'
export { affiliateLink, type AffiliateLink } from './affiliate-link.ts'
