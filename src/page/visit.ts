/** One visit of a reader: of a tab, from its first signal on, over page loads. */
export interface Visit {
  /** The visit's id and the number that the next signal has in it, from 0. */
  next(): { session: string; seq: number }
  /** Forgets the visit; the next signal begins another. */
  end(): void
}

const separator = ' '

/**
 * A visit that lives in the tab's session storage under `key`, so that an endpoint sees from the numbers what it never
 * got. Where the browser denies that storage the visit ends with the page.
 */
export function createVisit(view: Pick<Window, 'sessionStorage'>, key: string, newId: () => string): Visit {
  let memory: string | null = null

  const read = (): string | null => {
    try {
      return view.sessionStorage.getItem(key)
    } catch {
      return memory
    }
  }
  const write = (value: string): void => {
    memory = value
    try {
      view.sessionStorage.setItem(key, value)
    } catch {
      // Denied or full: the number goes on in memory.
    }
  }

  return {
    next() {
      const [known, number] = (memory ?? read() ?? '').split(separator)
      const seq = known ? Number(number) : 0
      const session = known && Number.isSafeInteger(seq) ? known : newId()
      write(`${session}${separator}${session === known ? seq + 1 : 1}`)
      return { session, seq: session === known ? seq : 0 }
    },
    end() {
      memory = null
      try {
        view.sessionStorage.removeItem(key)
      } catch {
        // There was none to remove.
      }
    },
  }
}
