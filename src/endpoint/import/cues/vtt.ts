import { UnreadableFile, type CueReader, type NamedCue } from './cue-import.ts'
import { recordOf, nameOf, type Json } from './json-value.ts'

const timing = /^\s*((?:\d+:)?\d\d:\d\d[.,]\d{1,3})\s+-->\s+((?:\d+:)?\d\d:\d\d[.,]\d{1,3})/

/**
 * A WebVTT metadata track. A cue's payload is `{cue, item}` as the endpoint writes it, a cue itself, or nothing but an
 * item's id; its times hold where the payload has none.
 */
export const readVtt: CueReader = (text, _options, say) => {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  if (!/^WEBVTT(?:[ \t]|$)/.test(lines[0]!)) throw new UnreadableFile('a WebVTT file begins with WEBVTT')
  const cues: NamedCue[] = []
  for (let line = 1; line < lines.length; line++) {
    const times = timing.exec(lines[line]!)
    if (!times) {
      if (lines[line]!.includes('-->')) say(`line ${line + 1}`, 'expected times as in 00:01.000 --> 00:04.000')
      continue
    }
    const above = lines[line - 1]!.trim()
    const place = `line ${line + 1}`
    const payload: string[] = []
    while (line + 1 < lines.length && lines[line + 1]!.trim() && !lines[line + 1]!.includes('-->')) payload.push(lines[++line]!)
    const raw = cueOf(payload.join('\n').trim())
    const item = nameOf(raw?.['item'])
    if (!raw) say(place, 'expected JSON of a cue, or an item’s id')
    else cues.push({ place, names: item === undefined ? [] : [item], cue: { id: above || `line-${line}`, start: secondsOf(times[1]!), end: secondsOf(times[2]!), ...raw } })
  }
  return { media: {}, objects: [], cues }
}

function cueOf(payload: string): Json | undefined {
  if (!/^[[{]/.test(payload)) return payload && payload.length <= 200 && !/\n/.test(payload) ? { item: payload } : undefined
  try {
    const json = recordOf(JSON.parse(payload))
    return recordOf(json?.['cue']) ?? json
  } catch {
    return undefined
  }
}

const secondsOf = (clock: string): number =>
  Math.round(clock.replace(',', '.').split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000) / 1000
