import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createAppearances } from '../../src/core/appearances.ts'

describe('appearances', () => {
  it('admits everything without caps', () => {
    const { admit } = createAppearances()
    assert.ok(Array.from({ length: 50 }, () => admit('lamp')).every(Boolean))
  })

  it('admits an item as often as its cap says, whatever the others do', () => {
    const { admit } = createAppearances()
    assert.deepEqual(['lamp', 'rug', 'lamp', 'lamp', 'rug'].map((item) => admit(item, { item: 2 })), [true, true, true, false, true])
  })

  it('admits no more than a visit’s cap in all', () => {
    const { admit } = createAppearances()
    assert.deepEqual(['a', 'b', 'c'].map((item) => admit(item, { visit: 2 })), [true, true, false])
  })

  it('forgets no dismissal, and takes a second one for the whole film', () => {
    const { dismiss, isDismissed } = createAppearances()
    dismiss('film', ['lamp', 'rug'])
    assert.deepEqual(['lamp', 'rug', 'mug'].map((item) => isDismissed('film', item)), [true, true, false])
    assert.equal(isDismissed('other', 'lamp'), false)
    dismiss('film', [])
    assert.equal(isDismissed('film', 'mug'), true)
  })
})
