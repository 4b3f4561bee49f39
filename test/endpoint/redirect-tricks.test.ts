import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { listen, type Listener } from '../../src/endpoint/serve/listen.ts'
import { leadsAway, trickyHeaders, trickyTargets } from './redirect-tricks.ts'
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

  /** Sends the request as it stands: clients mend addresses before they ask. */
  const raw = (target: string, headers: readonly (readonly [string, string])[] = []) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(listener.url).port), '127.0.0.1')
      const host = headers.some(([name]) => name === 'Host') ? [] : [['Host', 'kanmai.example'] as const]
      const lines = [`GET ${target} HTTP/1.1`, ...[...host, ...headers].map((it) => it.join(': ')), 'Connection: close', '', '']
      let answer = ''
      socket.on('data', (chunk) => (answer += chunk)).on('end', () => resolve(answer)).on('error', reject)
      socket.end(lines.join('\r\n'))
    })
  const check = (answer: string, what: string) => {
    const head = answer.split('\r\n\r\n')[0]!.split('\r\n').slice(1)
    const locations = head.filter((line) => /^(location|refresh|content-location):/i.test(line)).map((line) => line.replace(/^[^:]+: */, ''))
    assert.ok(locations.length <= 1, `${what}: ${locations.join(' | ')}`)
    assert.equal(leadsAway(locations[0], hosts), undefined, what)
    assert.ok(!/evil\.example/.test(locations.join()), what)
    // No browser runs what an answer repeats of the request.
    assert.doesNotMatch(head.join('\n'), /^content-type: *text\/html/im, what)
  }

  it('knows more than sixty ways', () => assert.ok(trickyTargets.length >= 60, String(trickyTargets.length)))

  for (const target of trickyTargets) {
    it(`stays with ${target}`, async () => {
      const answer = await raw(target)
      assert.match(answer, /^HTTP\/1\.1 (302|4\d\d) /)
      check(answer, target)
    })
  }

  for (const header of trickyHeaders) {
    it(`stays with ${header.join(': ')}`, async () => {
      const answer = await raw('/v1/demo/go/arc-lamp?ref=r1', [header])
      assert.match(answer, /^HTTP\/1\.1 302 /)
      check(answer, header.join())
    })
  }

  it('stays wherever a link’s bits are flipped', async () => {
    const link = '/v1/demo/go/arc-lamp?ref=1abcdefghij&placement=end&media=film&second=12'
    for (let bit = 0; bit < link.length * 8; bit++) {
      const at = bit >> 3
      const flipped = link.slice(0, at) + String.fromCharCode(link.charCodeAt(at) ^ (1 << (bit & 7))) + link.slice(at + 1)
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
