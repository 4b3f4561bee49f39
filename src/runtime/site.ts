import type { LearningClock } from '../core/clock.ts'
import type { Http } from '../transport/http.ts'
import type { Patient } from './patient.ts'
import type { Warn } from './warn.ts'

/** What the parts of a running page share. */
export interface Site {
  readonly http: Http
  readonly patient: Patient
  readonly clock: LearningClock
  readonly warn: Warn
  readonly view: Window
  /** Resolved once it is known how, and whether, things may be shown; also when the endpoint does not say. */
  readonly configured: Promise<unknown>
  /** The publisher's kill switch is on: nothing is fetched, shown or sent. */
  isOff(): boolean
}
