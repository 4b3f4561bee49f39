import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { retryAfter } from '../../src/transport/retry-after.ts'

const now = Date.parse('2026-11-23T14:00:00Z')

describe('Retry-After', () => {
  const cases: [string | null, number | undefined][] = [
    [null, undefined],
    ['', undefined],
    ['soon', undefined],
    ['7', 7000],
    ['0', 0],
    ['86400', 300_000],
    ['Mon, 23 Nov 2026 14:00:09 GMT', 9000],
    ['Mon, 23 Nov 2026 13:00:00 GMT', 0],
  ]
  for (const [header, wait] of cases) it(`${header} is ${wait} ms`, () => assert.equal(retryAfter(header, now), wait))
})
