import { type Network } from './network.ts'

// https://docs.swaarm.com/en/articles/8922231-cj-integration: the publisher is the PID (website), not the company id.
// http://pages.ebay.com/help/editorkit/sid.html: 30 letters and digits, not "0"; CJ takes 64 today, 30 holds everywhere.
// The dlg form takes the target as it is. Its #fragment never reaches CJ, and need not: browsers carry it over redirects.
const hosts = '^(?:www\\.)?(?:anrdoezrs\\.net|dpbolvw\\.net|jdoqocy\\.com|kqzyfj\\.com|tkqlhce\\.com|emjcd\\.com|qksrv\\.net|stwrkm\\.com)'
const sid = { max: 30, chars: /^(?!0$)[A-Za-z0-9 ,.]*$/, inWords: 'letters and digits, and not just 0' }

export const cj: Network = {
  id: 'cj',
  name: 'CJ',
  kind: 'client-buildable',
  template: 'https://www.anrdoezrs.net/links/{publisher}/type/dlg/sid/{ref}/{raw}',
  forms: [
    {
      like: new RegExp(`${hosts}/links/`),
      publisher: { at: '/links/', valid: /^\d+$/, called: 'the PID after /links/' },
      subId: { at: '/sid/', ...sid },
      subIdFollows: /\/links\/[^/]*\/type\/\w+(?=\/|$)/,
      target: /^([^/]*\/links\/[^/]*\/type\/\w+(?:\/sid\/[^/]*)?\/)(https?(?::|%3A).*)$/is,
    },
    {
      like: new RegExp(`${hosts}/click-`),
      publisher: { at: '/click-', valid: /^\d+-\d+$/, called: 'PID-AID after /click-' },
      subId: { at: '?sid', ...sid },
      target: '?url',
    },
  ],
}
