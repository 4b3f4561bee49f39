import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Cue } from '../../src/contract/cue.ts'
import type { Item } from '../../src/contract/item.ts'
import { withOffers } from '../../src/core/with-offers.ts'

describe('withOffers', () => {
  const item: Item = { id: 'lamp', title: 'Lamp', url: 'https://shop.example', offers: [{ kind: 'code', code: 'OWN' }] }
  const cue: Cue = { id: 'c', item: 'lamp', start: 0, offers: [{ kind: 'flash', code: 'LIVE' }] }

  it('puts the cue’s offers before the item’s own', () => {
    assert.deepEqual(withOffers(cue, item).offers?.map(({ code }) => code), ['LIVE', 'OWN'])
  })

  it('gives the same object for the same cue and item, and another for another item', () => {
    assert.equal(withOffers(cue, item), withOffers(cue, item))
    const dearer = { ...item, title: 'Arc lamp' }
    assert.equal(withOffers(cue, dearer).title, 'Arc lamp')
  })

  it('leaves the item alone when the cue brings none', () => {
    assert.equal(withOffers({ ...cue, offers: [] }, item), item)
  })
})
