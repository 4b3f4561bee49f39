import { digits, wordLike, type Network } from './network.ts'

// The form of a tracking link as TradeTracker's publisher tool writes it; it states no limit for `r`.
export const tradetracker: Network = {
  id: 'tradetracker',
  name: 'TradeTracker',
  kind: 'client-buildable',
  merchant: ['campaign', 'material'],
  template: 'https://tc.tradetracker.net/?c={campaign}&m={material}&a={publisher}&r={ref}&u={target}',
  forms: [
    {
      like: /^tc\.tradetracker\.net\//,
      publisher: { at: '?a', valid: digits, called: 'a' },
      needs: { '?c': digits },
      subId: { at: '?r', ...wordLike },
      target: '?u',
      names: ['m'],
    },
  ],
}
