import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { listen, type Listener } from '../../src/endpoint/serve/listen.ts'
import { askAsItStands, flippedBits, leadsAway, strays, trickyHeaders, trickyTargets } from '../support/redirect-tricks.ts'
import { openWorld, type TestWorld } from './test-world.ts'

const hosts = new Set(['shop.example'])

describe('the redirector, tempted to lead elsewhere', () => {
  let world: TestWorld
  let listener: Listener
  before(async () => {
    world = await openWorld()
    listener = await listen({ host: '127.0.0.1', port: 0, connections: 100, answer: (request) => world.handler(request) })
  })
  after(async () => {
    await listener.close()
    await world.close()
  })

  const ask = (target: string, headers?: readonly (readonly [string, string])[]) => askAsItStands(Number(new URL(listener.url).port), target, headers)

  it('knows more than sixty ways', () => assert.ok(trickyTargets.length >= 60, String(trickyTargets.length)))

  for (const target of trickyTargets) {
    it(`stays with ${target}`, async () => {
      const answer = await ask(target)
      assert.match(answer[0]!, /^HTTP\/1\.1 (302|4\d\d) /)
      assert.equal(strays(answer, hosts), undefined)
    })
  }

  for (const header of trickyHeaders) {
    it(`stays with ${header.join(': ')}`, async () => {
      const answer = await ask('/v1/demo/go/arc-lamp?ref=r1', [header])
      assert.match(answer[0]!, /^HTTP\/1\.1 302 /)
      assert.equal(strays(answer, hosts), undefined)
    })
  }

  it('would be seen to stray', () => {
    const found = (...headers: string[]) => strays(['HTTP/1.1 302 Found', ...headers], hosts)
    assert.match(found('Location: https://evil.example/')!, /leads to https:/)
    assert.match(found('Location: //evil.example')!, /leads to/)
    assert.match(found('Location: http://shop.example/')!, /leads to/)
    assert.match(found('Location: https://shop.example/', 'Refresh: 0;url=/')!, /leads to .* and /)
    assert.match(found('Location: https://shop.example/?to=https://evil.example/')!, /leads to/)
    assert.equal(found('Content-Type: text/html'), 'it is a page')
    assert.equal(found('Location: https://shop.example/arc-lamp'), undefined)
  })

  it('stays wherever a link’s bits are flipped', async () => {
    const link = '/v1/demo/go/arc-lamp?ref=1abcdefghij&placement=end&media=film&second=12'
    for (const flipped of flippedBits(link)) {
      if (!URL.canParse(flipped, 'https://kanmai.example')) continue
      const response = await world.handler(new Request(new URL(flipped, 'https://kanmai.example')))
      assert.equal(leadsAway(response.headers.get('location'), hosts), undefined, flipped)
    }
  })

  it('stays whatever ref and place say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.webUrl(), async (text, url) => {
        const query = new URLSearchParams([['ref', text], ['placement', url], ['media', text], ['second', url], ['url', url]])
        const response = await world.ask(`/go/arc-lamp?${query}`)
        assert.equal(response.status, 302)
        assert.equal(response.headers.get('location'), 'https://shop.example/arc-lamp?a=1%2C2')
      }),
    )
  })
})
