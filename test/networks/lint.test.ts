import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { lintLink } from '../../src/cli/lint-link.ts'
import { lint } from '../../src/networks/lint.ts'

const awin = 'https://www.awin1.com/cread.php?awinmid=1&awinaffid=2'
const good = `${awin}&clickref={ref}&ued=https%3A%2F%2Fshop.example%2Fa%3Fb%3Dc`
const rules = (url: string) => lint(url).issues.map(({ rule, level }) => `${level} ${rule}`)

describe('lint', () => {
  const cases: [string, string, string[]][] = [
    ['a good link', good, []],
    ['no link', 'www.awin1.com/cread.php', ['error not-a-link']],
    ['a script', 'javascript:alert(1)', ['error not-a-link']],
    ['a space', 'https://www.awin1.com/cread.php?a b', ['error not-a-link']],
    ['a plain shop', 'https://shop.example/a', ['warning unknown-network']],
    ['http', good.replace('https:', 'http:'), ['warning http']],
    ['a look-alike host', 'https://www.awin1.com@evil.example/cread.php?awinaffid=2', ['warning unknown-network']],
    ['upper-case clickRef at Awin', good.replace('clickref', 'clickRef'), ['error parameter-case', 'warning sub-id-missing']],
    ['U1 at Rakuten', 'https://click.linksynergy.com/deeplink?id=AbCdEfGhIj0&mid=1&U1=a&murl=https%3A%2F%2Fx.example', ['error parameter-case', 'warning sub-id-missing']],
    ['subid1 at impact', 'https://x.pxf.io/c/1/2/3?subid1=a&u=https%3A%2F%2Fx.example', ['error parameter-case', 'warning sub-id-missing']],
    ['no publisher', good.replace('&awinaffid=2', ''), ['error publisher']],
    ['no publisher in a path', 'https://www.anrdoezrs.net/links//type/dlg/sid/a1/https://x.example', ['error publisher']],
    ['a CJ company for a PID', 'https://www.anrdoezrs.net/links/abc/type/dlg/sid/a1/https://x.example', ['error publisher']],
    ['no merchant', good.replace('awinmid=1&', ''), ['error required']],
    ['an unencoded target', `${awin}&clickref=a&ued=https://x.example/?a=b`, ['error unencoded-target']],
    ['an unencoded target that loses a part', `${awin}&clickref=a&ued=https://x.example/&size=l`, ['error unencoded-target']],
    ['an unencoded target with a fragment', `${awin}&clickref=a&ued=https://x.example/#top`, ['error unencoded-target']],
    ['an unencoded target without a query', `${awin}&clickref=a&ued=https://x.example/`, ['warning unencoded-target']],
    ['a target encoded twice', `${awin}&clickref=a&ued=https%253A%252F%252Fx.example`, ['error encoded-target']],
    ['an encoded target at CJ', 'https://www.anrdoezrs.net/links/1/type/dlg/sid/a1/https%3A%2F%2Fx.example', ['error encoded-target']],
    ['a broken escape', `${awin}&clickref=a&ued=https%3A%2F%2Fx.example%2`, ['error target']],
    ['a script for a target', `${awin}&clickref=a&ued=javascript%3Aalert(1)`, ['error target']],
    ['two networks in one click', `${awin}&clickref=a&ued=${encodeURIComponent('https://click.linksynergy.com/deeplink?id=1')}`, ['error double-redirect']],
    ['two networks in a path', 'https://www.anrdoezrs.net/links/1/type/dlg/sid/a1/https://www.ebay.de/itm/1?campid=1', ['error double-redirect']],
    ['a plain eBay page as target', `${awin}&clickref=a&ued=${encodeURIComponent('https://www.ebay.de/itm/1')}`, []],
    ['no sub-id', good.replace('&clickref={ref}', ''), ['warning sub-id-missing']],
    ['an empty sub-id', good.replace('{ref}', ''), ['warning sub-id-missing']],
    ['a long sub-id', good.replace('{ref}', 'a'.repeat(51)), ['error sub-id-length']],
    ['a sid of 31', `https://www.anrdoezrs.net/links/1/type/dlg/sid/${'a'.repeat(31)}/https://x.example`, ['error sub-id-length']],
    ['a sid of 0', 'https://www.anrdoezrs.net/links/1/type/dlg/sid/0/https://x.example', ['error sub-id-characters']],
    ['a dash at ShareASale', 'https://www.shareasale.com/r.cfm?b=1&u=2&m=3&afftrack=a-b&urllink=x.example%2Fa', ['error sub-id-characters']],
    ['two sub-ids', `${good}&clickref=b`, ['warning sub-id-repeated']],
    ['two targets', `${good}&ued=https%3A%2F%2Fx.example`, ['error target']],
    ['a mail address', good.replace('{ref}', 'li%40mail.example'), ['error sub-id-personal', 'error sub-id-characters']],
    ['a telephone number', good.replace('{ref}', '%2B4915112345678'), ['error sub-id-personal', 'error sub-id-characters']],
    ['what may be one', good.replace('{ref}', '13812345678'), ['warning sub-id-personal']],
    ['a telephone number with dashes', good.replace('{ref}', '138-1234-5678'), ['error sub-id-personal']],
    ['HTML source', good.replace('&clickref', '&amp;clickref'), ['error html-entity', 'warning sub-id-missing']],
    ['Amazon without a tag', 'https://www.amazon.com/dp/B1', ['error publisher']],
    ['Amazon with Tag', 'https://www.amazon.com/dp/B1?Tag=x-20', ['error parameter-case', 'error publisher']],
    ['Amazon with a sub-tag', 'https://www.amazon.com/dp/B1?tag=x-20&ascsubtag={ref}', ['error sub-id-approval']],
    ['good Amazon', 'https://www.amazon.co.uk/dp/B1?tag=x-21', []],
    ['eBay with half of its parameters', 'https://www.ebay.de/itm/1?campid=5338000000&customid=a', Array.from({ length: 4 }, () => 'error required')],
    ['eBay with another site', 'https://www.ebay.de/itm/1?mkevt=1&mkcid=1&mkrid=711-53200-19255-0&campid=5338000000&toolid=10001&customid=a', ['error required']],
    ['Partnerize out of order', 'https://prf.hn/click/pubref:a/camref:b/destination:https://x.example', ['error order']],
    ['Partnerize with its reference last', 'https://prf.hn/click/camref:b/destination:https://x.example/pubref:a', ['error order', 'warning sub-id-missing']],
    ['a signed Taobao link', 'https://s.click.taobao.com/t?e=m%3D2&unid=a1', []],
    ['Sovrn beyond its length', `https://redirect.viglink.com?key=${'0'.repeat(32)}&cuid=a&u=https%3A%2F%2Fx.example%2F${'a'.repeat(2000)}`, ['error length']],
  ]
  for (const [name, url, expected] of cases) it(`on ${name}: ${expected.join(', ') || 'nothing'}`, () => assert.deepEqual(rules(url), expected))

  it('speaks in sentences that say the mend', () => {
    assert.match(lint(good.replace('clickref', 'clickRef')).issues[0]!.issue, /"clickRef" must be written "clickref"/)
  })
  it('never throws', () => {
    const start = fc.constantFrom('', 'https://', awin, 'https://prf.hn/click/', 'https://www.anrdoezrs.net/links/', 'https://www.ebay.de/?')
    fc.assert(fc.property(start, fc.string({ unit: 'binary' }), (head, tail) => void lint(head + tail)), { numRuns: 2000 })
  })
  it('reads a long hostile link in time that grows with its length', () => {
    for (const tail of ['&'.repeat(200_000), '/camref:'.repeat(30_000), 'a:/'.repeat(60_000), '1-'.repeat(90_000), '%'.repeat(200_000)]) {
      lint(`https://prf.hn/click/${tail}`)
      lint(`${awin}&clickref=${tail}`)
    }
  })
})

describe('kanmai lint-link', () => {
  const run = async (...args: string[]) => {
    let out = ''
    let err = ''
    const code = await lintLink(args, { out: (text) => (out += text), err: (text) => (err += text) })
    return { code, out, err }
  }
  it('prints JSON and nothing else, and fails for a link with errors', async () => {
    const { code, out, err } = await run('--json', good, 'javascript:x')
    assert.equal(code, 1)
    assert.equal(err, '')
    const [first, second] = JSON.parse(out)
    assert.deepEqual(first, { url: good, network: 'awin', issues: [] })
    assert.equal(second.issues[0].rule, 'not-a-link')
  })
  it('passes with warnings', async () => assert.equal((await run(good.replace('https', 'http'))).code, 0))
  it('says how it is used', async () => {
    for (const args of [[], ['--nonsense', good]]) {
      const { code, out, err } = await run(...args)
      assert.deepEqual([code, out], [2, ''])
      assert.match(err, /usage: kanmai lint-link/)
    }
  })
})
