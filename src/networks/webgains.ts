import { digits, wordLike, type Network } from './network.ts'

// https://knowledgehub.webgains.com/home/clickthrough-parameters: 255 characters.
export const webgains: Network = {
  id: 'webgains',
  name: 'Webgains',
  kind: 'client-buildable',
  merchant: ['program'],
  template: 'https://track.webgains.com/click.html?wgcampaignid={publisher}&wgprogramid={program}&clickref={ref}&wgtarget={target}',
  forms: [
    {
      like: /^track\.webgains\.com\/click\.html/,
      publisher: { at: '?wgcampaignid', valid: digits, called: 'wgcampaignid' },
      needs: { '?wgprogramid': digits },
      subId: { at: '?clickref', max: 255, ...wordLike },
      target: '?wgtarget',
    },
  ],
}
