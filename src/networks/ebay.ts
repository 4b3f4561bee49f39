import { digits, wordLike, type Network } from './network.ts'

// https://www.developer.ebay.com/api-docs/buy/static/ref-epn-link.html: the parameters go on the item's own address.
// https://partnernetwork.ebay.de/solutions/step-5-knowing-the-rules: a redirect must never pass for a link that does not say
// where it leads, and its Code of Conduct forbids servers in between that mask the referring page. Ours does neither.
const sites: Record<string, string> = {
  'ebay.com': '711-53200-19255-0',
  'ebay.at': '5221-53469-19255-0',
  'ebay.be': '1553-53471-19255-0',
  'ebay.ca': '706-53473-19255-0',
  'ebay.ch': '5222-53480-19255-0',
  'ebay.co.uk': '710-53481-19255-0',
  'ebay.com.au': '705-53470-19255-0',
  'ebay.de': '707-53477-19255-0',
  'ebay.es': '1185-53479-19255-0',
  'ebay.fr': '709-53476-19255-0',
  'ebay.ie': '5282-53468-19255-0',
  'ebay.it': '724-53478-19255-0',
  'ebay.nl': '1346-53482-19255-0',
  'ebay.pl': '4908-226936-19255-0',
}
const hosts = Object.keys(sites).map((host) => host.replaceAll('.', '\\.'))

export const ebay: Network = {
  id: 'ebay',
  name: 'eBay Partner Network',
  kind: 'client-buildable',
  redirects: 'disliked',
  template: '+mkevt=1&mkcid=1&mkrid={site}&campid={publisher}&toolid=10001&customid={ref}',
  sites,
  forms: [
    {
      like: new RegExp(`^(?:[\\w-]+\\.)*(?:${hosts.join('|')})(?:[/?#]|$)`),
      marks: ['mkevt', 'mkcid', 'campid', 'mkrid'],
      publisher: { at: '?campid', valid: /^\d{10}$/, called: 'campid (10 digits)' },
      needs: { '?mkevt': /^1$/, '?mkcid': /^1$/, '?mkrid': /^\d+-\d+-\d+-\d+$/, '?toolid': digits },
      subId: { at: '?customid', max: 256, ...wordLike },
    },
    { like: /^ebay\.us\// },
  ],
}
