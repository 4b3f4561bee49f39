import type { Engine } from '../test/support/browsers.ts'

/** What became of one fault in one engine. Counts are of signals unless a fault has none. */
export interface BatteryRow {
  /** What was done to it, in a few words: `collector answers 503 for 5 s`. */
  fault: string
  /** Where it ran: a browser engine, `node`, or a store as in `PGlite`. */
  engine: string
  /** How often it was tried. */
  cases: number
  /** Taken by the product, by the ledger of the run. */
  accepted?: number
  /** Rows the store has of them. */
  stored?: number
  /** Copies beyond the first that went over the wire. */
  dupWire?: number
  /** Reported as dropped with their reason, or refused by a receipt. */
  explained?: number
  /** Accepted, and neither stored nor explained. */
  unexplained?: number
  /** Milliseconds from acceptance to the commit. */
  p50?: number
  p99?: number
  /** `measured`: written down without a pass mark. */
  verdict: 'passed' | 'missed' | 'measured'
  /** What else must be known; for a miss, what happened. */
  note?: string
}

export interface BatteryOptions {
  /** Every case and repetition instead of the short set. */
  full: boolean
  engines: Engine[]
  /** Only the faults whose words hold this, of a group that tries one after the other. */
  only?: string | undefined
  /** Ends at the first row that misses. */
  untilMissed?: boolean | undefined
  /** Progress, on stderr. */
  say(line: string): void
}

/** One group of faults: `export const group` of a file in `groups/`. */
export interface BatteryGroup {
  /** As in `B1`. */
  id: string
  title: string
  /** What must hold, in words. */
  pass: string
  run(options: BatteryOptions): AsyncIterable<BatteryRow>
}
