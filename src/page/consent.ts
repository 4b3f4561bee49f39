import type { PlatformSays } from '../core/consent.ts'

/** What the Transparency and Consent Framework tells its listeners (v2.2). */
interface TcData {
  eventStatus?: string
  listenerId?: number
  gdprApplies?: boolean
  purpose?: { consents?: Record<string, boolean>; legitimateInterests?: Record<string, boolean> }
}
type Tcf = (command: string, version: number, callback: (data: TcData | undefined, success: boolean) => void, parameter?: unknown) => void

/** What the Global Privacy Platform tells its listeners (1.1). */
interface GppEvent {
  eventName?: string
  data?: unknown
  listenerId?: number
  pingData?: { signalStatus?: string; parsedSections?: Record<string, unknown> }
}
type Gpp = (command: string, callback: (event: GppEvent | undefined, success: boolean) => void, parameter?: unknown) => void

interface ConsentWindow {
  __tcfapi?: Tcf
  __gpp?: Gpp
}

/** The reader's browser opts out of sale and sharing for them (Global Privacy Control). */
export const optsOut = (navigator: Navigator): boolean => (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true

/** Storage needs purpose 1; measuring ads and content 7 and 8, by consent or by legitimate interest. Undefined while nothing is decided. */
export function readTcf({ eventStatus, gdprApplies, purpose }: TcData): PlatformSays | undefined {
  if (gdprApplies === false) return 'granted'
  if (eventStatus !== 'tcloaded' && eventStatus !== 'useractioncomplete') return undefined
  const consents = purpose?.consents ?? {}
  const interests = purpose?.legitimateInterests ?? {}
  return consents[1] && [7, 8].every((it) => consents[it] || interests[it]) ? 'granted' : 'denied'
}

/** Of the American sections one opt-out is enough. Undefined when none of them applies, or nothing is decided yet. */
export function readGpp({ pingData }: GppEvent): PlatformSays | undefined {
  if (pingData?.signalStatus !== 'ready') return undefined
  const parts = Object.entries(pingData.parsedSections ?? {})
    .filter(([name]) => name.startsWith('us'))
    .flatMap(([, section]) => section) as Record<string, unknown>[]
  if (!parts.length) return undefined
  const out = parts.some((part) => part['Gpc'] === true || [part['SaleOptOut'], part['SharingOptOut'], part['TargetedAdvertisingOptOut']].includes(1))
  return out ? 'denied' : 'granted'
}

// Platforms are sometimes put on the page after us, by a tag manager.
const looks = [0, 500, 1500, 4000, 10_000]

/** Asks the page's consent platforms and follows what they say; a denial of one outweighs the grant of another. */
export function watchConsent(view: Window, says: (platform: PlatformSays | undefined) => void): () => void {
  const page = view as ConsentWindow
  const heard: { tcf?: PlatformSays | undefined; gpp?: PlatformSays | undefined } = {}
  const timers: number[] = []
  const hangUps: (() => void)[] = []
  let asked = { tcf: false, gpp: false }
  let stopped = false

  function tell(source: keyof typeof heard, answer: PlatformSays | undefined): void {
    if (stopped) return
    heard[source] = answer
    const all = Object.values(heard)
    says(all.includes('denied') ? 'denied' : all.includes('granted') ? 'granted' : undefined)
  }

  function look(): void {
    const { __tcfapi: tcf, __gpp: gpp } = page
    const before = asked
    asked = { tcf: !!tcf, gpp: !!gpp }
    try {
      if (tcf && !before.tcf) {
        tcf('addEventListener', 2, (data, success) => {
          if (!success || !data) return
          hangUps[0] ??= () => tcf('removeEventListener', 2, () => {}, data.listenerId)
          // While the reader is being asked again, the last answer stands.
          const answer = readTcf(data)
          if (answer) tell('tcf', answer)
        })
      }
      if (gpp && !before.gpp) {
        gpp('addEventListener', (event, success) => {
          if (!success || !event) return
          hangUps[1] ??= () => gpp('removeEventListener', () => {}, event.listenerId)
          const answer = readGpp(event)
          if (answer) tell('gpp', answer)
        })
      }
    } catch {
      // A platform that fails has granted nothing.
    }
  }

  for (const wait of looks) timers.push(view.setTimeout(look, wait))
  return () => {
    stopped = true
    timers.forEach((timer) => view.clearTimeout(timer))
    for (const hangUp of Object.values(hangUps)) {
      try {
        hangUp()
      } catch {
        // It is gone already.
      }
    }
  }
}
