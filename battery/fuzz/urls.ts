import { pick, type Chance } from './mutate.ts'

const schemes = ['javascript', 'data', 'vbscript', 'blob', 'file', 'view-source', 'filesystem', 'intent', 'about', 'taobao']
const disguises: ((scheme: string) => string)[] = [
  (it) => `${it}:alert(1)`,
  (it) => `${it.toUpperCase()}:alert(1)`,
  (it) => ` ${it}:alert(1)`,
  (it) => `\u0001${it}:alert(1)`,
  (it) => `\u00a0${it}:alert(1)`,
  (it) => `${it.slice(0, 2)}\t${it.slice(2)}:alert(1)`,
  (it) => `${it.slice(0, 2)}\n${it.slice(2)}:alert(1)`,
  (it) => `${it}\r:alert(1)`,
  (it) => `${it}%3aalert(1)`,
  (it) => `&#106;${it.slice(1)}&colon;alert(1)`,
  (it) => `${it}://shop.example/%0aalert(1)`,
  (it) => `${it}:https://shop.example/`,
  (it) => `https://shop.example\n${it}:alert(1)`,
  (it) => `\ufeff${it}:alert(1)`,
  (it) => `http:${it}:alert(1)`,
]
const addresses = [
  'https://shop.example/', 'http://shop.example', 'HTTPS://SHOP.EXAMPLE/a', 'https://user:pass@shop.example/', 'https://shop.example@evil.example/', 'https://shop.example:8443/', 'https://shop.example:99999/', 'https://shop.example:/',
  'https:shop.example', 'https:/shop.example', 'https:///shop.example', 'https:\\\\shop.example', 'https://\\shop.example', '//shop.example', '\\\\shop.example', '/\\shop.example', '/go', 'go', '', '?x', '#x', '.', 'https://', 'https://?', 'https://#', 'https://.', 'https://..', 'https://[', 'https://[::1]/', 'https://[::1',
  'https://127.1/', 'https://0x7f.1/', 'https://2130706433/', 'https://999.1.1.1/', 'https://a b/', 'https://a\tb/', 'https://a\nb/', 'https://a\0b/', 'https://a%00b/', 'https://a%b/', 'https://a<b/', 'https://bücher.example/', 'https://xn--bcher-kva.example/', 'https://xn--/', 'https://\u202eelpmaxe.pohs/', 'https://shop\u3002example/', 'https://shop.example/\u2028', 'https://shop.example/a b', 'https://shop.example/%zz', 'https://shop.example/{ref}', 'https://shop.{ref}/', 'https://shop.example:{ref}/', 'https://{ref}@shop.example/', 'https://sid/{ref}', 'https://shop.example/sid/{ref}.evil.example/', 'https://shop.example/sid/{ref}/x', 'https://prf.hn/pubref:{ref}', 'https://shop.example/?a&media={media}', 'https://shop.example&media={media}/', 'https://shop.example/\ud800', 'https://shop.example/?r={ref}&u=javascript:alert(1)', 'https://{ref}/', `https://shop.example/${'a'.repeat(5000)}`,
  'taobao://item/1', 'TaoBao://item/{ref}', 'taobao:item', 'taobao:', 'taobao://', 'taobao:javascript:alert(1)', 'taobao:\\\\item', ' taobao://item', 'tao\tbao://item', 'taobao://item\n/1', 'taobao\0://item', 'taobao://shop<x', 'taobao://item/\ud800', 'openapp.jdmobile://virtual?params={"a":1}', 'openapp.jdmobile:{ref}',
  'weixin://dl/chat', 'intent://shop.example/#Intent;scheme=https;end', 'android-app://com.taobao/https', 'market://details?id=x', 'tel:1', 'sms:1', 'mailto:a@b', 'itms-apps://x', 'ftp://shop.example/', 'wss://shop.example/',
]

/** Tricks that are known, each by hand or by its row in a table of them. */
export const handUrls: readonly string[] = [...schemes.flatMap((scheme) => disguises.map((of) => of(scheme))), ...addresses]

const pieces = ['taobao:', 'sid/{ref}', '&media={media}', 'javascript:', 'data:', 'http:', 'https:', 'https://', '//', '\\', '/', ':', '@', '?', '#', '%', '%0a', '%09', '\t', '\n', '\r', '\0', '\u0001', ' ', '\u00a0', '\u2028', '\ufeff', '[', ']', '<', '>', '"', "'", '{ref}', '.', '..', 'xn--', '&#58;', '：', '／', '。', '\ud800', '😀', ':443', ':x']

/** A known trick, changed in a few places. */
export function generatedUrl(chance: Chance, seeds: readonly string[] = handUrls): string {
  let url = pick(chance, seeds)
  if (url.length > 300) url = url.slice(0, 300)
  for (let left = Math.floor(chance() * 4); left >= 0; left--) {
    const at = Math.floor(chance() * (url.length + 1))
    const kind = chance()
    if (kind < 0.5) url = url.slice(0, at) + pick(chance, pieces) + url.slice(at)
    else if (kind < 0.7) url = url.slice(0, at) + url.slice(at + 1 + Math.floor(chance() * 3))
    else if (kind < 0.85) url = url.slice(0, at) + String.fromCharCode(Math.floor(chance() * (chance() < 0.7 ? 128 : 65_536))) + url.slice(at)
    else url = url.slice(0, at) + pick(chance, seeds).slice(Math.floor(chance() * 12))
  }
  return url
}
