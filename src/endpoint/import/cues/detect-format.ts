import type { CueFormat } from './cue-import.ts'
import { listOf, recordOf } from './json-value.ts'

/** What a file is, as far as its text says beyond doubt. */
export function detectFormat(text: string): CueFormat | undefined {
  const head = text.slice(0, 10_000).replace(/^\ufeff/, '').trimStart()
  if (/^WEBVTT(?:\s|$)/.test(head)) return 'vtt'
  if (head.startsWith('<')) return /<annotations[\s>]/.test(head) ? 'cvat' : undefined
  if (/^[[{]/.test(head)) return ofJson(text)
  // Frame, object, left, top, width, height: whole numbers first, no header.
  return /^\d+(?:\.0*)?\s*[,\s]\s*-?\d+(?:\.0*)?(?:\s*[,\s]\s*-?[\d.]+(?:e[+-]?\d+)?){4,}\s*$/im.test(head.split(/\r?\n/, 1)[0]!) ? 'mot' : undefined
}

function ofJson(text: string): CueFormat | undefined {
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
  const file = recordOf(json)
  if (file) {
    if (Array.isArray(file['cues'])) return 'kanmai'
    if (Array.isArray(file['hotspots'])) return 'scaleflex'
    if (recordOf(file['shoppable'])) return 'cloudinary'
    if (Array.isArray(file['annotations']) && (Array.isArray(file['images']) || Array.isArray(file['videos']))) return 'coco-vid'
    if (isTask(file)) return 'label-studio'
    return undefined
  }
  const first = recordOf(listOf(json)[0])
  if (first && isTask(first)) return 'label-studio'
  return first && 'item' in first && 'start' in first ? 'kanmai' : undefined
}

const isTask = (it: Record<string, unknown>): boolean =>
  (Array.isArray(it['annotations']) || Array.isArray(it['predictions'])) && recordOf(it['data']) !== undefined
