import type { CueSheet } from '../contract/cue.ts'

/**
 * A WebVTT metadata track: one JSON object `{cue, item, go}` per cue, `go` being the link that counts its click by itself.
 * An open cue lasts as long as the media, or 99 hours.
 */
export function webVtt({ media, cues, items }: CueSheet, goOf: (item: string) => string): string {
  const byId = new Map(items.map((item) => [item.id, item]))
  const blocks = cues.map((cue) => {
    const end = cue.end ?? Math.max(media.duration ?? 359_999.999, cue.start + 0.001)
    // "-->" may only stand in a timing line; JSON has another way to write it.
    const payload = JSON.stringify({ cue, item: byId.get(cue.item), go: goOf(cue.item) }).replaceAll('-->', '--\\u003e')
    return `${identifier(cue.id)}\n${timestamp(cue.start)} --> ${timestamp(end)}\n${payload}\n`
  })
  return ['WEBVTT\n', ...blocks].join('\n')
}

const identifier = (id: string) => id.replace(/[\r\n]+/g, ' ').replaceAll('-->', '--')

function timestamp(second: number): string {
  const ms = Math.round(second * 1000)
  const pad = (n: number, digits = 2) => String(n).padStart(digits, '0')
  const [hours, minutes, seconds] = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map((it) => pad(Math.floor(it)))
  return `${hours}:${minutes}:${seconds}.${pad(ms % 1000, 3)}`
}
