import { wordLike, type Network } from './network.ts'

// https://docs.fmtc.co/kb/partnerize: camref (one per merchant), pubref (256), ar, destination, in this order; the target as it is.
const code = /^\w+$/

export const partnerize: Network = {
  id: 'partnerize',
  name: 'Partnerize',
  kind: 'client-buildable',
  merchant: ['camref'],
  template: 'https://prf.hn/click/camref:{camref}/pubref:{ref}/destination:{raw}',
  forms: [
    {
      like: /^(?:[\w-]+\.)?prf\.hn\/click\//,
      publisher: { at: '/camref:', valid: code, called: 'camref' },
      subId: { at: '/pubref:', max: 256, ...wordLike },
      subIdFollows: /\/camref:[^/]*(?:\/creativeref:[^/]*)?/,
      target: /^([^/]*\/click\/(?:[a-z]+:[^/]*\/)*?destination:)(.+)$/is,
    },
  ],
}
