import { digits, wordLike, type Network } from './network.ts'

// https://help.impact.com/support/solutions/articles/48001235417: subId1 to subId3;
// sharedid is seen by the brand, so it is left alone.
// https://help.impact.com/en/support/solutions/articles/155000000123-guide-to-query-string-parameters: 255 characters.
const hosts = /^(?:(?:[\w-]+\.)?(?:pxf\.io|sjv\.io|evyy\.net|eqjw\.net|7eer\.net|ojrq\.net|audw\.net|pvxt\.net|snlv\.net|i\d+\.net)\/|goto\.[\w.-]+\/c\/\d)/
const subId = { at: '?subId1', max: 255, ...wordLike }
const names = ['subId2', 'subId3', 'sharedid', 'u']

export const impact: Network = {
  id: 'impact',
  name: 'impact.com',
  kind: 'client-buildable',
  // The merchant's id is `brand.pxf.io/123456/7890`: tracking host, ad, campaign.
  merchant: ['host', 'ad', 'campaign'],
  template: 'https://{host}/c/{publisher}/{ad}/{campaign}?subId1={ref}&u={target}',
  forms: [
    {
      like: new RegExp(`(?=^[^/]+/c/)${hosts.source}`),
      publisher: { at: '/c/', valid: digits, called: 'the number after /c/' },
      subId,
      target: '?u',
      names,
    },
    { like: hosts, subId, target: '?u', names },
  ],
}
