import { alphanumeric, digits, type LinkForm, type Network } from './network.ts'

// https://pubhelp.rakutenadvertising.com/hc/en-us/articles/11459139039373: `u1` in exactly this case, letters and digits, 72.
// https://pubhelp.rakutenadvertising.com/hc/en-us/articles/10035508493709: the publisher's id has 11 characters, case-sensitive.
const link = {
  publisher: { at: '?id', valid: /^[\w*/.-]{11}$/, called: 'id (11 characters)' },
  subId: { at: '?u1', max: 72, ...alphanumeric },
  names: ['id', 'mid', 'murl', 'offerid'],
} satisfies Partial<LinkForm>

export const rakuten: Network = {
  id: 'rakuten',
  name: 'Rakuten Advertising',
  kind: 'client-buildable',
  merchant: ['merchant'],
  template: 'https://click.linksynergy.com/deeplink?id={publisher}&mid={merchant}&u1={ref}&murl={target}',
  forms: [
    { like: /^click\.linksynergy\.com\/deeplink/, needs: { '?mid': digits }, target: '?murl', ...link },
    { like: /^click\.linksynergy\.com\/(?:fs-bin\/click|link)/, ...link },
  ],
}
