import { alphanumeric, type Network } from './network.ts'

// https://developer.sovrn.com/reference/building-monetized-urls: cuid, letters and digits (32 in older pages); 2056 in all.
// https://knowledge.sovrn.com/kb/subids-in-commerce: subId is for sub-publishers and holds their page's address.
export const sovrn: Network = {
  id: 'sovrn',
  name: 'Sovrn Commerce',
  kind: 'client-buildable',
  anyMerchant: true,
  maxLength: 2056,
  template: 'https://redirect.viglink.com?key={publisher}&cuid={ref}&u={target}',
  forms: [
    {
      like: /^redirect\.viglink\.com(?:[/?]|$)/,
      publisher: { at: '?key', valid: /^[\da-f]{32}$/i, called: 'key (32 hexadecimal digits)' },
      subId: { at: '?cuid', max: 32, ...alphanumeric },
      target: '?u',
      names: ['fbu', 'bf', 'cp', 'subId'],
      byApproval: ['subId'],
    },
  ],
}
