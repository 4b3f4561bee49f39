import type { CueSheet, LiveCue } from '../contract/cue.ts'
import { getCues, parseLiveCue } from '../transport/media.ts'
import type { $Answer, Site } from './site.ts'

/** The sheet with a cue that came live: it replaces that of its id, and its item comes along. */
export function withLiveCue(sheet: CueSheet, { cue, item }: LiveCue): CueSheet {
  return {
    ...sheet,
    cues: [...sheet.cues.filter((it) => it.id !== cue.id), cue],
    items: item ? [...sheet.items.filter((it) => it.id !== item.id), item] : sheet.items,
  }
}

/** Answers with a media's cues, and follows its room when it is live. Returns what stops it. */
export function openMedia(site: Site, media: string, $answer: $Answer<never>): () => void {
  const { http, trouble } = site
  const $sheet: $Answer<CueSheet> = $answer
  let since: LiveCue[] = []
  let following = false
  let leave: (() => void) | undefined
  let closed = false

  function fetchSheet(fresh: boolean): void {
    since = []
    site.load(
      () => getCues(http, media, fresh),
      (sheet) => {
        if (closed) return
        // A cue that came while the sheet was on its way may not be in it.
        $sheet.set({ state: 'ready', value: since.reduce(withLiveCue, sheet) })
        if (sheet.media.origin && !following) follow()
      },
      () => [$answer],
    )
  }

  function follow(): void {
    following = true
    import('./live.ts').then(
      ({ followRoom }) => {
        if (!closed) leave = followRoom(site, media, { missed: () => fetchSheet(true), cue: take })
      },
      () => (following = false),
    )
  }

  function take(data: string): void {
    const { value, issues } = parseLiveCue(data)
    if (issues.length) trouble((it) => issues.forEach(it.warn))
    const answer = $sheet.value
    if (!value || answer?.state !== 'ready') return
    since.push(value)
    $sheet.set({ state: 'ready', value: withLiveCue(answer.value, value) })
  }

  fetchSheet(false)
  return () => {
    closed = true
    leave?.()
  }
}
