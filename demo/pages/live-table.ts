import type { Cue, CueSheet } from '../../src/contract/cue.ts'
import type { Offer } from '../../src/contract/offer.ts'
import { KanmaiRequestEvent, type Answer, type PageSettings } from '../../src/elements/wish.ts'
import { ask } from './ask.ts'

export type Spot = NonNullable<Cue['at']>

/** What was done, in words, and how to take it back. */
export interface Done {
  words: string
  undo?: (() => Promise<Done>) | undefined
}

/** What lies on the table of a live room, as everybody's page knows it, and what the host does with it. */
export interface Table {
  sheet: CueSheet | undefined
  /** What is wrong with the room, when it cannot be followed. */
  issue: string | undefined
  /** Second that the room is at, by the endpoint's clock. */
  second(): number
  /** Milliseconds since 1970, by the endpoint's clock. */
  now(): number
  /** Cues that are on now, the newest first. */
  open(): Cue[]
  /** Cues that have ended by themselves or by hand within the last `seconds`, the newest first. */
  ended(seconds: number): Cue[]
  pin(item: string, title: string, at: Spot | undefined): Promise<Done>
  unpin(cue: Cue, title: string): Promise<Done>
  /** Puts offers beside a cue, or takes them away; it stays until the last of them ends. */
  offer(cue: Cue, title: string, offers: Offer[]): Promise<Done>
  clear(): Promise<Done>
}

/** Least seconds of a cue: one that is taken back at once was on for as good as no time, in the recording too. */
const blink = 0.001

const isPast = (cue: Cue) => cue.id.includes('~')
const without = ({ end: _, ...cue }: Cue): Cue => cue

/** Follows the table of a room. Rejects with a sentence what the endpoint does not take; `token` says who asks. */
export function openTable(room: string, token: () => string, changed: () => void): Table {
  let settings: PageSettings | undefined
  const now = () => settings?.now() ?? Date.now()

  const table: Table = {
    sheet: undefined,
    issue: undefined,
    now,
    second: () => Math.max(0, now() - Date.parse(table.sheet?.media.origin ?? new Date(now()).toISOString())) / 1000,
    open: () => latest((cue, second) => !(cue.end !== undefined && cue.end <= second)),
    ended: (seconds) => latest((cue, second) => cue.end !== undefined && cue.end <= second && cue.end > second - seconds && cue.end - cue.start > blink * 2),

    async pin(item, title, at) {
      const id = `pin-${item}`
      const before = table.open().find((it) => it.id === id)
      // What is moved keeps its offers.
      const { offers } = before ?? {}
      await send([{ id, item, ...(at && { at }), ...(offers && { offers }) }])
      const moveBack = async () => {
        const { start: _, ...rest } = without(before!)
        await send([rest])
        return { words: `${title} is back where it was.` }
      }
      const takeBack = async () => {
        const found = table.open().find((it) => it.id === id)
        if (found) await send([{ ...found, end: found.start + blink }])
        return { words: `${title} was never there.` }
      }
      return before ? { words: `${title} is moved.`, undo: moveBack } : { words: `${title} is on the table.`, undo: takeBack }
    },
    async unpin(cue, title) {
      await send([ending(cue)])
      const putBack = async () => {
        await send([without(cue)])
        return { words: `${title} is back as it was.` }
      }
      return { words: `${title} is off the table.`, undo: putBack }
    },
    async offer(cue, title, offers) {
      const { start: _, offers: before, ...rest } = without(cue)
      await send([{ ...rest, offers }])
      const putBack = async () => {
        await send([{ ...rest, ...(before && { offers: before }) }])
        return { words: `${title} has its earlier price again.` }
      }
      return { words: offers.length ? `${title} has its offer.` : `${title} has no offer any more.`, undo: putBack }
    },
    async clear() {
      const cues = table.open()
      if (cues.length) await send(cues.map(ending))
      const putBack = async () => {
        await send(cues.map(without))
        return { words: 'All is back on the table.' }
      }
      return { words: 'The table is empty.', undo: cues.length ? putBack : undefined }
    },
  }

  function latest(wanted: (cue: Cue, second: number) => boolean): Cue[] {
    const second = table.second()
    const cues = table.sheet?.cues.filter((cue) => !isPast(cue) && wanted(cue, second)) ?? []
    return cues.sort((a, b) => b.start - a.start)
  }

  const ending = (cue: Cue): Cue => ({ ...cue, end: Math.max(table.second(), cue.start + blink) })

  async function send(cues: (Omit<Cue, 'start'> & { start?: number })[]): Promise<void> {
    const { problem } = await ask(`/live/${room}/cues`, { token: token(), body: { cues } })
    if (problem) throw new Error(problem)
  }

  function follow(): void {
    const page = new KanmaiRequestEvent<'page'>({ kind: 'page' })
    document.dispatchEvent(page)
    page.answer?.subscribe((it: Answer<PageSettings>) => {
      if (it.state === 'ready') settings = it.value
    })
    const media = new KanmaiRequestEvent<'media'>({ kind: 'media', media: room })
    document.dispatchEvent(media)
    media.answer?.subscribe((it: Answer<CueSheet>) => {
      if (it.state === 'ready') table.sheet = it.value
      table.issue = it.state === 'failed' ? it.issue : undefined
      changed()
    })
    if (media.answer) document.removeEventListener('kanmai-ready', follow)
  }
  document.addEventListener('kanmai-ready', follow)
  follow()
  return table
}
