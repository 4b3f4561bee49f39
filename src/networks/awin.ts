import { digits, wordLike, type Network } from './network.ts'

// https://success.awin.com/articles/en_US/Knowledge/What-does-an-affiliate-link-look-like
// http://wiki.awin.com/index.php/Publisher_Click_Ref: lower-case names only; reports show the first 50 characters.
const subId = { at: '?clickref', max: 50, ...wordLike }
const names = ['awinmid', 'awinaffid', 'clickref2', 'clickref3', 'clickref4', 'clickref5', 'clickref6', 'ued', 'p', 'pref1', 'platform']
const cread = { publisher: { at: '?awinaffid', valid: digits, called: 'awinaffid' }, needs: { '?awinmid': digits }, subId, names }

export const awin: Network = {
  id: 'awin',
  name: 'Awin',
  kind: 'client-buildable',
  merchant: ['merchant'],
  template: 'https://www.awin1.com/cread.php?awinmid={merchant}&awinaffid={publisher}&clickref={ref}&ued={target}',
  forms: [
    { like: /^(?:www\.)?awin1\.com\/cread\.php(?!.*[?&]p=)/, ...cread, target: '?ued' },
    // Links from before 2020 name the target `p`.
    { like: /^(?:www\.)?awin1\.com\/cread\.php/, ...cread, target: '?p' },
    { like: /^(?:www\.)?awin1\.com\/awclick\.php/, publisher: { at: '?id', valid: digits, called: 'id' }, subId, target: '?p', names },
    { like: /^(?:www\.)?awin1\.com\/pclick\.php/, publisher: { at: '?a', valid: digits, called: 'a' }, subId, names },
    { like: /^(?:tidd\.ly|(?:www\.)?awin1\.com)\// },
  ],
}
