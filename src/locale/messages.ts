import { en, type Messages } from './en.ts'

// English comes with the elements, every other language when a page speaks it.
const tables: Record<string, Messages | Promise<void>> = { en }
const loads: Record<string, () => Promise<Messages>> = { zh: () => import('./zh-CN.ts').then((it) => it.zhCN) }

/**
 * The words of a locale, chosen by its language; English when it is not known. While a table loads the answer is
 * English, and `loaded` is called once the right one is there.
 */
export function messagesFor(locale: string, loaded: () => void): Messages {
  const language = locale.slice(0, 2).toLowerCase()
  const table = tables[language]
  if (table && !(table instanceof Promise)) return table
  const load = loads[language]
  if (!load) return en
  // A table that cannot be had is not asked for again: the page stays English.
  const loading = table ?? load().catch(() => en).then((it) => void (tables[language] = it))
  tables[language] = loading
  void loading.then(loaded)
  return en
}
