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

/** What the older US Privacy API answers: a version and three letters, for notice, opt-out of sale and agreement. */
interface UspData {
  uspString?: string
}
type Usp = (command: string, version: number, callback: (data: UspData | undefined, success: boolean) => void) => void

/** The functions that consent platforms put on their page. */
export interface ConsentPlatforms {
  __tcfapi?: Tcf
  __gpp?: Gpp
  __uspapi?: Usp
}

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

/** Undefined where the law does not apply (`1---`), or the string is none. */
export function readUsp({ uspString = '' }: UspData): PlatformSays | undefined {
  const optedOut = /^1[YN-]([YN])[YN-]$/i.exec(uspString)?.[1]
  return optedOut === undefined ? undefined : /y/i.test(optedOut) ? 'denied' : 'granted'
}

// Platforms are sometimes put on the page after us, by a tag manager.
const looks = [0, 500, 1500, 4000, 10_000]

/** Asks the page's consent platforms and follows what they say; a denial of one outweighs the grant of another. */
export function watchConsent(view: Window, says: (platform: PlatformSays | undefined) => void): () => void {
  const heard = new Map<string, PlatformSays>()
  const asked = new Set<string>()
  const timers: number[] = []
  const hangUps = new Map<string, () => void>()
  let framed: ConsentPlatforms | undefined
  let stopped = false

  function tell(source: string, answer: PlatformSays | undefined): void {
    // While the reader is being asked again, the last answer stands.
    if (stopped || !answer) return
    heard.set(source, answer)
    const all = [...heard.values()]
    says(all.includes('denied') ? 'denied' : 'granted')
  }

  /** Each platform is asked once, as soon as it is there. A platform that fails has granted nothing. */
  function askOnce<P>(source: string, platform: P | undefined, question: (platform: P) => void): void {
    if (!platform || asked.has(source)) return
    asked.add(source)
    try {
      question(platform)
    } catch {
      asked.delete(source)
    }
  }

  function look(): void {
    const own = view as ConsentPlatforms
    const platform = <K extends keyof ConsentPlatforms>(name: K) => own[name] ?? framed?.[name]
    askOnce('tcf', platform('__tcfapi'), (tcf) =>
      tcf('addEventListener', 2, (data, success) => {
        if (!success || !data) return
        const { listenerId } = data
        if (listenerId !== undefined) hangUps.set('tcf', () => tcf('removeEventListener', 2, () => {}, listenerId))
        tell('tcf', readTcf(data))
      }),
    )
    askOnce('gpp', platform('__gpp'), (gpp) =>
      gpp('addEventListener', (event, success) => {
        if (!success || !event) return
        const { listenerId } = event
        if (listenerId !== undefined) hangUps.set('gpp', () => gpp('removeEventListener', () => {}, listenerId))
        tell('gpp', readGpp(event))
      }),
    )
    // It has no listeners: what it says at the last look counts.
    try {
      platform('__uspapi')?.('getUSPData', 1, (data, success) => success && data && tell('usp', readUsp(data)))
    } catch {
      // As above.
    }
  }

  for (const wait of looks) timers.push(view.setTimeout(look, wait))
  if (view.parent !== view) {
    import('./framed-consent.ts').then(
      ({ framedPlatforms }) => {
        if (stopped) return
        const { platforms, stop } = framedPlatforms(view)
        framed = platforms
        hangUps.set('frame', stop)
        look()
      },
      () => {},
    )
  }
  return () => {
    stopped = true
    timers.forEach((timer) => view.clearTimeout(timer))
    for (const hangUp of hangUps.values()) {
      try {
        hangUp()
      } catch {
        // It is gone already.
      }
    }
  }
}
