import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parse } from '../../src/contract/parse.ts'
import { stampRef } from '../../src/core/click-ref.ts'
import { NetworkAccount, networkIds } from '../../src/networks/account.ts'
import { affiliateLink } from '../../src/networks/affiliate-link.ts'
import { build } from '../../src/networks/build.ts'
import { lint } from '../../src/networks/lint.ts'
import { networkOf, networks } from '../../src/networks/networks.ts'
import { stamp } from '../../src/networks/stamp.ts'
import { targetOf } from '../../src/networks/target-of.ts'

const shop = (merchant: string) => ({ merchants: { 'shop.example': merchant } })
const accounts: NetworkAccount[] = [
  { network: 'awin', publisher: '12345', ...shop('4711') },
  { network: 'cj', publisher: '7654321', hosts: ['shop.example'] },
  { network: 'rakuten', publisher: 'AbCdEfGhIj0', ...shop('3184') },
  { network: 'impact', publisher: '271828', ...shop('goto.shop.example/314159/2653') },
  { network: 'shareasale', publisher: '1001', ...shop('234/5678') },
  { network: 'partnerize', ...shop('1101lAbC') },
  { network: 'skimlinks', publisher: '12X34' },
  { network: 'sovrn', publisher: '0123456789abcdef0123456789abcdef' },
  { network: 'tradedoubler', publisher: '2222222', ...shop('333333') },
  { network: 'tradetracker', publisher: '44444', ...shop('5555/12') },
  { network: 'admitad', ...shop('tptrfx1h2k') },
  { network: 'webgains', publisher: '66666', ...shop('7777') },
  { network: 'direct', parameter: 'partner_ref', hosts: ['shop.example'] },
]
const ebay: NetworkAccount = { network: 'ebay', publisher: '5338000000' }
const amazon: NetworkAccount = { network: 'amazon', publisher: 'kanmai-20', merchants: { 'amazon.de': 'kanmai-21' } }
const shopee: NetworkAccount = { network: 'shopee', publisher: '17100000' }

const page = 'https://shop.example/lamps/arc?colour=moss&size=l#/2-colour-moss'
const enc = encodeURIComponent(page)

describe('build', () => {
  const links: Record<string, string> = {
    awin: `https://www.awin1.com/cread.php?awinmid=4711&awinaffid=12345&clickref={ref}&ued=${enc}`,
    cj: `https://www.anrdoezrs.net/links/7654321/type/dlg/sid/{ref}/${page}`,
    rakuten: `https://click.linksynergy.com/deeplink?id=AbCdEfGhIj0&mid=3184&u1={ref}&murl=${enc}`,
    impact: `https://goto.shop.example/c/271828/314159/2653?subId1={ref}&u=${enc}`,
    shareasale: `https://www.shareasale.com/r.cfm?b=234&u=1001&m=5678&afftrack={ref}&urllink=${enc}`,
    partnerize: `https://prf.hn/click/camref:1101lAbC/pubref:{ref}/destination:${page}`,
    skimlinks: `https://go.skimresources.com/?id=12X34&xs=1&xcust={ref}&url=${enc}`,
    sovrn: `https://redirect.viglink.com?key=0123456789abcdef0123456789abcdef&cuid={ref}&u=${enc}`,
    tradedoubler: `https://clk.tradedoubler.com/click?p=333333&a=2222222&epi={ref}&url=${enc}`,
    tradetracker: `https://tc.tradetracker.net/?c=5555&m=12&a=44444&r={ref}&u=${enc}`,
    admitad: `https://ad.admitad.com/g/tptrfx1h2k/?subid={ref}&ulp=${enc}`,
    webgains: `https://track.webgains.com/click.html?wgcampaignid=66666&wgprogramid=7777&clickref={ref}&wgtarget=${enc}`,
    direct: 'https://shop.example/lamps/arc?colour=moss&size=l&partner_ref={ref}#/2-colour-moss',
  }
  for (const account of accounts) {
    it(`writes the link of ${account.network}`, () => assert.equal(build(page, account).url, links[account.network]))
  }

  it('puts the parameters of eBay before the fragment, with the number of the site', () => {
    const tail = (site: string) => `mkevt=1&mkcid=1&mkrid=${site}&campid=5338000000&toolid=10001&customid={ref}`
    assert.equal(build('https://www.ebay.com/itm/1234', ebay).url, `https://www.ebay.com/itm/1234?${tail('711-53200-19255-0')}`)
    assert.equal(build('https://www.ebay.com.au/itm/1?a=b#rev', ebay).url, `https://www.ebay.com.au/itm/1?a=b&${tail('705-53470-19255-0')}#rev`)
    assert.equal(build('https://www.ebay.co.uk/itm/1?', ebay).url, `https://www.ebay.co.uk/itm/1?${tail('710-53481-19255-0')}`)
    assert.match(build('https://www.ebay.ph/itm/1', ebay).issue!, /no site at www\.ebay\.ph/)
  })

  it('gives Amazon a tag and no reference', () => {
    assert.equal(build('https://www.amazon.com/dp/B000TEST00', amazon).url, 'https://www.amazon.com/dp/B000TEST00?tag=kanmai-20')
    assert.equal(build('https://www.amazon.de/dp/B000TEST00?th=1', amazon).url, 'https://www.amazon.de/dp/B000TEST00?th=1&tag=kanmai-21')
  })

  it('writes Shopee links on the host of their country', () => {
    const link = build('https://shopee.sg/product/1/2', shopee).url
    assert.equal(link, `https://s.shopee.sg/an_redir?origin_link=${encodeURIComponent('https://shopee.sg/product/1/2')}&affiliate_id=17100000&sub_id={ref}`)
  })

  it('adds what a merchant of its own wants besides', () => {
    const account: NetworkAccount = { network: 'direct', parameter: 'sub', merchants: { 'shop.example': 'partner=9' } }
    assert.equal(build('https://shop.example/a', account).url, 'https://shop.example/a?partner=9&sub={ref}')
  })

  it('says what an account lacks', () => {
    assert.match(build(page, { network: 'awin', publisher: '1' }).issue!, /no id for shop\.example: set merchants\["shop\.example"\] to merchant/)
    assert.match(build(page, { network: 'awin', ...shop('1') }).issue!, /account has no publisher/)
    assert.match(build(page, { network: 'awin', publisher: 'me', ...shop('1') }).issue!, /knows no publisher "me".*awinaffid/)
    assert.match(build(page, { network: 'taobao', publisher: 'mm_1_2_3', ...shop('1') }).issue!, /signs its links itself/)
    assert.match(build('javascript:alert(1)', accounts[0]!).issue!, /no http\(s\) address/)
  })

  const word = fc.string({ unit: fc.constantFrom(...'abcXYZ019-._~%/?&=#:@+,;é看 {}'), maxLength: 40 })
  const target = word.map((it) => `https://shop.example/${it}`).filter((it) => networkOf(it) === undefined && !/[\s\\]|\{ref\}/.test(it))

  it('builds links that lint has nothing to say about and that lead to the target', () => {
    fc.assert(
      fc.property(target, fc.constantFrom(...accounts), (it, account) => {
        const { url } = build(it, account)
        assert.equal(url!.split('{ref}').length, 2)
        if (account.network === 'direct') return
        assert.deepEqual(lint(url!), { url, network: account.network, issues: [] })
        assert.equal(networkOf(url!), account.network)
        assert.equal(targetOf(url!), it)
        assert.equal(stamp(url!), url)
      }),
      { numRuns: 2000 },
    )
  })

  it('has room for every click reference', () => {
    const ref = fc.stringMatching(/^[A-Za-z0-9]{1,30}$/).filter((it) => it !== '0')
    fc.assert(
      fc.property(ref, fc.constantFrom(...accounts.slice(0, -1), ebay), (it, account) => {
        const url = stampRef(build(account === ebay ? 'https://www.ebay.de/itm/1' : page, account).url!, it)
        assert.deepEqual(lint(url).issues.filter(({ level }) => level === 'error'), [])
        assert.equal(stampRef(stamp(url), it), url)
      }),
    )
  })
})

describe('stamp', () => {
  const cases: [string, string, string][] = [
    ['replaces what stands there', 'https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&clickref=old&ued=https%3A%2F%2Fx.example', 'https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&clickref={ref}&ued=https%3A%2F%2Fx.example'],
    ['stands before an unencoded target', 'https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued=https://x.example/?a=1&b=2', 'https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&clickref={ref}&ued=https://x.example/?a=1&b=2'],
    ['keeps strange encoding', 'https://s.click.taobao.com/t?e=m%3D2%26s%3Dab%2Bc%2f+~&union_lens=lensId%3A1', 'https://s.click.taobao.com/t?e=m%3D2%26s%3Dab%2Bc%2f+~&union_lens=lensId%3A1&unid={ref}'],
    ['leaves relation_id of Taobao alone', 'https://uland.taobao.com/coupon/edetail?e=x%2B&relation_id=5&unid=a', 'https://uland.taobao.com/coupon/edetail?e=x%2B&relation_id=5&unid={ref}'],
    ['finds its place in a path of CJ', 'https://www.dpbolvw.net/links/11/type/dlg/https://x.example/sid/9?a=/sid/8', 'https://www.dpbolvw.net/links/11/type/dlg/sid/{ref}/https://x.example/sid/9?a=/sid/8'],
    ['replaces the sid in a path of CJ', 'https://www.dpbolvw.net/links/11/type/dlg/sid/old/https://x.example/sid/9', 'https://www.dpbolvw.net/links/11/type/dlg/sid/{ref}/https://x.example/sid/9'],
    ['knows the other form of CJ', 'http://www.kqzyfj.com/click-11-22?url=https%3A%2F%2Fx.example', 'http://www.kqzyfj.com/click-11-22?sid={ref}&url=https%3A%2F%2Fx.example'],
    ['keeps the order of Partnerize', 'https://prf.hn/click/camref:abc/ar:x/destination:https://x.example/pubref:no', 'https://prf.hn/click/camref:abc/pubref:{ref}/ar:x/destination:https://x.example/pubref:no'],
    ['writes u1 and subId1 in their case', 'https://click.linksynergy.com/fs-bin/click?id=AbCdEfGhIj0&offerid=1.2&type=3', 'https://click.linksynergy.com/fs-bin/click?id=AbCdEfGhIj0&offerid=1.2&type=3&u1={ref}'],
    ['stamps short links of impact', 'https://brand.sjv.io/AbC', 'https://brand.sjv.io/AbC?subId1={ref}'],
    ['stamps AliExpress', 'https://s.click.aliexpress.com/e/_AbC', 'https://s.click.aliexpress.com/e/_AbC?dp={ref}'],
    ['replaces a doubled parameter twice', 'https://www.awin1.com/cread.php?clickref=a&clickref=b', 'https://www.awin1.com/cread.php?clickref={ref}&clickref={ref}'],
    ['gives Amazon none', 'https://www.amazon.com/dp/B1?tag=x-20', 'https://www.amazon.com/dp/B1?tag=x-20'],
    ['gives short links none', 'https://amzn.to/3abc', 'https://amzn.to/3abc'],
    ['gives JD none', 'https://u.jd.com/abc', 'https://u.jd.com/abc'],
    ['leaves a plain eBay page alone', 'https://www.ebay.de/itm/1', 'https://www.ebay.de/itm/1'],
    ['stamps a marked eBay page', 'https://www.ebay.de/itm/1?mkevt=1&campid=5338000000', 'https://www.ebay.de/itm/1?mkevt=1&campid=5338000000&customid={ref}'],
    ['leaves any other page alone', page, page],
  ]
  for (const [name, before, after] of cases) it(name, () => assert.equal(stamp(before), after))

  it('is idempotent and takes nothing away', () => {
    const host = fc.constantFrom('www.awin1.com/cread.php', 's.click.taobao.com/t', 'prf.hn/click/camref:a', 'www.anrdoezrs.net/links/1/type/dlg', 'x.pxf.io/c/1/2/3', 'tc.tradetracker.net/', 'www.ebay.com/itm/1')
    const tail = fc.string({ unit: fc.constantFrom(...'ab1&=?#/%:+{}', 'clickref=', 'ued=', 'sid/', 'https://', 'campid=', 'unid', '$&', '$1'), maxLength: 25 })
    fc.assert(
      fc.property(host, tail, (start, rest) => {
        const url = `https://${start}${rest}`
        const once = stamp(url)
        assert.equal(stamp(once), once)
        if (!/clickref=|sid\/|campid|unid|subId1|pubref|customid|\br=/.test(rest)) {
          const at = once.indexOf('{ref}')
          if (at >= 0 && !url.includes('{ref}')) {
            // What was put in is one stretch of text: both ends of the link stand as they stood.
            const added = once.length - url.length
            const from = [...once].findIndex((char, place) => char !== url[place])
            const start = from < 0 ? url.length : from
            assert.equal(once.slice(0, start) + once.slice(start + added), url)
          }
        }
      }),
      { numRuns: 3000 },
    )
  })
})

describe('affiliateLink', () => {
  const all = [...accounts, ebay, amazon]
  it('builds through the first account that names the host', () => {
    assert.deepEqual(affiliateLink('https://www.shop.example/a', all), {
      url: 'https://www.awin1.com/cread.php?awinmid=4711&awinaffid=12345&clickref={ref}&ued=https%3A%2F%2Fwww.shop.example%2Fa',
      network: 'awin',
    })
  })
  it('takes the nearest domain that is named', () => {
    const account: NetworkAccount = { network: 'awin', publisher: '1', merchants: { 'shop.example': '1', 'de.shop.example': '2' } }
    assert.match(affiliateLink('https://de.shop.example/', [account]).url, /awinmid=2&/)
    assert.equal(affiliateLink('https://notshop.example/', [account]).network, undefined)
    assert.equal(affiliateLink('https://shop.example.evil/', [account]).network, undefined)
  })
  it('stamps a link that a network has signed, with or without an account', () => {
    assert.deepEqual(affiliateLink('https://s.click.taobao.com/t?e=x', []), { url: 'https://s.click.taobao.com/t?e=x&unid={ref}', network: 'taobao' })
  })
  it('says when a pasted link pays somebody else', () => {
    const link = affiliateLink('https://www.awin1.com/cread.php?awinmid=1&awinaffid=999&ued=https%3A%2F%2Fshop.example', all)
    assert.match(link.issue!, /pays the Awin publisher "999"/)
    assert.equal(affiliateLink('https://www.amazon.de/dp/B1?tag=kanmai-21', all).issue, undefined)
    assert.equal(affiliateLink('https://www.kqzyfj.com/click-7654321-22?sid=a', all).issue, undefined)
  })
  it('knows eBay and Amazon by their own hosts', () => {
    assert.equal(affiliateLink('https://www.ebay.fr/itm/5', all).network, 'ebay')
    assert.deepEqual(affiliateLink('https://www.amazon.fr/dp/B1', all), { url: 'https://www.amazon.fr/dp/B1?tag=kanmai-20', network: 'amazon' })
  })
  it('falls back to a network that pays at any shop', () => {
    assert.equal(affiliateLink('https://elsewhere.example/', all).network, 'skimlinks')
  })
  it('leaves everything else as it is', () => {
    assert.deepEqual(affiliateLink('https://elsewhere.example/?a=b', [ebay]), { url: 'https://elsewhere.example/?a=b' })
    assert.deepEqual(affiliateLink('https://shop.example/?mine={ref}', all), { url: 'https://shop.example/?mine={ref}', network: 'direct' })
    assert.deepEqual(affiliateLink('nonsense', all), { url: 'nonsense' })
  })
  it('keeps the page and says why when the account cannot do it', () => {
    const { url, network, issue } = affiliateLink(page, [{ network: 'awin', ...shop('1') }])
    assert.deepEqual([url, network], [page, undefined])
    assert.match(issue!, /has no publisher/)
  })
  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (it) => void affiliateLink(it, all)))
    fc.assert(fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (it) => void lint(affiliateLink(it, all).url)))
  })
})

describe('NetworkAccount', () => {
  it('is read like all foreign JSON', () => {
    const { value, issues } = parse(NetworkAccount, { network: 'awin', publisher: '1', merchants: { 'shop.example': '2', bad: 3 }, secret: 'x' })
    assert.deepEqual(value, { network: 'awin', publisher: '1', merchants: { 'shop.example': '2' } })
    assert.equal(issues.length, 1)
    assert.equal(parse(NetworkAccount, { network: 'nowhere' }).value, undefined)
  })
  it('names every network that has rules', () => {
    for (const id of networkIds) assert.equal(networks[id].id, id)
  })
})
