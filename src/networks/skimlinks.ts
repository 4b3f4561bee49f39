import { wordLike, type Network } from './network.ts'

// https://support.skimlinks.com/hc/en-us/articles/360005908078: xcust, 50 characters, no & ? = or spaces.
export const skimlinks: Network = {
  id: 'skimlinks',
  name: 'Skimlinks',
  kind: 'client-buildable',
  anyMerchant: true,
  template: 'https://go.skimresources.com/?id={publisher}&xs=1&xcust={ref}&url={target}',
  forms: [
    {
      like: /^go\.(?:skimresources|redirectingat)\.com\//,
      publisher: { at: '?id', valid: /^\d+X\d+$/, called: 'id (1X2)' },
      subId: { at: '?xcust', max: 50, ...wordLike },
      target: '?url',
      names: ['xs', 'sref'],
    },
  ],
}
