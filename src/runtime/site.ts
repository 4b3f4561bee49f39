import type { WritableAtom } from 'nanostores'
import type { LearningClock } from '../core/clock.ts'
import type { Answer } from '../elements/wish.ts'
import type { Http, Result } from '../transport/http.ts'
import type { Books } from './books.ts'
import type { Trouble } from './trouble.ts'

export type $Answer<T> = WritableAtom<Answer<T>>

/** What the parts of a running page share. */
export interface Site {
  readonly http: Http
  readonly clock: LearningClock
  readonly view: Window
  /** The publisher's kill switch is on: nothing is fetched, shown or sent. */
  isOff(): boolean
  /** Tag or publisher want nothing kept or sent. */
  isSilent(): boolean
  /** The reader has said here that they do not want to be counted. */
  objected: boolean
  /** They say so, or take it back. */
  object(objects: boolean): void
  /** The page's books, opened when they are not; undefined when nothing is counted, or what counts cannot be had. */
  books(): Promise<Books | undefined>
  /** Settles when it is known how, and whether, things may be shown. */
  configured(): Promise<void>
  /** Fetches what has the words for it; `otherwise` when even that does not come. */
  trouble(use: (trouble: Trouble) => void, otherwise?: () => void): void
  /**
   * Asks, as often as it takes, and hands what came to `use`; a failure goes to those answers that have nothing to show.
   * Nothing is published before it is known how, and whether, things may be shown.
   */
  load<T>(attempt: () => Promise<Result<T>>, use: (value: T) => void, $answers: () => Iterable<$Answer<never>>): void
}

/** Puts a sentence in the answer's place, unless there is something to show already. */
export function fail<T>($answer: $Answer<T>, issue: string, unknown = false): void {
  if ($answer.value?.state !== 'ready') $answer.set({ state: 'failed', issue, ...(unknown && { unknown }) })
}
