import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readLimits } from '../../../src/endpoint/serve/limits-setting.ts'

describe('readLimits', () => {
  it('reads what is set and leaves the rest', () => {
    assert.deepEqual(readLimits('{"streams": 5000, "heartbeatMs": 1000}'), { streams: 5000, heartbeatMs: 1000 })
    assert.deepEqual(readLimits(undefined), {})
  })

  for (const [setting, says] of [
    ['5000', /./],
    ['{', /no JSON/],
    ['{"stream": 1}', /no limit stream; there are .*streams/],
    ['{"streams": "1"}', /streams: expected a number/],
    ['{"streams": -1}', /streams: expected a number/],
  ] as const) {
    it(`refuses ${setting}`, () => assert.throws(() => readLimits(setting), says))
  }
})
