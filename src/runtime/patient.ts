import { backoff } from '../core/backoff.ts'
import { random } from '../page/random.ts'
import type { Result } from '../transport/http.ts'

const tries = 3

export interface Patient {
  /** Asks until there is an answer worth keeping: a few times in a row, then whenever the page comes back or online. */
  ask<T>(attempt: () => Promise<Result<T>>, settle: (result: Result<T>) => void): void
  stop(): void
}

/** Retries quietly: `settle` hears of a failure only after the last try of a row, or when nobody answered in time. */
export function createPatient(view: Window): Patient {
  const waiting = new Set<() => void>()
  let stopped = false

  const handleBack = () => {
    if (view.document.visibilityState === 'hidden') return
    const all = [...waiting]
    waiting.clear()
    for (const retry of all) retry()
  }
  view.addEventListener('online', handleBack)
  view.addEventListener('pageshow', handleBack)
  view.document.addEventListener('visibilitychange', handleBack)

  return {
    ask(attempt, settle) {
      const row = async () => {
        for (let failures = 1; ; failures++) {
          const result = await attempt()
          if (stopped) return
          const last = result.ok || !result.again || failures === tries
          if (last || result.late) settle(result)
          if (!result.ok && result.again && last) waiting.add(row)
          if (last) return
          await new Promise((resolve) => setTimeout(resolve, (result.after ?? 0) + backoff(failures, random)))
          if (stopped) return
        }
      }
      void row()
    },
    stop() {
      stopped = true
      view.removeEventListener('online', handleBack)
      view.removeEventListener('pageshow', handleBack)
      view.document.removeEventListener('visibilitychange', handleBack)
    },
  }
}
