import type { Cue } from '../contract/cue.ts'
import type { Item } from '../contract/item.ts'

const known = new WeakMap<Cue, { item: Item; told: Item }>()

/**
 * The item as its cue tells of it: by the cue's words, and with the offers that it brings to those who watch before its own.
 * The same object for the same two.
 */
export function asInCue(cue: Cue, item: Item): Item {
  const { title, offers } = cue
  if (!title && !offers?.length) return item
  const before = known.get(cue)
  if (before?.item === item) return before.told
  const told = { ...item, ...(title && { title, shortTitle: title }), offers: [...(offers ?? []), ...(item.offers ?? [])] }
  known.set(cue, { item, told })
  return told
}
