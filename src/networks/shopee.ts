import { alphanumeric, digits, type Network } from './network.ts'

// https://help.shopee.sg/portal/10/article/171184-Affiliate%20Short%20Link%20Implementation%20Guide: sub_id holds five values
// between dashes; a reference without a dash is the first.
export const shopee: Network = {
  id: 'shopee',
  name: 'Shopee',
  kind: 'client-buildable',
  template: 'https://s.{site}/an_redir?origin_link={target}&affiliate_id={publisher}&sub_id={ref}',
  sites: Object.fromEntries(
    ['shopee.sg', 'shopee.com.my', 'shopee.co.id', 'shopee.co.th', 'shopee.ph', 'shopee.vn', 'shopee.tw', 'shopee.com.br'].map((host) => [host, host]),
  ),
  forms: [
    {
      like: /^s\.shopee\.(?:sg|com\.my|co\.id|co\.th|ph|vn|tw|com\.br)\/an_redir/,
      publisher: { at: '?affiliate_id', valid: digits, called: 'affiliate_id' },
      subId: { at: '?sub_id', chars: /^[A-Za-z0-9]*(?:-[A-Za-z0-9]*){0,4}$/, inWords: alphanumeric.inWords },
      target: '?origin_link',
    },
    { like: /^(?:s\.shopee\.(?:sg|com\.my|co\.id|co\.th|ph|vn|tw|com\.br)|shope\.ee)\// },
  ],
}
