import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { AppConfig, parse } from '../../src/contract/index.ts'
import { isAppLink, isAppScheme } from '../../src/contract/app-link.ts'

const schemes = ['taobao', 'openapp.jdmobile', 'pinduoduo']

describe('a link that opens an app', () => {
  const cases: [string, unknown, boolean][] = [
    ['has a declared scheme', 'taobao://item.taobao.com/item.htm?id=1', true],
    ['may have it in capitals', 'TAOBAO://item/1', true],
    ['may have dots in it', 'openapp.jdmobile://virtual?params={"a":1}', true],
    ['keeps the slot for its ref', 'taobao://item/1?ref={ref}', true],
    ['has no other scheme', 'weixin://dl/chat', false],
    ['has no scheme that only begins like one', 'taobaox://item', false],
    ['has something after its scheme', 'taobao:', false],
    ['has no space before its scheme', ' taobao://item', false],
    ['has no line break in it', 'taobao://item\n/1', false],
    ['has no tab in its scheme', 'tao\tbao://item', false],
    ['has no backslash', 'taobao:\\\\item', false],
    ['is read by browsers', 'taobao://shop<x', false],
    ['has no half characters', 'taobao://item/\ud800', false],
    ['is no script', 'javascript:alert(1)', false],
    ['is text', 7, false],
    ['is not endless', `taobao://${'x'.repeat(2000)}`, false],
  ]
  for (const [what, link, yes] of cases) it(what, () => assert.equal(isAppLink(link, schemes), yes))

  it('is none where nothing is declared', () => assert.equal(isAppLink('taobao://item/1'), false))

  const dangerous = ['javascript', 'data', 'vbscript', 'blob', 'file', 'filesystem', 'about', 'http', 'https', 'ws', 'intent', 'view-source', 'content', 'chrome', 'chrome-extension', 'x-apple.systempreferences']
  for (const scheme of dangerous) {
    it(`is never one of ${scheme}:, declared or not`, () => {
      for (const written of [scheme, scheme.toUpperCase()]) assert.equal(isAppScheme(written), false)
      assert.equal(isAppLink(`${scheme}://x`, [scheme]), false)
      assert.deepEqual(parse(AppConfig, { schemes: [scheme, 'taobao'] }).value, { schemes: ['taobao'] })
    })
  }

  it('is read by a browser under the very scheme that was declared', () => {
    const piece = fc.constantFrom(...['taobao:', 'TaoBao:', 'taobao', 'javascript:', 'data:', ':', '//', '\t', '\n', '\0', ' ', '\u00a0', '\\', '%0a', 'x', '&#58;', '@', '?', '#'])
    let taken = 0
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        const link = pieces.join('')
        if (!isAppLink(link, ['taobao'])) return
        taken++
        assert.equal(new URL(link).protocol, 'taobao:')
      }),
      { numRuns: 50_000 },
    )
    assert.ok(taken > 100, `only ${taken} links were taken`)
  })
})

describe('the config of an app', () => {
  it('names an origin exactly', () => {
    for (const origin of ['https://app.example', 'http://127.0.0.1:8787', 'https://[::1]:8080']) assert.deepEqual(parse(AppConfig, { origin }).value, { origin })
    for (const origin of ['*', 'app.example', 'https://app.example/', 'https://APP.example', 'https://a@b', 'null', 'javascript://x']) {
      assert.deepEqual(parse(AppConfig, { origin }, 'app'), { value: {}, issues: [`origin: expected an origin, as in "https://app.example", received "${origin}"`] })
    }
  })
})
