import type { Cue, CueSheet, LiveCue } from '../contract/cue.ts'
import type { Item } from '../contract/item.ts'
import { isOver } from '../core/is-over.ts'
import { takeLive } from '../core/take-live.ts'
import { broken } from '../elements/page-fit.ts'
import { getCues } from '../transport/media.ts'
import type { Following } from './live.ts'
import type { $Answer, Site } from './site.ts'

/** Answers with a media's cues, and follows its room while it is live. Returns what stops it. */
export function openMedia(site: Site, media: string, $answer: $Answer<never>): () => void {
  const { http, clock } = site
  const $sheet: $Answer<CueSheet> = $answer
  /** What came since the sheet. */
  let since: { live: LiveCue; number: number }[] = []
  /** The sheet's with those that came since, by their ids: a show may say thousands at once. */
  let cues = new Map<string, Cue>()
  let items = new Map<string, Item>()
  let following: Following | undefined
  let opened = false
  let asking = false
  let again = false
  let closed = false

  /** One request at a time, and one more when something was missed meanwhile. */
  function fetchSheet(fresh: boolean): void {
    again = asking
    if (asking) return
    asking = true
    site.load(
      async () => {
        const result = await getCues(http, media, fresh)
        asking = false
        return result
      },
      (sheet) => {
        if (closed) return
        const { last } = sheet
        // A cue that came while the sheet was on its way, or before an old one, may not be in it.
        since = since.filter(({ number }) => !(last !== undefined && number <= last))
        cues = new Map(sheet.cues.map((it) => [it.id, it]))
        items = new Map(sheet.items.map((it) => [it.id, it]))
        since.forEach(add)
        publish(sheet)
        if (last !== undefined) following?.reached(last)
        if (sheet.media.origin && !opened && !isOver(sheet.media, clock.now())) follow(last ?? 0)
        if (again) fetchSheet(true)
      },
      () => [$answer],
    )
  }

  function follow(last: number): void {
    opened = true
    import('./live.ts').then(
      ({ followRoom }) => {
        if (!closed) following = followRoom(site, media, last, { missed, cue: take })
      },
      () => (opened = false),
    ).catch(broken)
  }

  function missed(anew = false): void {
    if (anew) since = []
    fetchSheet(true)
  }

  function take(live: LiveCue, number: number): void {
    const answer = $sheet.value
    if (answer?.state !== 'ready') return
    const came = { live, number }
    since.push(came)
    add(came)
    publish(answer.value)
  }

  function add({ live: { cue, item }, number }: (typeof since)[number]): void {
    takeLive(cues, cue, number)
    if (item) items.set(item.id, item)
  }

  function publish(sheet: CueSheet): void {
    $sheet.set({ state: 'ready', value: { ...sheet, cues: [...cues.values()], items: [...items.values()] } })
  }

  fetchSheet(false)
  return () => {
    closed = true
    following?.stop()
  }
}
