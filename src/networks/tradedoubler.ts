import { alphanumeric, digits, type Network } from './network.ts'

// https://dev.tradedoubler.com/crossdevice/publisher: epi and epi2, 64 letters and digits.
export const tradedoubler: Network = {
  id: 'tradedoubler',
  name: 'Tradedoubler',
  kind: 'client-buildable',
  merchant: ['program'],
  template: 'https://clk.tradedoubler.com/click?p={program}&a={publisher}&epi={ref}&url={target}',
  forms: [
    {
      like: /^(?:clk|tracker)\.tradedoubler\.com\/click/,
      publisher: { at: '?a', valid: digits, called: 'a' },
      needs: { '?p': digits },
      subId: { at: '?epi', max: 64, ...alphanumeric },
      target: '?url',
      names: ['g', 'epi2'],
    },
  ],
}
