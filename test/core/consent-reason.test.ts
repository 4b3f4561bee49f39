import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { consentReason } from '../../src/core/consent-reason.ts'
import type { ConsentAsked } from '../../src/core/consent.ts'

const cases: [string, ConsentAsked, string][] = [
  ['a tag that grants', { tag: 'granted' }, 'tag'],
  ['a config that is stricter than the tag', { tag: 'granted', config: 'essential' }, 'config'],
  ['a tag that is stricter than the config', { tag: 'none', config: 'granted' }, 'tag'],
  ['both saying the same', { tag: 'essential', config: 'essential' }, 'tag'],
  ['a platform that has not answered', { tag: 'auto' }, 'unasked'],
  ['a config that asks the platform', { tag: 'granted', config: 'auto', platform: 'granted' }, 'agreed'],
  ['a platform that denies', { platform: 'denied' }, 'refused'],
  ['a browser that opts out', { tag: 'granted', optOut: true }, 'browser'],
  ['a browser that opts out of what is off already', { tag: 'none', optOut: true }, 'tag'],
  ['a reader who objects', { tag: 'none', platform: 'granted', optOut: true, objected: true }, 'reader'],
]

describe('who decided what may be done', () => {
  for (const [name, asked, reason] of cases) it(`with ${name}: ${reason}`, () => assert.equal(consentReason(asked), reason))
})
