import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Cue } from '../../src/contract/cue.ts'
import type { Item } from '../../src/contract/item.ts'
import { asInCue } from '../../src/core/as-in-cue.ts'

describe('asInCue', () => {
  const item: Item = { id: 'lamp', title: 'Lamp', url: 'https://shop.example', offers: [{ kind: 'code', code: 'OWN' }] }
  const cue: Cue = { id: 'c', item: 'lamp', start: 0, offers: [{ kind: 'flash', code: 'LIVE' }] }

  it('puts the cue’s offers before the item’s own', () => {
    assert.deepEqual(asInCue(cue, item).offers?.map(({ code }) => code), ['LIVE', 'OWN'])
  })

  it('gives the same object for the same cue and item, and another for another item', () => {
    assert.equal(asInCue(cue, item), asInCue(cue, item))
    const dearer = { ...item, title: 'Arc lamp' }
    assert.equal(asInCue(cue, dearer).title, 'Arc lamp')
  })

  it('says the cue’s words in place of the item’s title, short or long', () => {
    const told = asInCue({ id: 'c', item: 'lamp', start: 0, title: 'The lamp she reads by' }, { ...item, shortTitle: 'L' })
    assert.deepEqual([told.title, told.shortTitle, told.offers], ['The lamp she reads by', 'The lamp she reads by', item.offers])
  })

  it('leaves the item alone when the cue brings nothing', () => {
    assert.equal(asInCue({ ...cue, offers: [] }, item), item)
  })
})
