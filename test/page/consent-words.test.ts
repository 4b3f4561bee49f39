import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readGpp, readTcf, readUsp } from '../../src/page/consent-words.ts'

const all = { 1: true, 7: true, 8: true }

const tcf: [string, Parameters<typeof readTcf>[0], string][] = [
  ['nothing', {}, 'open'],
  ['a shown dialog', { eventStatus: 'cmpuishown', gdprApplies: true, purpose: { consents: all } }, 'open'],
  ['a law that does not apply', { gdprApplies: false }, 'free'],
  ['all purposes', { eventStatus: 'tcloaded', gdprApplies: true, purpose: { consents: all } }, 'granted'],
  ['measurement by legitimate interest', { eventStatus: 'useractioncomplete', purpose: { consents: { 1: true }, legitimateInterests: { 7: true, 8: true } } }, 'granted'],
  ['storage by legitimate interest', { eventStatus: 'tcloaded', purpose: { consents: { 7: true, 8: true }, legitimateInterests: { 1: true } } }, 'denied'],
  ['no measurement', { eventStatus: 'tcloaded', purpose: { consents: { 1: true, 7: true } } }, 'denied'],
  ['no purposes at all', { eventStatus: 'tcloaded' }, 'denied'],
]

const european = (...granted: number[]) => ({
  signalStatus: 'ready',
  applicableSections: [2],
  parsedSections: { tcfeuv2: { PurposeConsents: Array.from({ length: 24 }, (_, index) => granted.includes(index + 1)) } },
})

const gpp: [string, unknown, string][] = [
  ['nothing', undefined, 'open'],
  ['a section before it is ready', { signalStatus: 'not ready', parsedSections: { usnat: { SaleOptOut: 2 } } }, 'open'],
  ['a European section that says nothing', { signalStatus: 'ready', parsedSections: { tcfeuv2: {} } }, 'silent'],
  ['all purposes of the European section', european(1, 7, 8), 'granted'],
  ['no storage in the European section', european(7, 8), 'denied'],
  ['an American section where the European applies', { ...european(7, 8), parsedSections: { usnat: { SaleOptOut: 2 } } }, 'silent'],
  ['no law that applies', { signalStatus: 'ready', applicableSections: [-1], parsedSections: {} }, 'silent'],
  ['no opt-out', { signalStatus: 'ready', parsedSections: { usnat: [{ SaleOptOut: 2, SharingOptOut: 2 }, { Gpc: false }] } }, 'free'],
  ['no opt-out in the section that applies', { signalStatus: 'ready', applicableSections: [8], parsedSections: { usca: { SaleOptOut: 2 } } }, 'free'],
  ['an opt-out of sale', { signalStatus: 'ready', parsedSections: { usca: { SaleOptOut: 1 } } }, 'denied'],
  ['an opt-out of targeted advertising', { signalStatus: 'ready', parsedSections: { usco: { TargetedAdvertisingOptOut: 1 } } }, 'denied'],
  ['an opt-out of one of two states', { signalStatus: 'ready', parsedSections: { usva: [{ SaleOptOut: 2 }], usca: [{ SharingOptOut: 1 }] } }, 'denied'],
  ['an opt-out in a section that does not apply', { signalStatus: 'ready', applicableSections: [7], parsedSections: { usnat: {}, usca: { SaleOptOut: 1 } } }, 'denied'],
  ['an opt-out by the browser', { signalStatus: 'ready', parsedSections: { usnat: [{ SaleOptOut: 2 }, { Gpc: true }] } }, 'denied'],
  ['an opt-out in the older American section', { signalStatus: 'ready', parsedSections: { uspv1: { OptOutSale: 'Y' } } }, 'denied'],
  ['a known child', { signalStatus: 'ready', parsedSections: { usnat: { SaleOptOut: 2, KnownChildSensitiveDataConsents: [0, 2] } } }, 'denied'],
  ['no known child', { signalStatus: 'ready', parsedSections: { usnat: { SaleOptOut: 2, KnownChildSensitiveDataConsents: [0, 0] } } }, 'free'],
  ['personal data that was not agreed to', { signalStatus: 'ready', parsedSections: { usnat: { SaleOptOut: 2, PersonalDataConsents: 2 } } }, 'denied'],
]

const usp: [string, string | undefined, string][] = [
  ['nothing', undefined, 'silent'],
  ['a law that does not apply', '1---', 'silent'],
  ['no opt-out', '1YNN', 'free'],
  ['an opt-out', '1YYN', 'denied'],
  ['an opt-out in small letters', '1yyn', 'denied'],
  ['another version', '2YNN', 'silent'],
  ['no string of its own', 'granted', 'silent'],
]

describe('the Transparency and Consent Framework', () => {
  for (const [name, data, word] of tcf) it(`with ${name} is ${word}`, () => assert.equal(readTcf(data), word))
})
describe('the Global Privacy Platform', () => {
  for (const [name, pingData, word] of gpp) it(`with ${name} is ${word}`, () => assert.equal(readGpp({ pingData } as never), word))
})
describe('the US Privacy API', () => {
  for (const [name, uspString, word] of usp) it(`with ${name} is ${word}`, () => assert.equal(readUsp(uspString === undefined ? {} : { uspString }), word))
})

it('no consent is read from anything that a platform does not say', () => {
  const grants = ['granted', 'free']
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const data = { ...(value as object), gdprApplies: true, parsedSections: value }
      assert.ok(!grants.includes(readTcf(data as never)))
      assert.ok(!grants.includes(readGpp({ pingData: { signalStatus: 'ready', applicableSections: [2], parsedSections: { tcfeuv2: value } } } as never)))
      assert.ok(!grants.includes(readUsp({ uspString: JSON.stringify(value) })))
    }),
    { numRuns: 2000 },
  )
})
