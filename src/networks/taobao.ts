import { wordLike, type Network } from './network.ts'

// https://developer.alibaba.com/docs/api.htm?apiId=72807: click_url and coupon_share_url come signed, often as `//…`.
// `unid` is the sub-id of one's own choice; relation_id and special_id are given out by Taobao and left alone.
const link = { subId: { at: '?unid', ...wordLike }, names: ['relation_id', 'special_id'] }

export const taobao: Network = {
  id: 'taobao',
  name: 'Taobao Alliance',
  kind: 'server-signed',
  forms: [
    { like: /^s\.click\.(?:taobao|tmall)\.com\//, ...link },
    { like: /^uland\.taobao\.com\//, ...link },
  ],
}
