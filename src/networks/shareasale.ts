import { alphanumeric, digits, type Network } from './network.ts'

// http://help.shareasale.com/index.php?_m=knowledgebase&_a=viewarticle&kbarticleid=6: afftrack, letters and digits, 255.
// Closed into Awin in 2025; links that still stand are checked and stamped, new ones are Awin's.
export const shareasale: Network = {
  id: 'shareasale',
  name: 'ShareASale',
  kind: 'client-buildable',
  merchant: ['banner', 'merchant'],
  template: 'https://www.shareasale.com/r.cfm?b={banner}&u={publisher}&m={merchant}&afftrack={ref}&urllink={target}',
  forms: [
    {
      like: /^(?:www\.)?shareasale\.com\/(?:r|u|m-pr)\.cfm/,
      publisher: { at: '?u', valid: digits, called: 'u' },
      subId: { at: '?afftrack', max: 255, ...alphanumeric },
      target: '?urllink',
      names: ['b', 'm'],
    },
  ],
}
