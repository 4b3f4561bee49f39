/** One visit of a reader: of a tab, from its first signal on, over page loads. */
export interface Visit {
  /** The visit's id and the number that the next signal has in it, from 0. */
  next(): { session: string; seq: number }
  /** The visit as it stands: the number is that of the next signal. Undefined before the first one. */
  now(): { session: string; seq: number } | undefined
  /** Forgets the visit; the next signal begins another. */
  end(): void
}

const separator = ' '

/**
 * A visit that lives in the tab's session storage under `key`, so that an endpoint sees from the numbers what it never
 * got. Where the browser denies that storage the visit ends with the page.
 */
export function createVisit(view: Pick<Window, 'sessionStorage'>, key: string, newId: () => string): Visit {
  /** What could not be written: storage is denied or full. */
  let memory: string | undefined

  const read = (): string => {
    if (memory !== undefined) return memory
    try {
      return view.sessionStorage.getItem(key) ?? ''
    } catch {
      return ''
    }
  }
  const write = (value: string): void => {
    try {
      view.sessionStorage.setItem(key, value)
    } catch {
      memory = value
    }
  }

  function now(): ReturnType<Visit['now']> {
    const [known, number] = read().split(separator)
    return known && Number.isSafeInteger(Number(number)) ? { session: known, seq: Number(number) } : undefined
  }

  return {
    now,
    next() {
      const visit = now() ?? { session: newId(), seq: 0 }
      write(`${visit.session}${separator}${visit.seq + 1}`)
      return visit
    },
    end() {
      memory = undefined
      try {
        view.sessionStorage.removeItem(key)
      } catch {
        // There was none to remove.
      }
    },
  }
}
