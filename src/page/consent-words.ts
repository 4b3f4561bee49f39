/**
 * What a platform's answer comes to: the reader's yes (`granted`) or no (`denied`); nothing that stands against it, since
 * nobody opted out or the law does not apply (`free`); not decided yet (`open`); nothing for us (`silent`).
 */
export type ConsentWord = 'granted' | 'denied' | 'free' | 'open' | 'silent'

/** What the Transparency and Consent Framework tells its listeners (v2.2). */
export interface TcData {
  eventStatus?: string
  listenerId?: number
  gdprApplies?: boolean
  purpose?: { consents?: Record<string, boolean>; legitimateInterests?: Record<string, boolean> }
}

/** What the Global Privacy Platform tells its listeners (1.1). */
export interface GppEvent {
  eventName?: string
  data?: unknown
  listenerId?: number
  pingData?: { signalStatus?: string; applicableSections?: unknown; parsedSections?: Record<string, unknown> }
}

/** What the older US Privacy API answers: a version and three letters, for notice, opt-out of sale and agreement. */
export interface UspData {
  uspString?: string
}

type Purposes = (purpose: number) => unknown

/** Storage needs purpose 1; measuring ads and content 7 and 8, by consent or by legitimate interest. */
const byPurposes = (consents: Purposes, interests: Purposes): ConsentWord =>
  consents(1) === true && [7, 8].every((it) => consents(it) === true || interests(it) === true) ? 'granted' : 'denied'

export function readTcf({ eventStatus, gdprApplies, purpose }: TcData): ConsentWord {
  if (gdprApplies === false) return 'free'
  if (eventStatus !== 'tcloaded' && eventStatus !== 'useractioncomplete') return 'open'
  return byPurposes(
    (it) => purpose?.consents?.[it],
    (it) => purpose?.legitimateInterests?.[it],
  )
}

type Section = Record<string, unknown>

const optOuts = ['SaleOptOut', 'SharingOptOut', 'TargetedAdvertisingOptOut', 'OptOutSale', 'Gpc']

/** An opt-out of any kind, personal data that was not agreed to, or a child. */
const isOptOut = (part: Section): boolean =>
  optOuts.some((it) => [1, true, 'Y', 'y'].includes(part[it] as string)) ||
  part['PersonalDataConsents'] === 2 ||
  [part['KnownChildSensitiveDataConsents']].flat().some((it) => it === 1 || it === 2)

/** Of the American sections one opt-out is enough, whether or not that section applies; the European one is read as TCF is. */
export function readGpp({ pingData }: GppEvent): ConsentWord {
  if (pingData?.signalStatus !== 'ready') return 'open'
  const { parsedSections, applicableSections } = pingData
  const applies = [applicableSections ?? []].flat()
  const partsOf = (area: string): Section[] =>
    Object.entries(parsedSections ?? {})
      .filter(([name]) => name.startsWith(area))
      .flatMap(([, section]) => section)
      .filter((part): part is Section => part !== null && typeof part === 'object')
  const american = partsOf('us')
  if (american.some(isOptOut)) return 'denied'
  const [european] = partsOf('tcfeuv2')
  if (european && applies.includes(2)) {
    const { PurposeConsents: consents, PurposeLegitimateInterests: interests, PurposesLITransparency: shown = interests } = european
    // A list that begins with purpose 1.
    return byPurposes(
      (it) => (consents as Section | undefined)?.[it - 1],
      (it) => (shown as Section | undefined)?.[it - 1],
    )
  }
  // The European sections have the numbers up to 5, the American ones those from 6.
  return american.length && (!applies.length || applies.some((it) => Number(it) > 5)) ? 'free' : 'silent'
}

/** The law does not apply (`1---`), or the string is none: nothing for us. */
export function readUsp({ uspString = '' }: UspData): ConsentWord {
  const optedOut = /^1[YN-]([YN])[YN-]$/i.exec(uspString)?.[1]
  return optedOut === undefined ? 'silent' : /y/i.test(optedOut) ? 'denied' : 'free'
}
