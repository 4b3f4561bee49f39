import { type Network } from './network.ts'

// https://webservices.amazon.de/paapi5/documentation/use-cases/buying-price.html: the tag goes on the product's own address.
// Associates Program Policies: no commission for what comes by a "Redirecting Link", and no cloaking by use of one.
// ascsubtag is given by approval and must not be made up per reader, so a click carries no reference: use a tag per channel.
const tlds = 'com|ca|com\\.mx|com\\.br|co\\.uk|de|fr|it|es|nl|se|pl|ie|com\\.be|com\\.tr|ae|sa|eg|in|co\\.jp|sg|com\\.au|co\\.za|cn'

export const amazon: Network = {
  id: 'amazon',
  name: 'Amazon Associates',
  kind: 'client-buildable',
  redirects: 'forbidden',
  subIdNeedsApproval: true,
  template: '+tag={publisher}',
  forms: [
    {
      like: new RegExp(`^(?:[\\w-]+\\.)?amazon\\.(?:${tlds})(?:[/?#]|$)`),
      marks: ['tag'],
      publisher: { at: '?tag', valid: /^[\w.-]+-\d\d$/, called: 'tag (name-20)' },
      byApproval: ['ascsubtag'],
    },
    { like: /^(?:amzn\.(?:to|eu|asia)|a\.co)\// },
  ],
}
