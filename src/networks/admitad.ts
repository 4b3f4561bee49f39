import { wordLike, type Network } from './network.ts'

// https://developers.admitad.com/knowledge-base/article/deeplink-generator_1: subid to subid3 of 50, subid4 of 120; never %00.
const subId = { at: '?subid', max: 50, ...wordLike }
const names = ['subid1', 'subid2', 'subid3', 'subid4', 'ulp']
const hash = /^\w+$/

export const admitad: Network = {
  id: 'admitad',
  name: 'Admitad',
  kind: 'client-buildable',
  merchant: ['hash'],
  template: 'https://ad.admitad.com/g/{hash}/?subid={ref}&ulp={target}',
  forms: [
    {
      like: /^(?:ad\.admitad\.com|alitems\.(?:com|co))\/g\//,
      publisher: { at: '/g/', valid: hash, called: 'the code after /g/' },
      subId,
      target: '?ulp',
      names,
    },
    {
      like: /^ad\.admitad\.com\/goto\//,
      publisher: { at: '/goto/', valid: hash, called: 'the code after /goto/' },
      subId,
      target: '?ulp',
      names,
    },
  ],
}
