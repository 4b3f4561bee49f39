import { wordLike, type Network } from './network.ts'

// https://open.alitrip.com/docs/api.htm?apiId=47546: the code comes from affiliate.link.generate; `dp` is the click's own id.
export const aliexpress: Network = {
  id: 'aliexpress',
  name: 'AliExpress',
  kind: 'server-signed',
  forms: [{ like: /^s\.click\.aliexpress\.com\/(?:e|deep_link\.htm)/, subId: { at: '?dp', ...wordLike }, names: ['af', 'cn', 'cv'] }],
}
