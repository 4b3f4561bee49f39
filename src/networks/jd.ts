import { type Network } from './network.ts'

// http://doc.union.lottefuture.com/api-56868928: links come from promotion.*.get; subUnionId is set there, by application.
export const jd: Network = {
  id: 'jd',
  name: 'JD Union',
  kind: 'server-signed',
  subIdNeedsApproval: true,
  forms: [{ like: /^(?:u|union-click)\.jd\.com\// }],
}
