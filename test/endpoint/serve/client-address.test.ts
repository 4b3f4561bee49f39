import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { describe, it } from 'node:test'
import { clientAddress, trustedProxies } from '../../../src/endpoint/serve/client-address.ts'

const from = (forwarded?: string) =>
  ({ socket: { remoteAddress: '10.0.0.9' }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage

describe('clientAddress', () => {
  for (const [proxies, forwarded, address] of [
    [0, undefined, '10.0.0.9'],
    [0, '1.1.1.1', '10.0.0.9'],
    [1, undefined, '10.0.0.9'],
    [1, '1.1.1.1', '1.1.1.1'],
    [1, 'made up, 1.1.1.1', '1.1.1.1'],
    [2, 'made up, 1.1.1.1, 2.2.2.2', '1.1.1.1'],
    [2, '2001:db8::1', '2001:db8::1'],
    [1, ' , ', '10.0.0.9'],
  ] as const) {
    it(`behind ${proxies} proxies that forward ${forwarded} is ${address}`, () => {
      assert.equal(clientAddress(from(forwarded), proxies), address)
    })
  }
})

describe('trustedProxies', () => {
  for (const [setting, proxies] of [[undefined, 0], ['', 0], ['0', 0], ['false', 0], ['1', 1], ['2', 2], ['true', 1], ['yes', 1]] as const) {
    it(`reads ${setting} as ${proxies}`, () => assert.equal(trustedProxies(setting), proxies))
  }
})
