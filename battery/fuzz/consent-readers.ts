import { watchConsent } from '../../src/page/consent.ts'
import { agreed, FakeView, keepsIn, notApplied, optsOutOf, refused, section, shown } from '../../test/page/fake-platforms.ts'
import type { FuzzedParser } from './parsers.ts'

const european = { signalStatus: 'ready', applicableSections: [2], parsedSections: { tcfeuv2: [{ PurposeConsents: [true, true, true, true, true, true, true, true], PurposeLegitimateInterests: [] }] } }
const children = section({ SaleOptOut: 2, KnownChildSensitiveDataConsents: [0, 1], Gpc: true })

/** What three platforms answer, each on a line of its own. */
const answers = (tcf: unknown, gpp: unknown, usp: unknown): string => [tcf, { pingData: gpp, eventName: 'signalStatus', listenerId: 1 }, usp].map((it) => JSON.stringify(it)).join('\n')

/** A platform answers with any value; what is no JSON is one too. */
function valueOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return line
  }
}

/** Whether somewhere in an answer there stands what a grant needs: written from the rules, and laxer than any reader may be. */
const mayGrant = {
  tcf: (it: string) => /"gdprApplies":\s*false/.test(it) || (/tcloaded|useractioncomplete/.test(it) && /"1":\s*true/.test(it)),
  gpp: (it: string) => /"ready"/.test(it) && /"us|"tcfeuv2/.test(it),
  usp: (it: string) => /"1[YN-]N[YN-]"/i.test(it),
}
const denies = (it: string) => /^\{"uspString":"1[YNyn-][Yy][YNyn-]"\}$/.test(it)

/** The readers of consent platforms, asked as a page asks them. */
export const consentReaders: FuzzedParser = {
  name: 'consent platforms',
  seeds: [
    answers(agreed, keepsIn, { uspString: '1YNN' }),
    answers(refused, optsOutOf, { uspString: '1YYN' }),
    answers(shown, european, { uspString: '1---' }),
    answers(notApplied, children, { uspString: '1ynn' }),
    answers({ ...agreed, eventStatus: 'tcloaded', listenerId: 7 }, { signalStatus: 'not ready' }, null),
  ],
  words: ['null', 'true', 'false', '[]', '{}', '1', '2', '"Y"', '"uspString":', '"ready"', '"applicableSections":', '"parsedSections":', '"usnat":', '"purpose":null', '"consents":', '"gdprApplies":0', '"eventStatus":["tcloaded"]', '\n'],
  read(text) {
    const [tcf = '', gpp = '', usp = ''] = text.split('\n')
    let said: string | undefined
    const view = Object.assign(new FakeView(), {
      __tcfapi: (_command: string, _version: number, tell: (data: unknown, success: unknown) => void) => tell(valueOf(tcf), true),
      __gpp: (_command: string, tell: (data: unknown, success: unknown) => void) => tell(valueOf(gpp), true),
      __uspapi: (_command: string, _version: number, tell: (data: unknown, success: unknown) => void) => tell(valueOf(usp), true),
    })
    const stop = watchConsent(view as unknown as Window, (platform) => (said = platform))
    view.pass(20_000)
    stop()
    if (said === 'granted' && !(mayGrant.tcf(tcf) || mayGrant.gpp(gpp) || mayGrant.usp(usp))) throw new Error('a grant that nobody gave')
    if (denies(usp) && said !== 'denied') throw new Error('a denial that was not heard')
    if (view.running) throw new Error('a timer that runs on')
  },
}
