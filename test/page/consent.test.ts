import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readGpp, readTcf, readUsp } from '../../src/page/consent.ts'

const all = { 1: true, 7: true, 8: true }

const tcf: [string, Parameters<typeof readTcf>[0], string | undefined][] = [
  ['nothing', {}, undefined],
  ['a shown dialog', { eventStatus: 'cmpuishown', gdprApplies: true, purpose: { consents: all } }, undefined],
  ['a law that does not apply', { gdprApplies: false }, 'granted'],
  ['all purposes', { eventStatus: 'tcloaded', gdprApplies: true, purpose: { consents: all } }, 'granted'],
  ['measurement by legitimate interest', { eventStatus: 'useractioncomplete', purpose: { consents: { 1: true }, legitimateInterests: { 7: true, 8: true } } }, 'granted'],
  ['storage by legitimate interest', { eventStatus: 'tcloaded', purpose: { consents: { 7: true, 8: true }, legitimateInterests: { 1: true } } }, 'denied'],
  ['no measurement', { eventStatus: 'tcloaded', purpose: { consents: { 1: true, 7: true } } }, 'denied'],
  ['no purposes at all', { eventStatus: 'tcloaded' }, 'denied'],
]

const gpp: [string, unknown, string | undefined][] = [
  ['nothing', undefined, undefined],
  ['a section before it is ready', { signalStatus: 'not ready', parsedSections: { usnat: { SaleOptOut: 2 } } }, undefined],
  ['only Europe', { signalStatus: 'ready', parsedSections: { tcfeuv2: {} } }, undefined],
  ['no opt-out', { signalStatus: 'ready', parsedSections: { usnat: [{ SaleOptOut: 2, SharingOptOut: 2 }, { Gpc: false }] } }, 'granted'],
  ['an opt-out of sale', { signalStatus: 'ready', parsedSections: { usca: { SaleOptOut: 1 } } }, 'denied'],
  ['an opt-out of one of two states', { signalStatus: 'ready', parsedSections: { usva: [{ SaleOptOut: 2 }], usca: [{ SharingOptOut: 1 }] } }, 'denied'],
  ['an opt-out by the browser', { signalStatus: 'ready', parsedSections: { usnat: [{ SaleOptOut: 2 }, { Gpc: true }] } }, 'denied'],
]

const usp: [string, string | undefined, string | undefined][] = [
  ['nothing', undefined, undefined],
  ['a law that does not apply', '1---', undefined],
  ['no opt-out', '1YNN', 'granted'],
  ['an opt-out', '1YYN', 'denied'],
  ['an opt-out in small letters', '1yyn', 'denied'],
  ['another version', '2YNN', undefined],
  ['no string of its own', 'granted', undefined],
]

describe('the Transparency and Consent Framework', () => {
  for (const [name, data, says] of tcf) it(`with ${name} says ${says}`, () => assert.equal(readTcf(data), says))
})
describe('the Global Privacy Platform', () => {
  for (const [name, pingData, says] of gpp) it(`with ${name} says ${says}`, () => assert.equal(readGpp({ pingData } as never), says))
})
describe('the US Privacy API', () => {
  for (const [name, uspString, says] of usp) it(`with ${name} says ${says}`, () => assert.equal(readUsp(uspString === undefined ? {} : { uspString }), says))
})
