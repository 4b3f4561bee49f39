import { type Network } from './network.ts'

// https://veapi.cn/apidoc/pinduoduojinbao/170: p_id and custom_parameters are registered (备案) before a link is made with them.
export const pinduoduo: Network = {
  id: 'pinduoduo',
  name: 'Pinduoduo (多多客)',
  kind: 'server-signed',
  subIdNeedsApproval: true,
  forms: [
    { like: /^p\.pinduoduo\.com\// },
    { like: /^mobile\.yangkeduo\.com\//, marks: ['pid', 'cpsSign'], publisher: { at: '?pid', valid: /^\d+_\d+$/, called: 'pid (1_2)' } },
  ],
}
