/** One visit of a reader: of a tab, from its first signal on, over page loads. */
export interface Visit {
  /** The visit's id and the number that the next signal has in it, from 0. */
  next(): { session: string; seq: number }
  /** The visit as it stands: the number is that of the next signal. Undefined before the first one. */
  now(): { session: string; seq: number } | undefined
  /** Takes over the visit that the tab's last page has left. */
  take(): void
  /** The page is put aside, or ends: leaves the visit to the tab's next page. */
  pass(): void
  /** Forgets the visit; the next signal begins another. */
  end(): void
}

const separator = ' '

/**
 * A visit that goes from page to page of a tab, so that an endpoint sees from the numbers what it never got. It lies in
 * the tab's session storage, under `key`, only between two pages: a tab that is duplicated while a page is shown gets no
 * copy of it, and no number is given twice. Where a page ends without a word the next one begins another visit.
 */
export function createVisit(view: Pick<Window, 'sessionStorage'>, key: string, newId: () => string): Visit {
  let visit: { session: string; seq: number } | undefined

  /** Storage that is denied or full ends the visit with the page. */
  function store<T>(work: (it: Storage) => T): T | undefined {
    try {
      return work(view.sessionStorage)
    } catch {
      return undefined
    }
  }

  function take(): void {
    if (visit) return
    const [session, number] = store((it) => it.getItem(key))?.split(separator) ?? []
    store((it) => it.removeItem(key))
    if (session && number && Number.isSafeInteger(Number(number))) visit = { session, seq: Number(number) }
  }

  return {
    now: () => visit && { ...visit },
    next() {
      visit ??= { session: newId(), seq: 0 }
      const { session, seq } = visit
      visit.seq++
      return { session, seq }
    },
    take,
    pass() {
      if (!visit) return
      const { session, seq } = visit
      store((it) => {
        it.setItem(key, `${session}${separator}${seq}`)
        visit = undefined
      })
    },
    end() {
      visit = undefined
      store((it) => it.removeItem(key))
    },
  }
}
