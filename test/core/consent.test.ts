import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { decideConsent, type Consent, type ConsentAsked } from '../../src/core/consent.ts'

const cases: [ConsentAsked, Consent, boolean][] = [
  [{}, 'essential', false],
  [{ platform: 'granted' }, 'granted', true],
  [{ platform: 'denied' }, 'essential', true],
  [{ tag: 'granted' }, 'granted', true],
  [{ tag: 'granted', platform: 'denied' }, 'granted', true],
  [{ tag: 'granted', config: 'auto' }, 'essential', false],
  [{ tag: 'granted', config: 'essential' }, 'essential', true],
  [{ tag: 'granted', config: 'none' }, 'none', true],
  [{ tag: 'none', config: 'granted' }, 'none', true],
  [{ tag: 'auto', config: 'granted' }, 'essential', false],
  [{ config: 'granted' }, 'essential', false],
  [{ tag: 'essential', config: 'auto', platform: 'granted' }, 'essential', true],
  [{ tag: 'granted', optOut: true }, 'essential', true],
  [{ platform: 'granted', optOut: true }, 'essential', true],
  [{ tag: 'none', optOut: true }, 'none', true],
]

describe('consent', () => {
  for (const [asked, consent, settled] of cases) {
    it(`is ${consent}${settled ? '' : ' for now'} when asked ${JSON.stringify(asked)}`, () => {
      assert.deepEqual(decideConsent(asked), { consent, settled })
    })
  }

  it('never loosens when something more is said against it', () => {
    const rank = { granted: 0, essential: 1, none: 2 }
    const mode = fc.constantFrom('granted', 'auto', 'essential', 'none', undefined)
    const platform = fc.constantFrom('granted', 'denied', undefined)
    fc.assert(
      fc.property(mode, mode, platform, fc.boolean(), (tag, config, says, optOut) => {
        const now = rank[decideConsent({ tag, config, platform: says, optOut }).consent]
        assert.ok(rank[decideConsent({ tag, config, platform: says, optOut: true }).consent] >= now)
        assert.ok(rank[decideConsent({ tag, config, platform: 'denied', optOut }).consent] >= now)
        assert.equal(decideConsent({ tag, config: 'none', platform: says, optOut }).consent, 'none')
      }),
    )
  })
})
