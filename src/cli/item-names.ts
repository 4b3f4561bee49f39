import { existsSync, readFileSync } from 'node:fs'
import type { Item } from '../contract/item.ts'
import { csvRecords } from '../endpoint/import/csv-records.ts'
import { UsageError } from './command.ts'

/** `--items`: `label=item,label2=item2`, or a table with a label and an item a line. */
export function readItemNames(option: string | undefined): Map<string, string> {
  if (!option) return new Map()
  if (!option.includes('=')) {
    if (!existsSync(option)) throw new UsageError(`--items is ${option}: give label=item,… or a CSV file with a label and an item a line.`)
    const { read, end } = csvRecords(',')
    const rows = [...read(readFileSync(option, 'utf8').replace(/^\ufeff/, '')), ...end()]
    return new Map(rows.flatMap(({ cells: [label, item] }) => (label?.trim() && item?.trim() ? [[label.trim(), item.trim()] as const] : [])))
  }
  return new Map(
    option.split(',').map((pair) => {
      const [label = '', item = '', ...more] = pair.split('=').map((it) => it.trim())
      if (!label || !item || more.length) throw new UsageError(`--items has ${pair}: expected label=item.`)
      return [label, item] as const
    }),
  )
}

/** `Arc lamp` → `arc-lamp`, `台灯` → `台灯`. */
export const slugOf = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')

/** Finds the item that one of a label's names means: as it was said, by id, or by a title that only one item has. */
export function itemFinder(said: ReadonlyMap<string, string>, items: readonly Item[]): (names: readonly string[]) => string | undefined {
  const ids = new Set(items.map(({ id }) => id))
  const slugs = new Map<string, string | undefined>()
  // A slug that two items share means neither.
  for (const { id, title } of items) {
    for (const slug of new Set([slugOf(id), slugOf(title)])) if (slug) slugs.set(slug, slugs.has(slug) && slugs.get(slug) !== id ? undefined : id)
  }
  return (names) => {
    for (const name of names) if (said.has(name)) return said.get(name)
    // A number that the file counts its objects by is no name of an item.
    const words = names.filter((name) => !name.startsWith('#'))
    return words.find((name) => ids.has(name)) ?? words.map((name) => slugs.get(slugOf(name))).find((id) => id !== undefined)
  }
}
