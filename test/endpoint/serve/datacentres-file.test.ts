import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { readDatacentres } from '../../../src/endpoint/serve/datacentres-file.ts'

describe('readDatacentres', () => {
  let directory: string
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'kanmai-datacentres-'))
  })
  after(() => rmSync(directory, { recursive: true }))

  const file = (content: string, name = 'ranges.txt') => {
    const path = join(directory, name)
    writeFileSync(path, content)
    return path
  }

  it('reads ranges from text with comments, and from the JSON of three clouds', () => {
    const aws = { prefixes: [{ ip_prefix: '192.0.2.0/25', region: 'eu-1' }], ipv6_prefixes: [{ ipv6_prefix: '2001:db8:1::/48' }] }
    const google = { creationTime: '2026-11-01T09:00:00.123', prefixes: [{ ipv4Prefix: '198.51.100.0/24' }, { ipv6Prefix: '2001:db8:2::/48' }] }
    const azure = { values: [{ properties: { addressPrefixes: ['203.0.113.7/32', '2001:db8:3::/64'] } }] }
    const isDatacentre = readDatacentres([
      file('# ours, since 2026/11\n100.64.0.0/10 # shared\n\n'),
      ...[aws, google, azure].map((it, index) => file(JSON.stringify(it, null, index), `${index}.json`)),
    ])
    for (const address of ['100.127.255.255', '192.0.2.127', '::ffff:192.0.2.1', '2001:db8:1::5', '2001:0db8:0001::5', '198.51.100.9', '2001:db8:2:ffff::1%eth0', '203.0.113.7', '2001:db8:3::1']) {
      assert.equal(isDatacentre(address), true, address)
    }
    for (const address of ['100.128.0.0', '192.0.2.128', '2001:db8:4::5', '203.0.113.8', '2001:db8:3:1::1', '::1', '', 'unknown', '192.0.2']) {
      assert.equal(isDatacentre(address), false, address)
    }
  })

  it('finds just the addresses that share a range’s first bits', () => {
    const bits = fc.integer({ min: 0, max: 2 ** 32 - 1 })
    const text = (address: number) => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.')
    fc.assert(
      fc.property(fc.array(fc.record({ at: bits, length: fc.integer({ min: 8, max: 32 }) }), { minLength: 1, maxLength: 30 }), bits, fc.nat(29), fc.nat(23), (ranges, any, which, flip) => {
        const isDatacentre = readDatacentres([file(ranges.map(({ at, length }) => `${text(at)}/${length}`).join('\n'))])
        // One anywhere, and one that differs from a range by a bit.
        for (const address of [any, (ranges[which % ranges.length]!.at ^ (1 << flip)) >>> 0]) {
          const expected = ranges.some(({ at, length }) => (length === 32 ? at === address : (at ^ address) >>> (32 - length) === 0))
          assert.equal(isDatacentre(text(address)), expected, text(address))
        }
      }),
    )
  })

  for (const [content, place] of [
    ['192.0.2.0/24\n192.0.2.300/24', /line 2: 192\.0\.2\.300\/24 is no address range/],
    ['192.0.2.0/33', /line 1: 192\.0\.2\.0\/33 is no/],
    ['0.0.0.0/0', /line 1: 0\.0\.0\.0\/0 is no/],
    ['2001:db8::/129', /line 1: 2001:db8::\/129 is no/],
    ['# nothing here\n192.0.2.1', /ranges\.txt has no address range/],
  ] as [string, RegExp][]) {
    it(`names the file and the place of what is none: ${JSON.stringify(content)}`, () => {
      assert.throws(() => readDatacentres([file(content)]), place)
    })
  }

  it('says which file cannot be read', () => {
    assert.throws(() => readDatacentres([join(directory, 'missing.txt')]), /missing\.txt cannot be read: ENOENT/)
  })
})
