import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isQuiet, nextQuietChange } from '../../src/core/quiet.ts'

const spans = [{ start: 2, end: 4 }, { start: 3, end: 6 }]

describe('quiet spans', () => {
  it('hold from their start up to their end', () => {
    assert.deepEqual([1.9, 2, 3.9, 4, 5.9, 6].map((second) => isQuiet(spans, second)), [false, true, true, true, true, false])
  })

  it('name the next second at which one begins or ends', () => {
    assert.deepEqual([0, 2, 3, 5, 6].map((second) => nextQuietChange(spans, second)), [2, 3, 4, 6, Infinity])
  })
})
