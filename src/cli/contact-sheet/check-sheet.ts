import type { CueSheet } from '../../contract/cue.ts'
import type { Item } from '../../contract/item.ts'
import { isOnPicture } from '../../core/on-picture.ts'
import { createTimeline, type Span } from '../../core/timeline.ts'
import { pathOf, type Path } from '../../core/track.ts'
import { lint } from '../../networks/lint.ts'

export type FindingKind = 'overlap' | 'off-picture' | 'too-short' | 'dead-item' | 'crowded'

/** Something an editor should look at. An `error` loses clicks; a `warning` makes watching worse. */
export interface Finding {
  level: 'error' | 'warning'
  kind: FindingKind
  /** Ids of the cues it is about. */
  cues: string[]
  /** Seconds of the film. */
  start: number
  end: number
  text: string
}

export interface SheetRules {
  /** Width of the frame to its height. */
  ratio: number
  /** Seconds below which nobody can read a marker, find it and press it. */
  shortest: number
  /** Pixels between two markers' centres below which they lie on each other, on a picture of `width`. */
  nearest: number
  width: number
  /** Markers that can be taken in at once. */
  most: number
}

export const sheetRules: SheetRules = { ratio: 16 / 9, shortest: 2, nearest: 28, width: 1280, most: 4 }

/** Moments of a span at which its markers are looked at: ten a second, in a long one fewer. */
const mostSamples = 200
/** Where more are on at once, telling every pair would help nobody. */
const mostNeighbours = 50

interface Placed {
  span: Span
  end: number
  path: Path
}

/** Everything about a media's cues that a viewer would stumble over, in the order of the film. */
export function checkSheet(sheet: CueSheet, rules: SheetRules = sheetRules): Finding[] {
  const timeline = createTimeline(sheet.cues)
  const { duration = Infinity } = sheet.media
  const items = new Map(sheet.items.map((item) => [item.id, item]))
  const findings: Finding[] = []
  const placed: Placed[] = []
  for (const span of timeline.spans) {
    const { cue, start } = span
    const end = Math.min(span.end, Math.max(duration, start))
    const say = (level: Finding['level'], kind: FindingKind, text: string): void => void findings.push({ level, kind, cues: [cue.id], start, end, text })
    if (start >= duration) say('error', 'off-picture', `starts after the film’s end at ${duration} s: nobody will see it`)
    else if (end - start < rules.shortest) say('warning', 'too-short', `is on for ${seconds(end - start)}: shorter than ${seconds(rules.shortest)} is hard to read and to press`)
    checkItem(cue.item, items.get(cue.item), say)
    const path = pathOf(cue)
    if (!path) continue
    placed.push({ span, end, path })
    const away = timeAway(path, start, end)
    if (away > 0.05) say('warning', 'off-picture', `its track is off the picture for ${seconds(away)} of ${seconds(end - start)}`)
  }
  for (const cue of sheet.cues) {
    if (isOnPicture(cue)) continue
    findings.push({ level: 'error', kind: 'off-picture', cues: [cue.id], start: cue.start, end: cue.end ?? duration, text: 'lies off the picture all the time: it is only listed beside the film' })
  }
  findings.push(...overlaps(placed, rules), ...crowds(placed, rules.most))
  return findings.sort((a, b) => a.start - b.start)
}

function checkItem(id: string, item: Item | undefined, say: (level: Finding['level'], kind: FindingKind, text: string) => void): void {
  if (!item) return say('error', 'dead-item', `its item “${id}” is not in the catalogue: import it, or name another`)
  if (item.availability === 'out_of_stock') say('warning', 'dead-item', `“${item.title}” is out of stock`)
  for (const { level, issue } of lint(item.url).issues) if (level === 'error') say('error', 'dead-item', `the link of “${item.title}”: ${issue}`)
}

function* moments(start: number, end: number): Generator<number> {
  const last = Number.isFinite(end) ? end : start + 10
  const step = Math.max(0.1, (last - start) / mostSamples)
  for (let second = start; second < last; second += step) yield second
}

function timeAway(path: Path, start: number, end: number): number {
  let away = 0
  let all = 0
  for (const second of moments(start, end)) {
    const { x, y } = path(second)
    all++
    if (x < 0 || x > 1 || y < 0 || y > 1) away++
  }
  return all && away < all ? (away / all) * (Number.isFinite(end) ? end - start : 10) : 0
}

function overlaps(placed: readonly Placed[], { nearest, width, ratio }: SheetRules): Finding[] {
  const found: Finding[] = []
  let on: Placed[] = []
  for (const one of placed) {
    on = on.filter((it) => it.end > one.span.start)
    for (const other of on.slice(-mostNeighbours)) {
      let from = NaN
      let to = NaN
      let closest = Infinity
      for (const second of moments(one.span.start, Math.min(one.end, other.end))) {
        const [a, b] = [one.path(second), other.path(second)]
        const apart = Math.hypot(a.x - b.x, (a.y - b.y) / ratio) * width
        if (apart >= nearest) continue
        if (Number.isNaN(from)) from = second
        to = second
        closest = Math.min(closest, apart)
      }
      if (Number.isNaN(from)) continue
      const text = `their markers come within ${Math.round(closest)} px of each other on a picture ${width} px wide`
      found.push({ level: 'warning', kind: 'overlap', cues: [other.span.cue.id, one.span.cue.id], start: from, end: to, text })
    }
    on.push(one)
  }
  return found
}

/** The stretches in which more markers are on than `most`. */
function crowds(placed: readonly Placed[], most: number): Finding[] {
  const turns = placed.flatMap((it) => [{ at: it.span.start, it, on: true }, { at: it.end, it, on: false }])
  turns.sort((a, b) => a.at - b.at || Number(a.on) - Number(b.on))
  const found: Finding[] = []
  const now = new Set<Placed>()
  let crowd: { start: number; peak: number; cues: Set<string> } | undefined
  for (const { at, it, on } of turns) {
    if (on) now.add(it)
    else now.delete(it)
    if (now.size > most) {
      crowd ??= { start: at, peak: 0, cues: new Set() }
      crowd.peak = Math.max(crowd.peak, now.size)
      if (now.size <= 50) for (const { span } of now) crowd.cues.add(span.cue.id)
    } else if (crowd) {
      found.push({ level: 'warning', kind: 'crowded', cues: [...crowd.cues], start: crowd.start, end: at, text: `${crowd.peak} markers are on at once: more than ${most} are hard to take in` })
      crowd = undefined
    }
  }
  return found
}

const seconds = (value: number): string => `${Math.round(value * 10) / 10} s`
