import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Signal } from '../../src/contract/signal.ts'
import { nothingSent, withSent } from '../../src/core/sent.ts'

const signal = (id: string, type: Signal['type']): Signal => ({ id, type, occurredAt: '2026-11-23T14:00:00.000Z' })
const receipt = { accepted: ['a'], duplicate: ['b'], rejected: [{ id: 'c', reason: 'no' }], now: '2026-11-23T14:00:00.000Z' }

describe('what was sent', () => {
  it('is what receipts name, accepted or known already, by type', () => {
    const sent = withSent(nothingSent, [signal('a', 'click'), signal('b', 'click'), signal('c', 'open'), signal('d', 'open')], receipt)
    assert.deepEqual(sent.counts, { click: 2 })
    assert.deepEqual(sent.latest.map(({ id }) => id), ['a', 'b'])
    assert.deepEqual(nothingSent, { counts: {}, latest: [] })
  })

  it('counts them all and keeps the latest', () => {
    let sent = nothingSent
    for (let n = 0; n < 500; n++) sent = withSent(sent, [signal(`${n}`, 'impression')], { ...receipt, accepted: [`${n}`] })
    assert.equal(sent.counts['impression'], 500)
    assert.deepEqual([sent.latest.length, sent.latest.at(-1)?.id], [200, '499'])
  })
})
