/**
 * Gives the words of a locale, chosen by its language; English when it is not known. While a table loads the answer is
 * English, and `loaded` is called once the right one is there.
 */
export type Speaker<T> = (locale: string, loaded: () => void) => T

/** English comes with the elements, every other language when a page speaks it. */
export function speaker<T>(english: T, others: Record<string, () => Promise<T>>): Speaker<T> {
  const tables: Record<string, T> = {}
  const loads: Record<string, Promise<void>> = {}
  return (locale, loaded) => {
    const language = locale.slice(0, 2)
    const load = others[language]
    if (load && !tables[language]) {
      // A table that cannot be had is not asked for again: the page stays English.
      loads[language] ??= load().catch(() => english).then((it) => void (tables[language] = it))
      void loads[language].then(loaded)
    }
    return tables[language] ?? english
  }
}
