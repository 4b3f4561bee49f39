import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { forwardedUrl } from '../../../src/endpoint/serve/forwarded-url.ts'

describe('forwardedUrl', () => {
  for (const [what, proxies, headers, wanted] of [
    ['no proxy is trusted', 0, { 'x-forwarded-host': 'evil.example' }, undefined],
    ['the proxy says nothing', 1, {}, undefined],
    ['it says all', 1, { 'x-forwarded-host': 'www.magazine.example', 'x-forwarded-proto': 'https', 'x-forwarded-prefix': '/shop' }, 'https://www.magazine.example/shop'],
    ['it says the scheme', 1, { 'x-forwarded-proto': 'https' }, 'https://10.0.0.1:8787'],
    ['a client wrote before it', 1, { 'x-forwarded-host': 'evil.example, www.magazine.example:8443' }, 'http://www.magazine.example:8443'],
    ['there are two of them', 2, { 'x-forwarded-host': 'evil.example, www.magazine.example, inner.example' }, 'http://www.magazine.example'],
    ['it says no host', 1, { 'x-forwarded-host': 'evil.example/@' }, undefined],
    ['it says no scheme', 1, { 'x-forwarded-host': 'a.example', 'x-forwarded-proto': 'javascript' }, undefined],
    ['it says no path', 1, { 'x-forwarded-host': 'a.example', 'x-forwarded-prefix': '//evil.example' }, undefined],
  ] as [string, number, Record<string, string>, string | undefined][]) {
    it(`is ${wanted ?? 'unknown'} when ${what}`, () => assert.equal(forwardedUrl(new Request('http://10.0.0.1:8787/v1/demo/items', { headers }), proxies), wanted))
  }
})
