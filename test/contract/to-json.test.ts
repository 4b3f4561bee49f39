import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { toJson } from '../../src/contract/to-json.ts'

describe('toJson', () => {
  it('writes every plain value as JSON.stringify does', () => {
    fc.assert(fc.property(fc.jsonValue(), (it) => toJson(it) === JSON.stringify(it)), { numRuns: 2000 })
  })
  it('leaves out what is undefined, and writes null for it in a list', () => {
    assert.equal(toJson({ a: undefined, b: [undefined, Number.NaN] }), '{"b":[null,null]}')
  })
  it('asks no toJSON of the page', () => {
    const theirs = { value: () => 'theirs', configurable: true }
    Object.defineProperty(Array.prototype, 'toJSON', theirs)
    Object.defineProperty(Object.prototype, 'toJSON', theirs)
    try {
      assert.equal(toJson({ signals: [{ id: 'a', seq: 1 }] }), '{"signals":[{"id":"a","seq":1}]}')
    } finally {
      delete (Array.prototype as { toJSON?: unknown }).toJSON
      delete (Object.prototype as { toJSON?: unknown }).toJSON
    }
  })
})
