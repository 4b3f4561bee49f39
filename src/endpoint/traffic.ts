import { settleMs } from '../core/settle.ts'
import type { Flag } from '../contract/report.ts'
import { fnv } from './fnv.ts'
import type { Limits } from './limits.ts'
import { createPace } from './pace.ts'
import { isFetched, isProgram } from './programs.ts'
import { createRepeats } from './repeats.ts'
import type { SignalRow } from './store/signals.ts'

/** Finds the reasons for which a signal is nothing that anybody should pay for. Nothing is refused for them. */
export type Traffic = (row: SignalRow, request: Request) => Flag[] | undefined

export type PaceLimits = Pick<Limits, 'windowSeconds' | 'visitClicks' | 'visitImpressions' | 'networkClicks' | 'networkImpressions'>

interface TrafficOptions {
  limits: PaceLimits
  random: (below: number) => number
  /** Name of the client's network; empty when nobody is told apart. */
  clientOf: (request: Request) => string
  /** Whether a request comes from a data centre, where programs live and people do not. */
  isFromDatacentre: (request: Request) => boolean
}

/** Two clicks of one visit on one product in one place, closer than this in milliseconds, are one wish. */
const doubleClickMs = 2_000

/** Knows nobody: it holds numbers made of a visit or of a network and its user agent, in memory, for a while. */
export function createTraffic({ limits, random, clientOf, isFromDatacentre }: TrafficOptions): Traffic {
  const seed = random(2 ** 32)
  const isTooMany = createPace(limits.windowSeconds * 1000)
  const isRepeat = createRepeats(doubleClickMs)

  function isRushed(row: SignalRow, request: Request): boolean {
    const { publisher, type, id, session, occurred_at: at } = row
    if (type !== 'click' && type !== 'impression') return false
    const [ofVisit, ofNetwork] =
      type === 'click' ? [limits.visitClicks, limits.networkClicks] : [limits.visitImpressions, limits.networkImpressions]
    const network = clientOf(request)
    const client = network && fnv(`${publisher}\n${network}\n${request.headers.get('user-agent')}`, seed)
    // Both are asked, for each must have counted it.
    const rushed = [
      session !== undefined && isTooMany(`${type} ${publisher} ${session}`, at, id, ofVisit),
      client !== '' && isTooMany(`${type} ${client}`, at, id, ofNetwork),
    ]
    return rushed.includes(true)
  }

  function isDouble({ publisher, type, id, session, item, placement, media, occurred_at: at }: SignalRow): boolean {
    return type === 'click' && session !== undefined && isRepeat(JSON.stringify([publisher, session, item, placement, media]), at, id)
  }

  return (row, request) => {
    const { automated, trusted, afterShown } = row.more ?? {}
    const flags: Record<Flag, boolean> = {
      bot: isProgram(request) || automated === true || isFromDatacentre(request),
      prefetch: false,
      untrusted: trusted === false || (row.source === 'redirect' && isFetched(request)),
      hasty: typeof afterShown === 'number' && afterShown < settleMs,
      rate: isRushed(row, request),
      repeat: isDouble(row),
    }
    const found = (Object.keys(flags) as Flag[]).filter((it) => flags[it])
    return found.length ? found : undefined
  }
}
