import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { table, widthOf } from '../../src/cli/table.ts'

describe('widthOf', () => {
  for (const [text, width] of [['', 0], ['lamp', 4], ['台灯', 4], ['ランプ', 6], ['전등', 4], ['é', 1], ['e\u0301', 1], ['🛋', 1], ['😀', 2], ['，', 2]] as const) {
    it(`of "${text}" is ${width}`, () => assert.equal(widthOf(text), width))
  }
})

describe('table', () => {
  it('aligns words to the left and numbers to the right', () => {
    assert.equal(
      table(['item', 'clicks'], [['台灯', 7], ['arc-lamp', 1234]]),
      ['item      clicks', '台灯           7', 'arc-lamp    1234'].join('\n'),
    )
  })

  it('lets no control character through to the terminal', () => {
    assert.equal(table(['a'], [['x\u001b[31m\ny']]), 'a\nx [31m y')
  })

  it('shows what is missing as nothing', () => {
    assert.equal(table(['a', 'b'], [[undefined, 1], ['x', undefined]]), ['a  b', '   1', 'x'].join('\n'))
  })
})
