import type { Cue } from '../contract/cue.ts'
import type { Item } from '../contract/item.ts'
import type { Player } from '../core/player.ts'
import { withStreamCues } from '../core/stream-cue.ts'
import { readStream } from '../player/stream.ts'
import { KanmaiRequestEvent } from './wish.ts'

/** Cues and items of a media, as the endpoint or the page gave them. */
export interface Sheet {
  cues: readonly Cue[]
  items: readonly Item[]
}

/** The sheet of an element's film, joined with what its stream says. */
export interface FilmStream {
  join(sheet: Sheet, origin: number | undefined): Sheet
  /** Whether an item is still being asked for. */
  waits(item: string): boolean
  readonly issues: readonly string[]
  stop(): void
}

const nothing: readonly Cue[] = []

/** Reads the stream of a player for an element; items that the sheet lacks are asked for. */
export function openFilmStream(
  host: HTMLElement & { stream?: object },
  player: Player<HTMLElement>,
  now: () => number,
  changed: () => void,
): FilmStream {
  const reader = readStream(player, () => host.stream, now, changed)
  const asked = new Map<string, (() => void) | undefined>()
  const items = new Map<string, Item>()
  const missing = new Set<string>()
  let last: { cues: unknown; items: unknown; stream: unknown; count: number; origin: unknown; joined: Sheet } | undefined

  const ask = (item: string): void => {
    const request = new KanmaiRequestEvent<'item'>({ kind: 'item', item })
    asked.set(item, undefined)
    host.dispatchEvent(request)
    // Nobody is there to answer yet: asked again when the sheet is looked at next.
    if (!request.answer) return void (asked.delete(item), (last = undefined))
    const unsubscribe = request.answer.subscribe((answer) => {
      if (answer.state === 'ready') items.set(item, answer.value)
      if (answer.state === 'failed') missing.add(item)
      if (answer.state !== 'waiting') changed()
    })
    asked.set(item, unsubscribe)
  }

  return {
    join(sheet, origin) {
      const stream = reader.cues()
      if (last && last.cues === sheet.cues && last.items === sheet.items && last.stream === stream && last.count === items.size && last.origin === origin) {
        return last.joined
      }
      const found = withStreamCues(sheet.cues, stream, origin)
      const known = new Map([...items.values(), ...found.items, ...sheet.items].map((item) => [item.id, item]))
      last = { ...sheet, stream, count: items.size, origin, joined: { cues: stream.length ? found.cues : sheet.cues, items: [...known.values()] } }
      const { joined } = last
      for (const { item } of stream.length ? found.cues : nothing) if (!known.has(item) && !asked.has(item)) ask(item)
      return joined
    },
    waits: (item) => asked.has(item) && !missing.has(item),
    get issues() {
      return reader.issues()
    },
    stop() {
      reader.stop()
      asked.forEach((unsubscribe) => unsubscribe?.())
    },
  }
}
